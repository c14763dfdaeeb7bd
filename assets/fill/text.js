// The plain text of a document as it is pasted: paragraphs with two full-width spaces, issuer
// and date set off to the right by spaces, unfilled fields in 【】.

/**
 * @param {Element} sheet
 * @returns {string}
 */
export function sheetText(sheet) {
  /** @type {string[]} */
  const lines = [];
  for (const block of blocksOf(sheet)) {
    const text = textOf(block);
    if (!text) continue;
    if (block.closest(".sheet-body") && !block.closest("table")) lines.push(`　　${text}`);
    else if (block.classList.contains("el-notes")) lines.push(`　　${text}`);
    else if (block.closest(".el-attachments")) lines.push(`　　${text}`);
    else if (block.classList.contains("el-issuer") || block.classList.contains("el-date")) lines.push(toRight(text));
    else lines.push(text);
  }
  return lines.join("\n") + "\n";
}

/**
 * The blocks of text of a sheet in order, notes left out.
 * @param {Element} sheet
 * @returns {Element[]}
 */
export function blocksOf(sheet) {
  return [...sheet.querySelectorAll("p,li,tr")].filter((b) => !b.closest(".notes") && !(b.tagName === "P" && b.closest("li,tr")));
}

/**
 * @param {Element} block
 * @returns {string}
 */
export function textOf(block) {
  const copy = /** @type {Element} */ (block.cloneNode(true));
  for (const extra of copy.querySelectorAll(".ref,.notes")) extra.remove();
  for (const br of copy.querySelectorAll("br")) br.replaceWith(" ");
  if (block.tagName === "TR") return [...copy.children].map((c) => (c.textContent ?? "").trim()).join("\t");
  return (copy.textContent ?? "").trim();
}

/**
 * Right-aligned in a line of 28 characters, four from the edge, as the date stands.
 * @param {string} text
 */
function toRight(text) {
  const width = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0xff ? 1 : 0.5), 0);
  return "　".repeat(Math.max(0, Math.floor(28 - 4 - width))) + text;
}

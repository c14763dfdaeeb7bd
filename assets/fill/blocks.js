// The sheet read as blocks of text, from which its plain and its rich text are made.

/**
 * A run of text; a gap is a field that is not filled in.
 * @typedef {{text: string, gap: boolean}} Run
 */

/**
 * One line or paragraph of the document. The role is that of the element on the sheet: mark,
 * number, title, recipients, body, row (of a table), attachments, issuer, date, notes …
 * @typedef {{role: string, runs: Run[]}} Block
 */

/**
 * @param {Element} sheet
 * @returns {Block[]}
 */
export function blocksOf(sheet) {
  /** @type {Block[]} */
  const blocks = [];
  for (const element of sheet.querySelectorAll("p,li,tr,h2,h3,h4,pre")) {
    if (element.closest(".notes,[hidden]") || element.parentElement?.closest("li,tr")) continue;
    const role = roleOf(element);
    for (const runs of splitLines(runsOf(element))) {
      if (runs.some((run) => run.text.trim())) blocks.push({ role, runs });
    }
  }
  return blocks;
}

/** @param {Element} element */
function roleOf(element) {
  if (element.closest(".sheet-body")) return element.tagName === "TR" ? "row" : "body";
  const named = element.closest("[class^=el-]");
  const own = /^el-(\w+)/.exec(element.className) ?? /^el-(\w+)/.exec(named?.className ?? "");
  return own?.[1] ?? "body";
}

/**
 * @param {Node} node
 * @param {Run[]} [runs]
 * @returns {Run[]}
 */
function runsOf(node, runs = []) {
  for (const child of node.childNodes) {
    if (child instanceof Text) {
      runs.push({ text: child.data, gap: false });
    } else if (child instanceof Element && !child.matches(".ref,.notes,[hidden]")) {
      if (child.tagName === "BR") runs.push({ text: "\n", gap: false });
      else if (child.matches(".ph")) runs.push({ text: child.getAttribute("data-value") ?? child.textContent ?? "", gap: !child.matches(".filled") });
      else runsOf(child, runs);
      const next = child.nextElementSibling;
      if (/^T[DH]$/.test(child.tagName) && next) runs.push({ text: "\t", gap: false });
      if (child.tagName === "SPAN" && next?.tagName === "SPAN" && child.parentElement?.matches(".el-number,.el-printed,.el-issuer")) {
        runs.push({ text: child.parentElement.matches(".el-issuer") ? "\n" : "　　", gap: false });
      }
    }
  }
  return runs;
}

/**
 * Cuts runs at the ends of lines and trims each line.
 * @param {Run[]} runs
 * @returns {Run[][]}
 */
export function splitLines(runs) {
  /** @type {Run[][]} */
  const lines = [[]];
  for (const run of runs) {
    run.text.split("\n").forEach((text, i) => {
      if (i > 0) lines.push([]);
      if (text) lines[lines.length - 1]?.push({ text, gap: run.gap });
    });
  }
  return lines.map(trimRuns);
}

/** @param {Run[]} runs */
function trimRuns(runs) {
  return runs
    .map((run, i) => {
      let { text } = run;
      if (i === 0) text = text.replace(/^[ \u3000\r]+/, "");
      if (i === runs.length - 1) text = text.replace(/[ \u3000\r]+$/, "");
      return { ...run, text };
    })
    .filter((run) => run.text);
}

/**
 * The text of a block.
 * @param {Block} block
 */
export function textOf(block) {
  return block.runs.map((run) => run.text).join("");
}

/**
 * How many lines stay empty before a block, as the standard has them: two above the title and
 * one below it, one above the list of attachments, room for the seal above the issuer.
 * @param {string} before role of the block before, or ""
 * @param {string} role
 */
export function blanksBefore(before, role) {
  if (!before || before === role) return 0;
  if (before === "title" || role === "attachments") return 1;
  const closing = role === "issuer" || role === "copies" || (role === "date" && before !== "issuer") || (role === "printed" && before !== "copies");
  return role === "title" || closing ? 2 : 0;
}

/**
 * How much of a paragraph is a heading of level 1 (一、) or 2 (（一）): all of it, or its first
 * sentence where the text runs on.
 * @param {string} text
 * @returns {{level: 0 | 1 | 2, length: number}}
 */
export function headingOf(text) {
  const level = /^[一二三四五六七八九十]+、/.test(text) ? 1 : /^（[一二三四五六七八九十]+）/.test(text) ? 2 : 0;
  if (!level) return { level: 0, length: 0 };
  const stop = text.search(/[。；！？]/);
  if (stop < 0) return { level: text.length <= 40 ? level : 0, length: text.length <= 40 ? text.length : 0 };
  if (stop === text.length - 1) return { level: 0, length: 0 };
  return stop < 30 ? { level, length: stop + 1 } : { level: 0, length: 0 };
}

/**
 * The width of text in characters of full width.
 * @param {string} text
 */
export function widthOf(text) {
  return [...text].reduce((sum, c) => sum + (/[\x20-\x7e]/.test(c) ? 0.5 : 1), 0);
}

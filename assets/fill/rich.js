// The document as HTML that Word and WPS paste with its fonts, indents and line pitch. Every
// paragraph carries its own format: sizes in points, one family for each property, the
// indents once in points and once in characters. Pure.

import { blanksBefore, headingOf, textOf, widthOf } from "./blocks.js";

/** @typedef {import("./blocks.js").Block} Block */
/** @typedef {{size: number, font: string, align: string, pitch: number, indent: number, left: number, right: number, color: string, rule: boolean}} Format */

const fang = "仿宋_GB2312";
const song = "方正小标宋简体";
const red = "#FF0000";

/** @type {Format} */
const body = { size: 16, font: fang, align: "justify", pitch: 28.95, indent: 2, left: 0, right: 0, color: "", rule: false };

/**
 * @param {Block[]} blocks
 * @returns {string}
 */
export function toHTML(blocks) {
  const date = widthOf(textOf(blocks.find((b) => b.role === "date") ?? { role: "", runs: [] }));
  /** @type {string[]} */
  const html = [];
  let attachments = 0;
  for (let i = 0; i < blocks.length; i++) {
    const block = /** @type {Block} */ (blocks[i]);
    for (let n = blanksBefore(blocks[i - 1]?.role ?? "", block.role); n > 0; n--) html.push(paragraph({ role: "blank", runs: [{ text: "\u00a0", gap: false }] }, { ...body, indent: 0 }));
    if (block.role === "row") {
      const end = blocks.findIndex((b, j) => j > i && b.role !== "row");
      const rows = blocks.slice(i, end < 0 ? blocks.length : end);
      html.push(table(rows));
      i += rows.length - 1;
      continue;
    }
    if (block.role === "attachments") attachments++;
    html.push(paragraph(block, formatOf(block, date, attachments)));
  }
  return html.join("\n");
}

/**
 * @param {Block} block
 * @param {number} date width of the date
 * @param {number} attachment which one it is
 * @returns {Format}
 */
function formatOf(block, date, attachment) {
  const plain = { ...body, indent: 0 };
  switch (block.role) {
    case "mark":
      return { ...plain, size: 36, font: song, align: "center", pitch: 54, color: red };
    case "number":
      return { ...plain, align: "center", rule: true };
    case "title":
      return { ...plain, size: 22, font: song, align: "center", pitch: 33 };
    case "copyno":
    case "secrecy":
    case "urgency":
      return { ...plain, font: "黑体", align: "left" };
    case "attachments":
      return attachment === 1 ? { ...body, align: "left" } : { ...plain, align: "left", left: 5 };
    case "issuer":
      return { ...plain, align: "right", right: date ? Math.max(0, 4 + (date - widthOf(textOf(block))) / 2) : 2 };
    case "date":
      return { ...plain, align: "right", right: 4 };
    case "copies":
    case "printed":
      return { ...plain, size: 14, left: 1, align: "left" };
    case "recipients":
      return plain;
    default:
      return body;
  }
}

/**
 * @param {Block} block
 * @param {Format} f
 */
function paragraph(block, f) {
  const points = (/** @type {number} */ chars) => Math.round(chars * f.size * 100) / 100;
  const style = [
    "margin:0pt",
    `text-align:${f.align}`,
    f.align === "justify" ? "text-justify:inter-ideograph" : "",
    f.indent ? `text-indent:${points(f.indent)}pt;mso-char-indent-count:${f.indent}.0` : "text-indent:0pt",
    f.left ? `margin-left:${points(f.left)}pt;mso-para-margin-left:${f.left}.0gd` : "",
    f.right ? `margin-right:${points(f.right)}pt;mso-para-margin-right:${f.right.toFixed(1)}gd` : "",
    `line-height:${f.pitch}pt;mso-line-height-rule:exactly`,
    "mso-pagination:none;layout-grid-mode:char;mso-layout-grid-align:none",
    f.rule ? `border:none;border-bottom:solid ${red} 2.25pt;mso-border-bottom-alt:solid ${red} 2.25pt;padding:0pt` : "",
  ];
  return `<p class="MsoNormal" align="${f.align}" style="${style.filter(Boolean).join(";")}">${spans(block, f)}</p>`;
}

/**
 * @param {Block} block
 * @param {Format} f
 */
function spans(block, f) {
  const heading = block.role === "body" ? headingOf(textOf(block)) : { level: 0, length: 0 };
  const font = heading.level === 1 ? "黑体" : "楷体_GB2312";
  let at = 0;
  let html = "";
  for (const run of block.runs) {
    const cut = Math.max(0, Math.min(run.text.length, heading.length - at));
    html += pieces(run.text.slice(0, cut), { ...f, font }, run.gap) + pieces(run.text.slice(cut), f, run.gap);
    at += run.text.length;
  }
  return html;
}

/**
 * Runs of Han and of Latin are spans of their own, as Word's own output has them.
 * @param {string} text
 * @param {Format} f
 * @param {boolean} gap
 */
function pieces(text, f, gap) {
  const more = (f.color ? `;color:${f.color}` : "") + (gap ? ";background:yellow;mso-highlight:yellow" : "");
  const latin = "'Times New Roman'";
  return text.replace(/[\x20-\x7e]+|[^\x20-\x7e]+/g, (run) =>
    /^[\x20-\x7e]/.test(run)
      ? `<span lang="EN-US" style="font-size:${f.size}pt;font-family:${latin};mso-fareast-font-family:${f.font}${more}">${escape(run)}</span>`
      : `<span lang="ZH-CN" style="font-size:${f.size}pt;font-family:${f.font};mso-fareast-font-family:${f.font};mso-ascii-font-family:${latin};mso-hansi-font-family:${latin}${more}">${escape(run)}</span>`,
  );
}

/** @param {Block[]} rows */
function table(rows) {
  const cells = rows.map((row) => textOf(row).split("\t"));
  const width = (442 / Math.max(1, ...cells.map((c) => c.length))).toFixed(1);
  const cell = (/** @type {string} */ text) =>
    `<td width="${width}" style="width:${width}pt;border:solid windowtext .5pt;mso-border-alt:solid windowtext .5pt;padding:0pt 5.4pt">${paragraph({ role: "cell", runs: [{ text, gap: false }] }, { ...body, indent: 0, align: "left" })}</td>`;
  return `<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt;mso-padding-alt:0pt 5.4pt 0pt 5.4pt">${cells.map((c) => `<tr>${c.map(cell).join("")}</tr>`).join("")}</table>`;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

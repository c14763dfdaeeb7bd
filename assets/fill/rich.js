// The document as HTML that Word and WPS paste with its fonts, indents and line pitch: every
// paragraph carries its own format, sizes in points, one family for each property.

import { blocksOf, textOf } from "./text.js";

const body = { size: 16, font: "仿宋_GB2312", align: "justify", indent: 32 };

/**
 * @param {Element} sheet
 * @returns {string}
 */
export function sheetHTML(sheet) {
  return blocksOf(sheet)
    .map((block) => ({ block, text: textOf(block) }))
    .filter(({ text }) => text)
    .map(({ block, text }) => paragraph(text, formatOf(block, text)))
    .join("\n");
}

/**
 * @param {Element} block
 * @param {string} text
 */
function formatOf(block, text) {
  const is = (/** @type {string} */ name) => block.classList.contains(name);
  if (is("el-mark")) return { ...body, size: 26, font: "方正小标宋简体", align: "center", indent: 0, color: "#FF0000" };
  if (is("el-title")) return { ...body, size: 22, font: "方正小标宋简体", align: "center", indent: 0 };
  if (is("el-number")) return { ...body, align: "center", indent: 0 };
  if (is("el-recipients")) return { ...body, indent: 0 };
  if (is("el-issuer")) return { ...body, align: "right", indent: 0, right: 32 };
  if (is("el-date")) return { ...body, align: "right", indent: 0, right: 64 };
  if (block.closest(".el-imprint")) return { ...body, size: 14, indent: 0 };
  if (/^[一二三四五六七八九十]+、/.test(text)) return { ...body, font: "黑体" };
  if (/^（[一二三四五六七八九十]+）/.test(text)) return { ...body, font: "楷体_GB2312" };
  return body;
}

/**
 * @param {string} text
 * @param {{size: number, font: string, align: string, indent: number, right?: number, color?: string}} f
 */
function paragraph(text, f) {
  const style = [
    "margin:0pt",
    `text-align:${f.align}`,
    f.indent ? `text-indent:${f.indent}pt;mso-char-indent-count:2.0` : "text-indent:0pt",
    f.right ? `margin-right:${f.right}pt` : "",
    "line-height:28.95pt",
    "mso-line-height-rule:exactly",
    "mso-pagination:none",
  ].filter(Boolean);
  return `<p class="MsoNormal" align="${f.align}" style="${style.join(";")}">${runs(text, f)}</p>`;
}

/**
 * @param {string} text
 * @param {{size: number, font: string, color?: string}} f
 */
function runs(text, f) {
  const color = f.color ? `;color:${f.color}` : "";
  const latin = "font-family:'Times New Roman'";
  return text.replace(/[\x21-\x7e]+|[^\x21-\x7e]+/g, (run) =>
    /[\x21-\x7e]/.test(run)
      ? `<span lang="EN-US" style="font-size:${f.size}pt;${latin};mso-fareast-font-family:${f.font}${color}">${escape(run)}</span>`
      : `<span lang="ZH-CN" style="font-size:${f.size}pt;font-family:${f.font};mso-fareast-font-family:${f.font}${color}">${escape(run)}</span>`,
  );
}

/** @param {string} text */
function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

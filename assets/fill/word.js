// A document as a .docx, byte for byte as internal/official/word.go and internal/docx make it:
// the program hands over every part but the text. Pure.

import { jointHalves } from "./compose.js";
import { clean, textOf, unfielded } from "./model.js";
import { columns, groups } from "./spread.js";
import { areaHeight, areaWidth, halves } from "./words.js";
import { zip } from "./zip.js";

/** @typedef {import("./model.js").Line} Line */
/** @typedef {import("./compose.js").Paragraph} Paragraph */
/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("./kit.js").Fonts} Fonts */

const marginLeft = 1588;
const faces = /** @type {Record<string, string>} */ ({ hei: "FaceHei", kai: "FaceKai" });

/**
 * @param {string} format
 * @param {Paragraph[]} paragraphs
 * @param {Kit} kit
 * @param {Fonts} fonts
 */
export function toDocx(format, paragraphs, kit, fonts) {
  const letter = format === "信函" ? kit.letter : [];
  const lettered = new Map(letter.map((part) => [part.name, part]));
  const common = new Set(kit.parts.map((part) => part.name));
  const parts = [...kit.parts.map((part) => lettered.get(part.name) ?? part), ...letter.filter((part) => !common.has(part.name))];
  const { instead, ...own } = fonts;
  const names = /** @type {Record<string, string>} */ (own);
  instead.forEach((name, i) => (names[`instead${i}`] = name));
  const named = parts.map(({ name, data }) => ({ name, data: data.replace(/@(\w+)@/g, (mark, role) => escape(names[role] ?? mark)) }));
  return zip([...named, { name: "word/document.xml", data: documentXML(format, paragraphs, kit) }]);
}

/**
 * @param {string} format
 * @param {Paragraph[]} paragraphs
 * @param {Kit} kit
 */
export function documentXML(format, paragraphs, kit) {
  let first = true;
  let lying = false;
  let area = areaWidth;
  /** @param {boolean} lies */
  const section = (lies) => kit.sections[lies ? "landscape" : format === "信函" && first ? "letter" : "portrait"] ?? "";
  let xml = kit.head;
  for (const { kind, rows } of groups(paragraphs)) {
    const p = /** @type {Paragraph} */ (rows[0]);
    if (kind === "table") xml += table(rows, area, kit);
    else if (kind === "imprint") xml += imprint(format, rows, kit);
    else if (p.turn) {
      xml += (kit.turn[0] ?? "") + section(p.turn === "landscape") + (kit.turn[1] ?? "");
      first = false;
      lying = p.turn === "portrait";
      area = lying ? areaHeight : areaWidth;
    } else if (p.style === "JointMark") xml += jointMark(p, kit);
    else xml += paragraph(p, kit);
  }
  return xml + section(lying) + kit.tail;
}

/**
 * @param {Paragraph} p
 * @param {Kit} kit
 */
function paragraph(p, kit) {
  const tabs = (p.tabs ?? []).map((t) => `<w:tab w:val="${t.align}" w:pos="${t.at}"/>`).join("");
  const properties = [
    p.style ? `<w:pStyle w:val="${p.style}"/>` : "",
    p.break ? "<w:pageBreakBefore/>" : "",
    kit.frames[p.style] ?? "",
    tabs ? `<w:tabs>${tabs}</w:tabs>` : "",
    p.before || p.line ? `<w:spacing${attribute("before", p.before)}${p.line ? `${attribute("line", p.line)} w:lineRule="exact"` : ""}/>` : "",
    indent(p),
  ].join("");
  return `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ""}${runsXML(p.runs ?? [], p.size)}</w:p>`;
}

/** @param {Paragraph} p */
function indent({ left, right, first = 0 }) {
  if (!left && !right && !first) return "";
  return `<w:ind${attribute("left", left)}${attribute("right", right)}${first < 0 ? attribute("hanging", -first) : attribute("firstLine", first)}/>`;
}

/**
 * @param {string} name
 * @param {number | undefined} value
 */
function attribute(name, value) {
  return value ? ` w:${name}="${value}"` : "";
}

/**
 * @param {Line} runs
 * @param {number | undefined} size
 */
function runsXML(runs, size) {
  let xml = "";
  for (const run of unfielded(runs)) {
    const style = faces[run.face ?? ""];
    const form =
      (style ? `<w:rStyle w:val="${style}"/>` : "") +
      '<w:rFonts w:hint="eastAsia"/>' +
      (run.bold ? "<w:b/>" : "") +
      (size ? `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>` : "") +
      (run.gap ? '<w:highlight w:val="yellow"/>' : "");
    const name = escape(run.field ?? "");
    const whole = `<w:r><w:rPr>${form}</w:rPr>${content(run.text)}</w:r>`;
    xml += run.gap
      ? `<w:sdt><w:sdtPr><w:alias w:val="${name}"/><w:tag w:val="${name}"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>${whole}</w:sdtContent></w:sdt>`
      : whole;
  }
  return xml;
}

/** @param {string} text */
function content(text) {
  return text
    .split(/([\t\n])/)
    .map((piece) => (piece === "\t" ? "<w:tab/>" : piece === "\n" ? "<w:br/>" : piece ? `<w:t xml:space="preserve">${escape(piece)}</w:t>` : ""))
    .join("");
}

/**
 * @param {Paragraph[]} rows
 * @param {number} area
 * @param {Kit} kit
 */
function table(rows, area, kit) {
  const widths = columns(rows, area);
  const body = rows.map((row) => {
    const cells = widths.map((w, i) => tableCell(w, paragraph({ style: row.style, runs: row.cells?.[i] ?? [] }, kit)));
    return tableRow(cells.join(""), row.style === "CellHead");
  });
  return tableXML(widths, "", { top: 4, left: 4, bottom: 4, right: 4, insideH: 4, insideV: 4 }, 85, body);
}

/**
 * @param {string} format
 * @param {Paragraph[]} rows
 * @param {Kit} kit
 */
function imprint(format, rows, kit) {
  /** @type {string[]} */
  const cells = [];
  rows.forEach((row, i) => {
    if (i === 0 || row.style === "Printed") cells.push("");
    cells[cells.length - 1] += paragraph(row, kit);
  });
  const float = `<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="${marginLeft}" w:tblpYSpec="bottom"/>`;
  const lines = /** @type {Record<string, number>} */ (format === "信函" ? {} : { top: 8, bottom: 8, insideH: 6 });
  return tableXML([areaWidth], float, lines, 0, cells.map((cell) => tableRow(tableCell(areaWidth, cell), false)));
}

/**
 * @param {Paragraph} p
 * @param {Kit} kit
 */
function jointMark({ style, size = 0, line, cells = [], runs }, kit) {
  const c = size * 10;
  const widest = Math.max(0, ...cells.map((name) => halves(textOf(name))));
  const widths = [Math.trunc((c * widest) / 2), Math.trunc((c * jointHalves) / 2)];
  const inside = [cells.map((name) => paragraph({ style, runs: name, size, line }, kit)).join(""), paragraph({ style: "Mark", runs, size, line }, kit)];
  return tableXML(widths, "", {}, 0, [tableRow(inside.map((xml, i) => tableCell(widths[i] ?? 0, xml)).join(""), false)], '<w:jc w:val="center"/>');
}

/**
 * @param {number} width
 * @param {string} inside
 */
function tableCell(width, inside) {
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${inside}</w:tc>`;
}

/**
 * @param {string} cells
 * @param {boolean} head
 */
function tableRow(cells, head) {
  return `<w:tr><w:trPr><w:cantSplit/>${head ? "<w:tblHeader/>" : ""}</w:trPr>${cells}</w:tr>`;
}

/**
 * @param {number[]} widths
 * @param {string} float
 * @param {Record<string, number>} lines
 * @param {number} margin
 * @param {string[]} rows
 * @param {string} [place]
 */
function tableXML(widths, float, lines, margin, rows, place = "") {
  const total = widths.reduce((sum, w) => sum + w, 0);
  const sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map((side) =>
    lines[side] ? `<w:${side} w:val="single" w:sz="${lines[side]}" w:space="0" w:color="000000"/>` : `<w:${side} w:val="nil"/>`,
  );
  const grid = widths.map((w) => `<w:gridCol w:w="${w}"/>`);
  return (
    `<w:tbl><w:tblPr>${float}<w:tblW w:w="${total}" w:type="dxa"/>${place}<w:tblBorders>${sides.join("")}</w:tblBorders><w:tblLayout w:type="fixed"/>` +
    `<w:tblCellMar><w:left w:w="${margin}" w:type="dxa"/><w:right w:w="${margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
    `<w:tblGrid>${grid.join("")}</w:tblGrid>${rows.join("")}</w:tbl>`
  );
}

/** @param {string} text */
function escape(text) {
  return clean(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/\t/g, "&#9;").replace(/\n/g, "&#10;");
}

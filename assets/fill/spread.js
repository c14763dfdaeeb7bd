// Tabs as full-width blanks, and the columns of tables: for faces that know neither. Pure.

import { joinRuns, textOf } from "./model.js";
import { char, halves, tracking } from "./words.js";

/** @typedef {import("./model.js").Line} Line */
/** @typedef {import("./compose.js").Paragraph} Paragraph */

/**
 * The runs of a paragraph with blanks for its tabs: as many as bring what follows to its place.
 * @param {Paragraph} p
 * @param {import("./kit.js").Form} form
 * @returns {Line}
 */
export function spread(p, form) {
  const c = form.size ? form.size * 10 : char + tracking;
  const [head = [], ...cells] = cellsOf(p.runs ?? []);
  const out = [...head];
  let at = p.runs && p.runs.length > 0 ? (form.left ?? 0) * 2 + halves(textOf(head)) : 0;
  cells.forEach((cell, i) => {
    const w = halves(textOf(cell));
    const tab = p.tabs?.[i];
    let want = at + 4;
    if (tab) {
      want = Math.trunc((tab.at * 2) / c);
      if (tab.align === "right") want -= w;
      if (tab.align === "center") want -= Math.trunc(w / 2);
    }
    const blanks = at === 0 ? Math.max(0, Math.trunc((want + 1) / 2)) : Math.max(1, Math.trunc((want - at + 1) / 2));
    out.push({ text: "　".repeat(blanks) }, ...cell);
    at += blanks * 2 + w;
  });
  return joinRuns(out);
}

/**
 * Cuts runs at their tabs.
 * @param {Line} line
 * @returns {Line[]}
 */
export function cellsOf(line) {
  /** @type {Line[]} */
  const cells = [[]];
  for (const run of line) {
    run.text.split("\t").forEach((text, i) => {
      if (i > 0) cells.push([]);
      cells[cells.length - 1]?.push({ ...run, text });
    });
  }
  return cells;
}

/**
 * The widths of the columns of a table in an area, by their widest cell.
 * @param {Paragraph[]} rows
 * @param {number} area
 */
export function columns(rows, area) {
  /** @type {number[]} */
  const widest = [];
  for (const row of rows) {
    (row.cells ?? []).forEach((cell, i) => (widest[i] = Math.max(widest[i] ?? 4, Math.min(40, halves(textOf(cell))))));
  }
  const total = widest.reduce((sum, w) => sum + w + 2, 0);
  const out = widest.map((w) => Math.trunc((area * (w + 2)) / total));
  const left = area - out.reduce((sum, w) => sum + w, 0);
  if (out.length > 0) out[out.length - 1] = (out[out.length - 1] ?? 0) + left;
  return out;
}

/**
 * Divides paragraphs into single ones, tables and the imprint.
 * @param {Paragraph[]} paragraphs
 * @returns {{kind: "one" | "table" | "imprint", rows: Paragraph[]}[]}
 */
export function groups(paragraphs) {
  /** @type {{kind: "one" | "table" | "imprint", rows: Paragraph[]}[]} */
  const out = [];
  for (const p of paragraphs) {
    const kind = p.cells && p.style !== "JointMark" ? "table" : isImprint(p) ? "imprint" : "one";
    const last = out[out.length - 1];
    if (kind !== "one" && last?.kind === kind) last.rows.push(p);
    else out.push({ kind, rows: [p] });
  }
  return out;
}

/** @param {Paragraph} p */
function isImprint(p) {
  return p.style === "Copies" || p.style === "Printed";
}

/**
 * The names of a joint mark with 文件 behind the middle one, for faces that cannot put it beside
 * them.
 * @param {Paragraph} p
 * @returns {Line[]}
 */
export function jointLines(p) {
  const names = p.cells ?? [];
  const middle = Math.trunc((names.length - 1) / 2);
  return names.map((name, i) => (i === middle ? joinRuns([...name, ...(p.runs ?? [])]) : name));
}

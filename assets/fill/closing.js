// The end of a document: 署名, 成文日期, the room for the seal, 版记 (GB/T 9704-2012, 7.3.5 and
// 7.4), as internal/official/closing.go sets it. Pure.

import { joinRuns, textOf } from "./model.js";
import { areaWidth, char, halves, smallChar, width, withFace } from "./words.js";

/** @typedef {import("./model.js").Line} Line */
/** @typedef {import("./compose.js").Composer} Composer */
/** @typedef {import("./compose.js").Paragraph} Paragraph */

const stampLines = 2;
const imprintPitch = 480;
const imprintLines = 40;

/** @param {Composer} c */
export function sign(c) {
  const issuers = c.lines("issuer");
  const date = c.one("date");
  if (issuers.length === 0 && date.length === 0) return;
  if (c.doc.seal === "签名章") signature(c, issuers, date);
  else if (c.doc.seal === "不盖章") unsealed(c, issuers, date);
  else sealed(c, issuers, date);
}

/**
 * @param {Composer} c
 * @param {Line[]} issuers
 * @param {Line} date
 */
function sealed(c, issuers, date) {
  c.blank(stampLines);
  const right = 4 * char;
  const wide = width(textOf(date));
  const [only] = issuers;
  if (issuers.length === 1 && only) {
    c.add({ style: "Issuer", runs: only, right: Math.max(0, right + Math.trunc((wide - width(textOf(only))) / 2)) });
  } else {
    const middle = areaWidth - right - Math.trunc(wide / 2);
    const tabs = [{ align: "center", at: areaWidth - middle }, { align: "center", at: middle }];
    for (let i = 0; i < issuers.length; i += 2) {
      if (i > 0) c.blank(stampLines + 1);
      const [a = [], b] = issuers.slice(i, i + 2);
      c.add({ style: "Issuers", runs: b ? [{ text: "\t" }, ...a, { text: "\t" }, ...b] : [{ text: "\t\t" }, ...a], tabs });
    }
  }
  dateLine(c, date, right);
}

/**
 * @param {Composer} c
 * @param {Line[]} issuers
 * @param {Line} date
 */
export function unsealed(c, issuers, date) {
  c.blank(1);
  const widest = Math.max(0, ...issuers.map((l) => width(textOf(l))));
  const wide = width(textOf(date));
  let right = 2 * char;
  let dateRight = 2 * char;
  if (issuers.length > 0 && date.length > 0) {
    dateRight = right + widest - 2 * char - wide;
    if (dateRight < 2 * char) {
      right = Math.max(2 * char, right + 2 * char + wide - widest);
      dateRight = 2 * char;
    }
  }
  for (const runs of issuers) c.add({ style: "Issuer", runs, right: right + widest - width(textOf(runs)) });
  dateLine(c, date, dateRight);
}

/**
 * @param {Composer} c
 * @param {Line[]} posts
 * @param {Line} date
 */
function signature(c, posts, date) {
  c.blank(2);
  const names = c.lines("signer");
  posts.forEach((post, i) => {
    const name = names[i];
    c.add({ style: "Issuer", runs: name ? [...post, { text: "　　" }, ...withFace(name, "kai")] : post, right: 4 * char });
  });
  c.blank(1);
  dateLine(c, date, 4 * char);
}

/**
 * @param {Composer} c
 * @param {Line} date
 * @param {number} right
 */
function dateLine(c, date, right) {
  if (date.length > 0) c.add({ style: "Date", runs: date, right });
}

/**
 * @param {Composer} c
 * @param {boolean} lying
 */
export function imprintOf(c, lying) {
  if (lying) {
    c.add({ style: "Turn", turn: "landscape" });
    c.blank(1);
  }
  const rows = copies(c);
  if (c.doc.format !== "信函") printed(c, rows);
  for (const row of rows) c.add(row);
  const lines = rows.reduce((sum, row) => sum + linesOf(row), 0);
  if (rows.length > 0) c.add({ style: "Foot", before: lines * imprintPitch + imprintLines });
}

/** @param {Composer} c */
function copies(c) {
  /** @type {Paragraph[]} */
  const rows = [];
  for (const [key, label] of /** @type {[string, string][]} */ ([["main", "主送："], ["copies", "抄送："]])) {
    const list = c.lines(key);
    if (list.length === 0) continue;
    /** @type {Line} */
    const line = [{ text: label }];
    list.forEach((name, i) => line.push(...(i > 0 ? [{ text: "，" }] : []), ...name));
    if (!textOf(line).endsWith("。")) line.push({ text: "。" });
    rows.push({ style: "Copies", runs: joinRuns(line) });
  }
  return rows;
}

/**
 * @param {Composer} c
 * @param {Paragraph[]} rows
 */
function printed(c, rows) {
  const printer = c.one("printer");
  const date = c.one("printed");
  if (printer.length === 0 && date.length === 0) return;
  const line = [...printer];
  if (date.length > 0) {
    line.push({ text: "\t" }, ...date);
    if (!textOf(date).endsWith("印发")) line.push({ text: "印发" });
  }
  rows.push({ style: "Printed", runs: joinRuns(line), tabs: [{ align: "right", at: areaWidth - smallChar }] });
}

/**
 * The number of lines that a row of the imprint takes.
 * @param {Paragraph} p
 */
function linesOf(p) {
  const room = Math.trunc((areaWidth - 2 * smallChar) / smallChar) * 2;
  const w = halves(textOf(p.runs ?? []));
  const hang = 6;
  if (p.style === "Printed" || w <= room) return 1;
  return 1 + Math.trunc((w - room + room - hang - 1) / (room - hang));
}

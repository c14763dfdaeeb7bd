// A draft as text and as paragraphs: places in one and in the other, counts, stretches to mark. Pure.

/** @typedef {import("./engine.js").Finding} Finding */

/** Characters in a line and lines on a page (GB/T 9704—2012 5.2.2). */
const perLine = 28;
const perPage = 22;

/**
 * Where the paragraphs of a text begin, in units.
 * @param {string[]} lines
 */
export function startsOf(lines) {
  /** @type {number[]} */
  const starts = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return starts;
}

/**
 * The unit at which a character of a line stands.
 * @param {string} line
 * @param {number} n
 */
export function unitAt(line, n) {
  let unit = 0;
  for (const c of line) {
    if (n-- === 0) return unit;
    unit += c.length;
  }
  return unit;
}

/**
 * Characters, pages and long sentences of a text.
 * @param {string[]} lines
 */
export function countsOf(lines) {
  let chars = 0;
  let rows = 0;
  let long = 0;
  for (const line of lines) {
    const n = Array.from(line.trim()).length;
    chars += n;
    rows += Math.max(1, Math.ceil(n / perLine));
    for (const sentence of line.split(/[。！？]/)) if (Array.from(sentence.trim()).length > 60) long++;
  }
  return { chars, pages: chars === 0 ? 0 : Math.ceil(rows / perPage), long };
}

const rank = ["", "info", "warning", "error"];

/**
 * Cuts a line at the ends of its findings: each piece with the gravest severity that covers it.
 * @param {string} line
 * @param {{start: number, end: number, severity: string}[]} findings in units
 * @returns {{text: string, severity: string}[]}
 */
export function piecesOf(line, findings) {
  const cuts = new Set([0, line.length]);
  for (const f of findings) cuts.add(Math.min(f.start, line.length)).add(Math.min(f.end, line.length));
  const sorted = [...cuts].sort((a, b) => a - b);
  /** @type {{text: string, severity: string}[]} */
  const pieces = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    let severity = "";
    for (const f of findings) if (f.start <= sorted[i] && sorted[i] < f.end && rank.indexOf(f.severity) > rank.indexOf(severity)) severity = f.severity;
    pieces.push({ text: line.slice(sorted[i], sorted[i + 1]), severity });
  }
  return pieces;
}

/**
 * What an ignored finding is known by: it survives edits elsewhere.
 * @param {Finding} f
 * @param {string} line
 */
export const keyOf = (f, line) => `${f.rule}\n${line.slice(unitAt(line, f.start), unitAt(line, f.end))}`;

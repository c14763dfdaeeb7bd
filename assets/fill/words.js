// Widths, headings and titles: how the text of a document is measured and divided. Pure.

import { joinRuns, textOf } from "./model.js";

/** @typedef {import("./model.js").Line} Line */

// Lengths in twips, 1/20 point; see internal/official/measures.go.
export const areaWidth = 8844;
export const areaHeight = 12756;
export const pitch = 579;
export const char = 320;
export const tracking = -5;
export const smallChar = 280;

/** @param {string} c */
export function narrow(c) {
  return c >= " " && c <= "~";
}

/**
 * The width of text in halves of a character.
 * @param {string} text
 */
export function halves(text) {
  let n = 0;
  for (const c of text) n += narrow(c) ? 1 : 2;
  return n;
}

/** @param {string} text */
function countOf(text) {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

/**
 * The width of text in 三号 with the tracking of the text, in twips.
 * @param {string} text
 */
export function width(text) {
  return Math.trunc((halves(text) * char) / 2) + countOf(text) * tracking;
}

/**
 * How much of a paragraph is a heading and of which level, by its number: all of it, or its
 * first sentence where the text runs on.
 * @param {string} text
 * @returns {{level: number, length: number}}
 */
export function headingOf(text) {
  const none = { level: 0, length: 0 };
  const level = headingLevel(text);
  if (!level) return none;
  const stop = text.search(/[。；！？]/);
  if (stop < 0 && halves(text) <= 80 && !text.endsWith("：")) return { level, length: text.length };
  if (stop < 0 || level > 2 || stop + 1 === text.length || countOf(text.slice(0, stop)) >= 30) return none;
  return { level, length: stop + 1 };
}

/** @param {string} text */
function headingLevel(text) {
  if (/^[一二三四五六七八九十]+、/.test(text)) return 1;
  if (/^（[一二三四五六七八九十]+）/.test(text)) return 2;
  if (/^[0-9]+\.(?![0-9])/.test(text)) return 3;
  return /^（[0-9]+）/.test(text) ? 4 : 0;
}

/**
 * Sets the first characters of a line in a face.
 * @param {Line} line
 * @param {number} length
 * @param {string} face
 * @returns {Line}
 */
export function faceUpTo(line, length, face) {
  /** @type {Line} */
  const out = [];
  for (const run of line) {
    const at = Math.min(Math.max(0, length), run.text.length);
    length -= run.text.length;
    out.push(withFace([{ ...run, text: run.text.slice(0, at) }], face)[0] ?? run, { ...run, text: run.text.slice(at) });
  }
  return joinRuns(out);
}

/**
 * @param {Line} line
 * @param {string} face
 * @returns {Line}
 */
export function withFace(line, face) {
  return line.map((run) => {
    const { text, face: _, ...rest } = run;
    return face ? { text, face, ...rest } : { text, ...rest };
  });
}

/** How many characters of 二号 stand in a line of a title, less a little. */
const titleChars = 19;

/**
 * Divides a title that is too long for a line into lines of about the same length, where its
 * words allow: before 关于, after 的, never inside a number.
 * @param {Line} line
 * @returns {Line[]}
 */
export function titleRows(line) {
  let rest = line;
  const rows = [];
  for (let n = Math.trunc((halves(textOf(line)) + 2 * titleChars - 1) / (2 * titleChars)); n > 1; n--) {
    const at = titleBreak(textOf(rest), n);
    rows.push(cut(rest, 0, at));
    rest = cut(rest, at, Infinity);
  }
  if (rest.length > 0) rows.push(rest);
  return rows;
}

/**
 * @param {string} text
 * @param {number} n
 */
function titleBreak(text, n) {
  const total = halves(text);
  const want = Math.trunc(total / n);
  let best = text.length;
  let bestCost = 2 ** 30;
  let at = 0;
  let i = 0;
  for (const c of text) {
    if (i > 0 && at <= 2 * titleChars + 2 && total - at <= (n - 1) * (2 * titleChars + 2)) {
      const cost = 3 * Math.abs(at - want) + breakCost(text.slice(0, i), text.slice(i));
      if (cost < bestCost) [best, bestCost] = [i, cost];
    }
    at += narrow(c) ? 1 : 2;
    i += c.length;
  }
  return best;
}

/**
 * How ill a title breaks between two parts: 0 at the best places.
 * @param {string} before
 * @param {string} after
 */
function breakCost(before, after) {
  const last = before.charAt(before.length - 1);
  const next = after.charAt(0);
  if ("（《〈“‘〔【".includes(last) || "）》〉”’〕】、，。：；的".includes(next) || (narrow(last) && narrow(next))) return 1000;
  if (after.startsWith("关于") || "、，》".includes(last) || next === "《") return 0;
  if (last === "的") return 12;
  return count(before, "《") > count(before, "》") || count(before, "【") > count(before, "】") ? 200 : 60;
}

/**
 * @param {string} text
 * @param {string} c
 */
function count(text, c) {
  return text.split(c).length - 1;
}

/**
 * The part of a line between two characters.
 * @param {Line} line
 * @param {number} from
 * @param {number} to
 * @returns {Line}
 */
export function cut(line, from, to) {
  /** @type {Line} */
  const out = [];
  for (const run of line) {
    const a = Math.min(Math.max(0, from), run.text.length);
    const b = Math.min(Math.max(0, to), run.text.length);
    from -= run.text.length;
    to -= run.text.length;
    out.push({ ...run, text: run.text.slice(a, b) });
  }
  return joinRuns(out);
}

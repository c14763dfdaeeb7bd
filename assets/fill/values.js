// The values of fields: how what is typed is tidied, what is wrong with it, and how it stands
// in the document. Pure: knows no page.

import { textOf } from "./model.js";

/**
 * What a field becomes when the writer leaves it.
 * @param {string} type
 * @param {string} value
 * @param {string} [pattern]
 * @returns {string}
 */
export function tidy(type, value, pattern) {
  const text = value.trim();
  if (type === "date") {
    const date = parseDate(text);
    return date && isDay(date) ? formatDate(date) : text;
  }
  if (!pattern || matches(pattern, text)) return text;
  const better = toHalfWidth(text).replace(/[[(【（](\d{4})[\])】）]/, "〔$1〕").replace(/第?0*(\d+)号$/, "$1号");
  return matches(pattern, better) ? better : text;
}

/**
 * What is wrong with a value: "date" cannot be, "form" looks otherwise than it should.
 * @param {string} type
 * @param {string} value
 * @param {string} [pattern]
 * @returns {"" | "date" | "form"}
 */
export function fault(type, value, pattern) {
  const text = value.trim();
  if (!text) return "";
  if (type === "date") {
    const date = parseDate(text);
    return date && !isDay(date) ? "date" : "";
  }
  return pattern && !matches(pattern, text) ? "form" : "";
}

/**
 * A name for the file of a document that every system takes: its title without what names may
 * not hold.
 * @param {import("./model.js").Document} doc
 */
export function fileName(doc) {
  const title = (doc.elements.get("title") ?? []).map(textOf).join("");
  const kept = title.replace(/[/\\:*?"<>|\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, "");
  const name = trimEnds([...trimEnds(kept)].slice(0, 80).join(""));
  return name || "公文";
}

/** @param {string} text */
function trimEnds(text) {
  return text.replace(/^[ .\u3000]+/, "").replace(/[ .\u3000]+$/, "");
}

/** @typedef {{year: number, month: number, day: number}} Day */

/**
 * Reads 2026年3月5日, 2026-03-05, 2026.3.5, 2026/3/5 and 20260305, in full-width digits too.
 * @param {string} text
 * @returns {Day | undefined}
 */
export function parseDate(text) {
  const half = toHalfWidth(text).replace(/\s/g, "");
  const found = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(half) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(half);
  return found ? { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) } : undefined;
}

/** @param {Day} date */
export function isDay({ year, month, day }) {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** @param {Day} date */
export function formatDate({ year, month, day }) {
  return `${year}年${month}月${day}日`;
}

/** @param {string} text */
function toHalfWidth(text) {
  return text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/**
 * @param {string} pattern
 * @param {string} text
 */
function matches(pattern, text) {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return true; // a pattern that this browser cannot read forbids nothing
  }
}

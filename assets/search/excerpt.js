// Where the words of a query stand in a text, and the window that shows most of them; as Go's
// Marks and Excerpt. Offsets count UTF-16 units.

import { parseQuery } from "./query.js";
import { runs } from "./tokenize.js";

/** @typedef {[number, number]} Span */

const WIDTH = 60;

/**
 * @param {string} text
 * @param {string} queryText
 * @returns {Span[]}
 */
export function marks(text, queryText) {
  const query = parseQuery(queryText);
  const found = query.runs.map(() => false);
  /** @type {Span[]} */
  const whole = [];
  /** @type {Span[]} */
  const parts = [];
  for (const run of runs(text)) {
    const end = (/** @type {number} */ i) => run.at[i] ?? run.end;
    query.runs.forEach((asked, q) => {
      if (asked.han !== run.han) return;
      const n = asked.chars.length;
      if (!run.han) {
        if (!asked.prefix && run.chars.length !== n) return;
        if (!startsAt(run.chars, 0, asked.chars)) return;
        found[q] = true;
        whole.push([run.at[0] ?? 0, run.end]);
        return;
      }
      for (let i = 0; i < run.chars.length; i++) {
        if (startsAt(run.chars, i, asked.chars)) {
          found[q] = true;
          whole.push([run.at[i] ?? 0, end(i + n)]);
        } else if (i + 1 < run.chars.length && pairIn(run.chars, i, asked.chars)) {
          parts.push([run.at[i] ?? 0, end(i + 2)]);
        }
      }
    });
  }
  return joined(found.includes(false) ? [...whole, ...parts] : whole);
}

/**
 * @param {string[]} chars
 * @param {number} at
 * @param {string[]} prefix
 */
function startsAt(chars, at, prefix) {
  return at + prefix.length <= chars.length && prefix.every((c, i) => chars[at + i] === c);
}

/**
 * @param {string[]} chars
 * @param {number} at
 * @param {string[]} asked
 */
function pairIn(chars, at, asked) {
  return asked.some((c, i) => i + 1 < asked.length && c === chars[at] && asked[i + 1] === chars[at + 1]);
}

/** @param {Span[]} spans */
function joined(spans) {
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  /** @type {Span[]} */
  const out = [];
  for (const [start, stop] of spans) {
    const before = out[out.length - 1];
    if (before && start <= before[1]) before[1] = Math.max(before[1], stop);
    else out.push([start, stop]);
  }
  return out;
}

/**
 * @param {string} text
 * @param {Span[]} spans
 * @returns {{text: string, marks: Span[]}}
 */
export function excerpt(text, spans) {
  /** @type {number[]} */
  const starts = [];
  let offset = 0;
  for (const c of text) {
    starts.push(offset);
    offset += c.length;
  }
  starts.push(text.length);
  const charOf = (/** @type {number} */ o) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((starts[mid] ?? 0) >= o) high = mid;
      else low = mid + 1;
    }
    return low;
  };
  let best = 0;
  let most = -1;
  spans.forEach(([start], i) => {
    const from = Math.max(0, charOf(start) - WIDTH / 4);
    const limit = starts[Math.min(starts.length - 1, from + WIDTH)] ?? text.length;
    let marked = 0;
    for (const [s, e] of spans.slice(i, i + 20)) if (e <= limit) marked += [...text.slice(s, e)].length;
    if (marked > most) [best, most] = [from, marked];
  });
  if (best + WIDTH >= starts.length) best = Math.max(0, starts.length - 1 - WIDTH);
  const start = starts[best] ?? 0;
  const stop = starts[Math.min(starts.length - 1, best + WIDTH)] ?? text.length;
  const lead = start > 0 ? "…" : "";
  return {
    text: lead + text.slice(start, stop).replace(/\n/g, " ") + (stop < text.length ? "…" : ""),
    marks: spans
      .filter(([s, e]) => s >= start && e <= stop)
      .map(([s, e]) => /** @type {Span} */ ([s - start + lead.length, e - start + lead.length])),
  };
}

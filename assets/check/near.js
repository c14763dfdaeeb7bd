// What is nearly, but not quite, a phrase with one fixed form; house terms. As internal/check/near.go. Pure.

import { count, slice } from "./draft.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */

/** @param {Draft} d @param {Para} p @param {Report} r */
export function phrases(d, p, r) {
  const house = d.options.house ?? {};
  nearAll(p, r, "phrase-near", d.tables.phrases, 2);
  nearAll(p, r, "phrase-near", house.phrases ?? [], 2);
  nearAll(p, r, "quote-misquote", d.tables.quotes, 2);
  nearAll(p, r, "name-near", house.names ?? [], 1);
  for (const [wrong, right] of house.terms ?? []) {
    for (let at = wrong ? p.text.indexOf(wrong) : -1; at >= 0; at = p.text.indexOf(wrong, at + wrong.length)) {
      const start = count(p.text.slice(0, at));
      r.add("house-term", p, start, start + count(wrong), { fix: right });
    }
  }
}

/** @param {Para} p @param {Report} r @param {string} id @param {string[]} list @param {number} most */
function nearAll(p, r, id, list, most) {
  for (const phrase of list) {
    const want = Array.from(phrase);
    const k = want.length < 8 ? 1 : most;
    if (want.length < 5 || p.chars.length < want.length - k || p.text.includes(phrase)) continue;
    let last = 0;
    let tries = 0;
    const size = Math.floor(want.length / (k + 1));
    for (let piece = 0; piece <= k; piece++) {
      const from = piece * size;
      for (const at of placesOf(p, want.slice(from, from + size).join(""), 40)) {
        if (++tries > 40) break;
        const found = nearest(p.chars, want, at - from, k);
        if (found && found.start >= last && !list.some((other) => slice(p, found.start, found.end).includes(other))) {
          r.add(id, p, found.start, found.end, { fix: phrase });
          last = found.end;
        }
      }
    }
  }
}

/**
 * The characters at which part stands, at most most of them.
 * @param {Para} p
 * @param {string} part
 * @param {number} most
 */
export function placesOf(p, part, most) {
  /** @type {number[]} */
  const all = [];
  let from = 0;
  let chars = 0;
  while (all.length < most) {
    const at = p.text.indexOf(part, from);
    if (at < 0) break;
    chars += p.units ? count(p.text.slice(from, at)) : at - from;
    all.push(chars);
    from = at + p.chars[chars].length;
    chars++;
  }
  return all;
}

/** @param {string[]} text @param {string[]} want @param {number} guess @param {number} k */
function nearest(text, want, guess, k) {
  let best = k + 1;
  let found = null;
  for (let s = Math.max(0, guess - k); s <= guess + k && s < text.length; s++) {
    for (let e = s + want.length - k; e <= s + want.length + k && e <= text.length; e++) {
      if (e <= s || (text[s] !== want[0] && text[e - 1] !== want[want.length - 1])) continue;
      const n = distance(text, s, e, want, best);
      if (n < best) {
        best = n;
        found = { start: s, end: e };
      }
    }
  }
  return best >= 1 && best <= k ? found : null;
}

/** @param {string[]} a @param {number} start @param {number} end @param {string[]} b @param {number} limit */
function distance(a, start, end, b, limit) {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= end - start; i++) {
    let diagonal = row[0];
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j];
      row[j] = Math.min(row[j] + 1, row[j - 1] + 1, diagonal + (a[start + i - 1] === b[j - 1] ? 0 : 1));
      diagonal = above;
      least = Math.min(least, row[j]);
    }
    if (least >= limit) return limit;
  }
  return row[b.length];
}

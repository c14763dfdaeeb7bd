// Paragraphs that are nearly the same, as internal/check/alike.go finds them. Pure.

import { memo } from "./draft.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */
/** @typedef {{codes: number[], samples: number[]}} Pairs */

/** @param {Draft} d @param {Report} r */
export function similar(d, r) {
  /** @type {Map<number, Para>[]} */
  const seen = [new Map(), new Map(), new Map(), new Map()];
  for (const p of d.paras) {
    if (p.kind !== "body" || p.chars.length - p.begin < 40) continue;
    let found = false;
    pairsOf(p).samples.forEach((sample, k) => {
      const q = seen[k].get(sample);
      if (q && !found && q.text !== p.text && alike(pairsOf(q).codes, pairsOf(p).codes)) {
        r.add("dup-paragraph", p, p.begin, p.chars.length);
        found = true;
      }
      seen[k].set(sample, p);
    });
  }
}

/** @param {Para} p @returns {Pairs} */
const pairsOf = (p) =>
  memo(p, "pairs", () => {
    /** @type {Set<number>} */
    const set = new Set();
    const point = (/** @type {number} */ i) => p.chars[i].codePointAt(0) ?? 0;
    for (let i = p.begin; i + 1 < p.chars.length; i++) set.add((Math.imul(point(i), 0x9e3779b1) ^ Math.imul(point(i + 1), 0x85ebca77)) >>> 0);
    const codes = [...set].sort((a, b) => a - b);
    const samples = [0, 1, 2, 3].map((k) => {
      let least = 0xffffffff;
      const turn = Math.imul(k, 0x27d4eb2f);
      for (const c of codes) {
        const h = Math.imul(c ^ turn, 0xc2b2ae3d) >>> 0;
        least = Math.min(least, (h ^ (h >>> 15)) >>> 0);
      }
      return least;
    });
    return { codes, samples };
  });

/** @param {number[]} a @param {number[]} b */
function alike(a, b) {
  let both = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] < b[j]) i++;
    else if (a[i] > b[j]) j++;
    else {
      both++;
      i++;
      j++;
    }
  }
  return both * 5 > (a.length + b.length - both) * 4;
}

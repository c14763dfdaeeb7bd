// Runs of folded text: Han characters, or one word of letters and digits; as Go's cjk.Runs.

import { foldChars, lower, simplify } from "./fold.js";

const MAX_WORD = 64;

/**
 * @typedef {object} Run
 * @property {boolean} han
 * @property {string[]} chars folded
 * @property {number[]} at offset of each character in the source
 * @property {number} end offset behind the run
 * @property {number} pos position of the first character
 */

/** @typedef {"punct" | "space" | "han" | "word"} Class */

const WORD = /^[\p{L}\p{N}\p{M}]$/u;

/**
 * @param {string} c
 * @returns {Class}
 */
function classify(c) {
  if (c < "\u0080") {
    if (/^[a-zA-Z0-9_]$/.test(c)) return "word";
    return c === " " || c === "\t" ? "space" : "punct";
  }
  if (isHanLike(c.codePointAt(0) ?? 0)) return "han";
  return WORD.test(c) ? "word" : "punct";
}

/**
 * Scripts without spaces between words: hanzi, kana, hangul, bopomofo.
 * @param {number} r
 */
function isHanLike(r) {
  if ((r >= 0x4e00 && r <= 0x9fff) || (r >= 0x3400 && r <= 0x4dbf)) return true;
  if (r < 0x1100) return false;
  if (
    r <= 0x11ff ||
    (r >= 0xac00 && r <= 0xd7af) ||
    (r >= 0xf900 && r <= 0xfaff) ||
    (r >= 0x20000 && r <= 0x3ffff) ||
    (r >= 0x1b000 && r <= 0x1b16f)
  )
    return true;
  if (r >= 0x3005 && r <= 0x318f)
    return (
      r <= 0x3007 ||
      (r >= 0x3021 && r <= 0x3029) ||
      (r >= 0x3031 && r <= 0x3035) ||
      (r >= 0x3041 && r <= 0x3096) ||
      (r >= 0x309d && r <= 0x309f) ||
      (r >= 0x30a1 && r <= 0x30fa) ||
      r >= 0x30fc
    );
  return (r >= 0x31a0 && r <= 0x31bf) || (r >= 0x31f0 && r <= 0x31ff);
}

/**
 * @param {string} text
 * @returns {Run[]}
 */
export function runs(text) {
  const folded = foldChars(text);
  /** @type {Run[]} */
  const out = [];
  let i = 0;
  let pos = 0;
  let wasHan = false;
  const endOf = (/** @type {number} */ j) => {
    if (j >= folded.length) return text.length;
    const here = folded[j];
    const before = folded[j - 1];
    if (here && before && here.at === before.at) return nextCluster(text, folded, j);
    return here?.at ?? text.length;
  };
  while (i < folded.length) {
    let punct = false;
    let space = false;
    let kind = classify(folded[i]?.c ?? "");
    while (kind === "punct" || kind === "space") {
      if (kind === "punct") punct = true;
      else space = true;
      i++;
      if (i >= folded.length) return out;
      kind = classify(folded[i]?.c ?? "");
    }
    const han = kind === "han";
    if (out.length > 0 && (punct || (space && wasHan && han))) pos++;
    const start = i;
    while (i < folded.length && classify(folded[i]?.c ?? "") === kind) i++;
    /** @type {Run} */
    let run = { han, chars: [], at: [], end: endOf(i), pos };
    for (const f of folded.slice(start, i)) {
      if (!han && ((f.c === "_" && run.chars.length === 0) || run.chars.length >= MAX_WORD)) continue;
      run.chars.push(han ? simplify(f.c) : lower(f.c));
      run.at.push(f.at);
    }
    if (!han) {
      let low = 0;
      while (low < run.chars.length && run.chars[run.chars.length - 1 - low] === "_") low++;
      if (low > 0) {
        const n = run.chars.length - low;
        run = { ...run, end: run.at[n] ?? run.end, chars: run.chars.slice(0, n), at: run.at.slice(0, n) };
      }
      if (run.chars.length === 0) {
        // Nothing but low lines: punctuation after all.
        if (out.length > 0) pos++;
        wasHan = true;
        continue;
      }
    }
    out.push(run);
    wasHan = han;
    pos += han ? run.chars.length : 1;
  }
  return out;
}

/**
 * The offset of the first character behind the cluster that folded[j] belongs to.
 * @param {string} text
 * @param {import("./fold.js").Folded[]} folded
 * @param {number} j
 */
function nextCluster(text, folded, j) {
  const at = folded[j]?.at ?? text.length;
  for (let k = j; k < folded.length; k++) {
    const f = folded[k];
    if (f && f.at !== at) return f.at;
  }
  return text.length;
}

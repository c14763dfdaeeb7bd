// Folding, as Go's package cjk does it: NFKC, lower case, without zero-width characters. Each
// cluster (a character and its marks) is normalised by itself, so that every character keeps
// its place in the source.

const MAX_MARKS = 8;
const HANGUL_MARK = /^[\u1160-\u11ff\uff9e\uff9f]$/;
const MARK = /^\p{M}$/u;
const ZERO_WIDTH =
  /^[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]$/u;

/** @param {string} c */
const isMark = (c) => c >= "\u0300" && !(c >= "\u3400" && c <= "\u9fff") && (HANGUL_MARK.test(c) || MARK.test(c));

/** @param {string} c */
const isZeroWidth = (c) => c >= "\u00ad" && !(c >= "\u3000" && c < "\ufe00") && ZERO_WIDTH.test(c);

/** @param {string} c */
const stays = (c) => c < "\u0080" || (c >= "\u4e00" && c <= "\u9fff" && c.length === 1);

/**
 * A folded character with its case, and the offset of its cluster in the source (UTF-16).
 * @typedef {{c: string, at: number}} Folded
 */

/**
 * @param {string} text
 * @returns {Folded[]}
 */
export function foldChars(text) {
  /** @type {Folded[]} */
  const out = [];
  const chars = [...text];
  let at = 0;
  for (let i = 0; i < chars.length; ) {
    const c = chars[i] ?? "";
    const start = at;
    i++;
    at += c.length;
    if (isZeroWidth(c)) continue;
    let cluster = c;
    let marks = 0;
    while (marks < MAX_MARKS && i < chars.length) {
      const m = chars[i] ?? "";
      if (isMark(m)) {
        cluster += m;
        marks++;
      } else if (!isZeroWidth(m)) break;
      i++;
      at += m.length;
    }
    if (cluster === c && stays(c)) out.push({ c, at: start });
    else for (const n of cluster.normalize("NFKC")) out.push({ c: n, at: start });
  }
  return out;
}

/**
 * Lower case of one character, as Go's unicode.ToLower: never more than one.
 * @param {string} c
 */
export function lower(c) {
  if (c === "\u0130") return "i";
  const l = c.toLowerCase();
  return [...l].length === 1 ? l : c;
}

/** @type {Map<string, string>} */
const simplified = new Map();

/**
 * Learns simplified forms: pairs of characters, the traditional one behind.
 * @param {string} pairs
 */
export function learnSimplified(pairs) {
  const chars = [...pairs];
  for (let i = 0; i + 1 < chars.length; i += 2) simplified.set(chars[i + 1] ?? "", chars[i] ?? "");
}

/**
 * The simplified form of a traditional character, once they have been learnt.
 * @param {string} c
 */
export const simplify = (c) => simplified.get(c) ?? c;

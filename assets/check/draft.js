// The draft as the rules see it: paragraphs with their kinds, numbers, genre and direction. What
// internal/check/draft.go and structure.go do; testdata/vectors.json holds both together. Pure: knows no page.

/** @typedef {{text: string, kind?: string}} Block */
/** @typedef {{terms?: string[][], names?: string[], phrases?: string[]}} House */
/** @typedef {{genre?: string, direction?: string, off?: Record<string, boolean>, house?: House, length?: number}} Options */
/** @typedef {{n: number, need: string, re: RegExp, whole: RegExp}} TablePattern */
/** @typedef {{name: string, direction: string, statutory: boolean}} Genre */
/** @typedef {{text: string, genres: string[]}} GenreWord */
/**
 * @typedef {object} Tables
 * @property {Record<string, TablePattern>} patterns
 * @property {Genre[]} genres
 * @property {GenreWord[]} closings
 * @property {GenreWord[]} openings
 * @property {string[]} issued
 * @property {string[]} organs
 * @property {string[]} markers
 * @property {string[]} reduplicated
 * @property {string[][]} variants
 * @property {string[]} phrases
 * @property {string[]} quotes
 */
/** @typedef {{start: number, end: number, groups: string[]}} Found */
/**
 * A paragraph. chars are its characters (code points); units is where each begins in text, null where
 * every character is one unit.
 * @typedef {object} Para
 * @property {string} kind
 * @property {number} level
 * @property {number} num
 * @property {string} form
 * @property {string} head
 * @property {number} index
 * @property {string} text
 * @property {string[]} chars
 * @property {number[] | null} units
 * @property {number} begin
 * @property {boolean} flows
 * @property {Facts} facts
 */
/**
 * What follows from the text of a paragraph alone: kept from one check to the next.
 * @typedef {object} Facts
 * @property {string} text
 * @property {string[]} chars
 * @property {number[] | null} units
 * @property {number} begin
 * @property {{level: number, num: number, form: string, head: string}} number
 * @property {(Found[] | undefined)[]} finds by pattern
 * @property {(boolean | undefined)[]} fits by pattern
 * @property {Map<string, any>} memo
 */
/**
 * @typedef {object} Draft
 * @property {Para[]} paras
 * @property {string} genre
 * @property {string} direction
 * @property {string} titleText
 * @property {Options} options
 * @property {Tables} tables
 * @property {number} title
 * @property {number} recipient
 * @property {number} date
 * @property {number} sign
 * @property {number} end
 */

const spaces = " 　\t";

/** @param {string} s */
export function trim(s) {
  let from = 0;
  let to = s.length;
  while (from < to && spaces.includes(s[from])) from++;
  while (to > from && spaces.includes(s[to - 1])) to--;
  return s.slice(from, to);
}

/**
 * Whether any character of set is in s.
 * @param {string} s
 * @param {string} set
 */
export function hasAny(s, set) {
  for (const c of s) if (set.includes(c)) return true;
  return false;
}

/** @param {string} s */
export const count = (s) => {
  let n = 0;
  for (const _ of s) n++;
  return n;
};

/** @param {Para} p @param {number} n */
export const unitOf = (p, n) => (p.units ? p.units[n] : n);

/** @param {Para} p @param {number} start @param {number} end */
export const slice = (p, start, end) => p.text.slice(unitOf(p, start), unitOf(p, end));

/** @param {Para} p */
export const trimmed = (p) => memo(p, "trimmed", () => trim(p.text));

/** @param {Para} p */
export const sizeOf = (p) => memo(p, "size", () => count(trimmed(p)));

/**
 * Whether a stretch lies inside “” or 《》.
 * @param {Para} p
 * @param {number} start
 * @param {number} end
 */
export function quoted(p, start, end) {
  /** @type {boolean[]} */
  const marks = memo(p, "quoted", () => {
    const quotes = new Array(p.chars.length + 1).fill(false);
    /** @type {{[closing: string]: number}} */
    const open = { "”": -1, "》": -1 };
    p.chars.forEach((c, i) => {
      if (c === "“") open["”"] = i;
      else if (c === "《") open["》"] = i;
      else if (c === "”" || c === "》") {
        if (open[c] >= 0) quotes.fill(true, open[c], i + 1);
        open[c] = -1;
      }
    });
    return quotes;
  });
  return marks[start] && marks[Math.max(start, end - 1)];
}

/**
 * Computes what follows from a paragraph's text once.
 * @template T
 * @param {Para} p
 * @param {string} key
 * @param {() => T} compute
 * @returns {T}
 */
export function memo(p, key, compute) {
  const known = p.facts.memo.get(key);
  if (known !== undefined) return known;
  const fresh = compute();
  p.facts.memo.set(key, fresh);
  return fresh;
}

/**
 * All matches of a pattern of the tables.
 * @param {Draft} d
 * @param {string} name
 * @param {Para} p
 * @returns {Found[]}
 */
export function find(d, name, p) {
  const pattern = d.tables.patterns[name];
  return (p.facts.finds[pattern.n] ??= matches(pattern, p));
}

/** @param {TablePattern} pattern @param {Para} p */
function matches(pattern, p) {
  if (pattern.need && !p.text.includes(pattern.need)) return [];
  /** @type {Found[]} */
  const all = [];
  let last = 0;
  let chars = 0;
  for (const m of p.text.matchAll(pattern.re)) {
    const at = m.index ?? 0;
    chars += p.units ? count(p.text.slice(last, at)) : at - last;
    last = at;
    all.push({ start: chars, end: chars + count(m[0]), groups: Array.from(m, (g) => g ?? "") });
  }
  return all;
}

/**
 * Whether the trimmed text of p has a match.
 * @param {Draft} d
 * @param {string} name
 * @param {Para} p
 */
export function is(d, name, p) {
  const pattern = d.tables.patterns[name];
  return (p.facts.fits[pattern.n] ??= pattern.whole.test(trimmed(p)));
}

/**
 * Reads blocks. Of paragraphs that known holds, what follows from their text is not computed again;
 * what this draft has goes into kept.
 * @param {Tables} tables
 * @param {Block[]} blocks
 * @param {Options} options
 * @param {Map<string, Facts>} known
 * @param {Map<string, Facts>} kept
 * @returns {Draft}
 */
export function read(tables, blocks, options, known, kept) {
  /** @type {Draft} */
  const d = { paras: [], genre: "", direction: "", titleText: "", options, tables, title: -1, recipient: -1, date: -1, sign: -1, end: blocks.length };
  d.paras = blocks.map((b, i) => {
    const facts = kept.get(b.text) ?? known.get(b.text) ?? factsOf(tables, b.text);
    kept.set(b.text, facts);
    const { text, chars, units, begin } = facts;
    const kind = b.kind ? b.kind : begin === chars.length ? "blank" : "";
    return { kind, level: 0, num: 0, form: "", head: "", index: i, text, chars, units, begin, flows: false, facts };
  });
  d.paras.forEach((p, i) => {
    if (p.begin === p.chars.length) return; // a run of blank lines is looked over once
    const next = after(d, i);
    p.flows = !!next && trimmed(next).startsWith("“");
  });
  findTitle(d);
  findAttachments(d);
  findDate(d);
  findRecipient(d);
  findSign(d);
  nameRest(d);
  findGenre(d);
  return d;
}

/**
 * @param {Tables} tables
 * @param {string} raw
 * @returns {Facts}
 */
function factsOf(tables, raw) {
  let text = raw.replace(/[\r\n]/g, " ");
  if (text.includes("://") || text.includes("@") || text.includes("www.")) {
    text = text.replace(tables.patterns.mask.re, (m) => "\ufffc".repeat(m.length));
  }
  const chars = Array.from(text);
  /** @type {number[] | null} */
  let units = null;
  if (chars.length !== text.length) {
    units = [];
    let at = 0;
    for (const c of chars) {
      units.push(at);
      at += c.length;
    }
    units.push(at);
  }
  let begin = 0;
  while (begin < chars.length && spaces.includes(chars[begin])) begin++;
  return { text, chars, units, begin, number: numberOf(chars, begin), finds: [], fits: [], memo: new Map() };
}

/** @param {Draft} d @param {number} i */
export function after(d, i) {
  for (i++; i < d.paras.length; i++) if (d.paras[i].begin < d.paras[i].chars.length) return d.paras[i];
  return null;
}

/** @param {Draft} d @param {number} i */
function before(d, i) {
  for (i--; i >= 0; i--) if (d.paras[i].begin < d.paras[i].chars.length) return d.paras[i];
  return null;
}

/** @param {Draft} d */
function findTitle(d) {
  const far = 10;
  /** @type {Para[]} */
  const first = [];
  for (const p of d.paras) {
    if (p.kind === "title") return setTitle(d, [p]);
    if (p.kind === "" && first.length < far) first.push(p);
  }
  for (let n = 0; n < first.length; n++) {
    const p = first[n];
    const text = trimmed(p);
    if (isHeader(d, p)) continue;
    if (sizeOf(p) > 80 || !mayBeTitle(d, p, text)) return;
    if (genreOf(d, text) === "") {
      const next = first[n + 1];
      if (next && sizeOf(next) <= 40 && mayBeTitle(d, next, trimmed(next)) && genreOf(d, trimmed(next)) !== "") return setTitle(d, [p, next]);
      if (endsAsOrgan(d, text) && !text.includes("关于") && n + 1 < first.length) continue; // the mark of a letter
      if (first.length < 2 || hasAny(text, "。；，！？") || !isOfficial(d)) return;
    }
    return setTitle(d, [p]);
  }
}

/** @param {Draft} d @param {Para} p */
function isHeader(d, p) {
  return is(d, "header", p) || (sizeOf(p) <= 40 && (is(d, "docno", p) || is(d, "signer", p)) && genreOf(d, trimmed(p)) === "");
}

/** @param {Draft} d @param {Para} p @param {string} text */
function mayBeTitle(d, p, text) {
  if (number(p).level > 0 || is(d, "attach-line", p) || is(d, "date-line", p) || text.startsWith("特此")) return false;
  const body = text.replace(/[。，、；：,.;:！!]+$/, "");
  if (body !== text) return genreOf(d, body) !== "" && !hasAny(body, "。；，：") && body.includes("关于");
  return !hasAny(text, "。；：");
}

/** @param {Draft} d */
function isOfficial(d) {
  return d.paras.some((p, i) => p.kind === "" && (is(d, "date-line", p) || (i > 0 && i < 6 && isRecipient(d, p))));
}

/** @param {Draft} d @param {Para} p */
function isRecipient(d, p) {
  const text = trimmed(p);
  const n = sizeOf(p);
  if (n < 3 || n > 60 || text.includes("如下") || text.replace(/[：:]+$/, "").includes("：") || hasAny(text, "。；！")) return false;
  return number(p).level === 0 && (text.endsWith("：") || text.endsWith(":")) && !is(d, "attach-line", p) && !text.endsWith("附件：");
}

/** @param {Draft} d @param {Para[]} lines */
function setTitle(d, lines) {
  for (const p of lines) {
    p.kind = "title";
    d.titleText += trimmed(p);
    d.title = p.index;
  }
  for (let i = 0; i < lines[0].index; i++) if (d.paras[i].kind === "") d.paras[i].kind = "header";
}

/** @param {Draft} d */
function findAttachments(d) {
  let within = false;
  d.paras.forEach((p, i) => {
    if (i > d.title && p.kind === "" && is(d, "attach-page", p) && after(d, i)) {
      p.kind = "mark";
      d.end = Math.min(d.end, i);
    }
    if (p.kind !== "" || i <= d.title) return;
    if (is(d, "attach-line", p)) {
      p.kind = "attach";
      within = true;
    } else if (within && is(d, "attach-item", p)) p.kind = "attach";
    else within = false;
  });
}

/** @param {Draft} d */
function findDate(d) {
  for (let i = 0; i < d.end; i++) {
    const p = d.paras[i];
    if (p.kind === "date" || (i > d.title && p.kind === "" && is(d, "date-line", p))) {
      p.kind = "date";
      d.date = i;
      return;
    }
  }
}

/** @param {Draft} d */
function findRecipient(d) {
  const known = d.paras.findIndex((p) => p.kind === "recipient");
  if (known >= 0 || d.title < 0) {
    d.recipient = known;
    return;
  }
  for (let i = d.title + 1; i < d.end; i++) {
    const p = d.paras[i];
    if (p.kind === "blank" || (p.kind === "" && trimmed(p).startsWith("（"))) continue;
    if (p.kind === "" && isRecipient(d, p)) {
      p.kind = "recipient";
      d.recipient = i;
    }
    return;
  }
}

/** @param {Draft} d */
function findSign(d) {
  const known = d.paras.findIndex((p) => p.kind === "sign");
  if (known >= 0 || d.title < 0) {
    d.sign = known;
    return;
  }
  /** @param {Para} p */
  const set = (p) => {
    p.kind = "sign";
    d.sign = p.index;
  };
  if (d.date >= 0) {
    const above = before(d, d.date);
    if (above && above.index > d.title && above.kind === "" && isName(above)) return set(above);
    const below = after(d, d.date);
    if (below && below.index < d.end && below.kind === "" && isOrgan(d, below)) set(below);
    return;
  }
  const last = before(d, d.end);
  if (last && d.recipient >= 0 && last.index > d.recipient && last.kind === "" && isOrgan(d, last)) set(last);
}

/** @param {Para} p */
const isName = (p) => number(p).level === 0 && sizeOf(p) <= 30 && !hasAny(p.text, "。，；：！？:;");

/** @param {Draft} d @param {Para} p */
const isOrgan = (d, p) => isName(p) && endsAsOrgan(d, trimmed(p));

/** @param {Draft} d @param {string} name */
export const endsAsOrgan = (d, name) => count(name) >= 3 && d.tables.organs.some((o) => name.endsWith(o));

/** @param {Draft} d */
function nameRest(d) {
  d.paras.forEach((p, i) => {
    if (p.kind === "heading" || p.kind === "body" || p.kind === "") Object.assign(p, number(p));
    if (p.kind !== "") return;
    if (d.date >= 0 && i > d.date && i < d.end && trimmed(p).startsWith("（")) p.kind = "note";
    else if (d.title >= 0 && i > d.title && is(d, "imprint", p)) p.kind = "imprint";
    else if (p.level > 0 && isHeadingLine(p, after(d, i))) p.kind = "heading";
    else p.kind = "body";
  });
}

/** @param {Para} p @param {Para | null} next */
function isHeadingLine(p, next) {
  const text = trimmed(p).replace(/[。；，]+$/, "");
  if (text !== trimmed(p) && (p.level > 1 || !next || next.kind !== "" || count(text) > 15 || number(next).level === p.level)) return false;
  return count(text) <= 40 && !hasAny(text, "。；，！？：");
}

/**
 * The longest genre that a title ends with.
 * @param {Draft} d
 * @param {string} title
 */
export function genreOf(d, title) {
  title = title.replace(/[。，、；：,.;:！!》 　]+$/, "");
  const at = Math.max(title.lastIndexOf("（"), title.lastIndexOf("("));
  if (at > 0 && (title.endsWith("）") || title.endsWith(")"))) title = title.slice(0, at);
  let best = "";
  for (const g of d.tables.genres) if (g.name.length > best.length && title.endsWith(g.name)) best = g.name;
  return best;
}

/** @param {Draft} d */
function findGenre(d) {
  d.genre = d.options.genre || genreOf(d, d.titleText);
  d.direction = d.options.direction || "";
  if (!d.direction) for (const g of d.tables.genres) if (g.name === d.genre) d.direction = g.direction;
}

/** @param {Draft} d */
export const statutory = (d) => d.tables.genres.some((g) => g.name === d.genre && g.statutory);

/** @param {Draft} d */
export const official = (d) => d.title >= 0 && (d.recipient >= 0 || d.date >= 0);

const digits = "零一二三四五六七八九";

/** @param {string} c */
export const isHanNumeral = (c) => c === "十" || (c !== "零" && digits.includes(c));

/** @param {Para} p */
const number = (p) => p.facts.number;

/**
 * The number that a paragraph begins with.
 * @param {string[]} rs
 * @param {number} begin
 * @returns {{level: number, num: number, form: string, head: string}}
 */
function numberOf(rs, begin) {
  const none = { level: 0, num: 0, form: "", head: "" };
  let i = begin;
  let paren = "";
  if (rs[i] === "（" || rs[i] === "(") paren = rs[i++];
  const from = i;
  while (i < rs.length && i - from < 3 && isHanNumeral(rs[i])) i++;
  const han = i > from;
  if (!han) while (i < rs.length && i - from < 2 && rs[i] >= "0" && rs[i] <= "9") i++;
  if (i === from || i >= rs.length) return none;
  const next = rs[i];
  let level = 0;
  let form = "";
  if (paren && (next === "）" || next === ")")) {
    level = han ? 2 : 4;
    form = paren + next;
  } else if (!paren && han && next === "、") {
    level = 1;
    form = "、";
  } else if (!paren && !han && ".．、".includes(next) && !(rs[i + 1] >= "0" && rs[i + 1] <= "9")) {
    level = 3;
    form = next;
  } else return none;
  const digitsRead = rs.slice(from, i);
  const num = han ? hanValue(digitsRead) : Number(digitsRead.join(""));
  let end = i + 1;
  while (end < rs.length && end - i - 1 < 40 && !"。！？；".includes(rs[end])) end++;
  return { level, num, form, head: trim(rs.slice(i + 1, end).join("")) };
}

/** @param {string[]} rs */
export function hanValue(rs) {
  const [a, b, c] = rs;
  /** @param {string} x */
  const digit = (x) => digits.indexOf(x);
  if (rs.length === 1) return a === "十" ? 10 : digit(a);
  if (rs.length === 2 && a === "十" && b !== "十") return 10 + digit(b);
  if (rs.length === 2 && b === "十" && a !== "十") return digit(a) * 10;
  if (rs.length === 3 && b === "十" && a !== "十" && c !== "十") return digit(a) * 10 + digit(c);
  return 0;
}

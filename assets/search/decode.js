// Reading what the program packed; see FORMAT.md. After a fault a reader reads zeros and says
// so by its flag.

const DIGITS = 93;
/** How many first characters begin a number of one, two … characters. */
const SPANS = [60, 24, 7, 1, 1];

export class Unpacker {
  /** @param {string} units */
  constructor(units) {
    this.units = units;
    this.at = 0;
    this.bad = false;
  }

  more() {
    return !this.bad && this.at < this.units.length;
  }

  unit() {
    if (this.at >= this.units.length) {
      this.bad = true;
      return 0;
    }
    return this.units.charCodeAt(this.at++);
  }

  /** @returns {number} */
  number() {
    let v = this.digit();
    let base = 0;
    let many = 1;
    for (let i = 0; i < SPANS.length; i++) {
      const span = SPANS[i] ?? 0;
      if (v < span) {
        for (let k = 0; k < i; k++) v = v * DIGITS + this.digit();
        return base + v;
      }
      v -= span;
      base += span * many;
      many *= DIGITS;
    }
    this.bad = true;
    return 0;
  }

  /** The value of one character of a number. */
  digit() {
    const c = this.unit();
    if (c < 0x20 || c === 0x22 || c === 0x5c || c >= 0x7f) {
      this.bad = true;
      return 0;
    }
    return c - 0x20 - (c > 0x5c ? 1 : 0) - (c > 0x22 ? 1 : 0);
  }

  text() {
    const n = this.number();
    if (n < 0 || n > this.units.length - this.at) {
      this.bad = true;
      return "";
    }
    this.at += n;
    return this.units.slice(this.at - n, this.at);
  }

  /** How many things follow; each takes one unit or more. */
  count() {
    const n = this.number();
    if (!this.bad && n <= this.units.length - this.at) return n;
    this.bad = true;
    return 0;
  }

  /** @param {number} n */
  fixed(n) {
    if (n > this.units.length - this.at) {
      this.bad = true;
      return "";
    }
    this.at += n;
    return this.units.slice(this.at - n, this.at);
  }

  /** Places in a name: doubled, and one more for a part of the word that stands there. */
  namePlaces() {
    /** @type {number[]} */
    const places = [];
    let pos = 0;
    while (this.more()) {
      const c = this.number();
      pos += c >> 2;
      places.push(pos * 2 + ((c >> 1) & 1));
      if (c & 1) return places;
    }
    this.bad = true;
    return places;
  }

  /** Places in the body, up to the one that says it is the last. */
  bodyPlaces() {
    /** @type {number[]} */
    const places = [];
    let pos = 0;
    while (this.more()) {
      const c = this.number();
      pos += c >> 1;
      places.push(pos);
      if (c & 1) return places;
    }
    this.bad = true;
    return places;
  }
}

export const damaged = () => new Error("damaged");

const BASE32 = "0123456789abcdefghijklmnopqrstuv";

const REFERENCE = "\x7f";
const REF_LEAST = 3;
const REF_MOST = 250;

/**
 * Puts what references stand for in their place.
 * @param {string} units
 */
export function expand(units) {
  let at = units.indexOf(REFERENCE);
  if (at < 0) return units;
  const u = new Unpacker(units);
  let out = "";
  for (; at >= 0; at = units.indexOf(REFERENCE, u.at)) {
    out += units.slice(u.at, at);
    u.at = at + 1;
    const distance = u.number();
    if (u.bad) throw damaged();
    if (distance === 0) {
      out += REFERENCE;
      continue;
    }
    const length = u.number() + REF_LEAST;
    const from = out.length - distance;
    if (u.bad || length > REF_MOST || length > distance || from < 0) throw damaged();
    out += out.slice(from, from + length);
  }
  return out + units.slice(u.at);
}

/**
 * The name of a file by what it holds, as Go's hashOf.
 * @param {string} content
 */
export function hashOf(content) {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < content.length; i++) {
    const c = content.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  let name = "";
  for (const half of [a, b]) for (let i = 0; i < 5; i++) name += BASE32[(half >>> (5 * i)) & 31];
  return name;
}

/**
 * Files that hold the places of a term's postings: all of the rest where postings is Infinity,
 * and a stretch of the file where to is set.
 * @typedef {{key: string, postings: number, from: number, to: number}} PlaceFile
 */
/** @typedef {{df: number, data: string, places: PlaceFile[], columns?: import("./postings.js").Columns}} Postings */

/**
 * @param {string} units
 * @param {string} placesKey the file of the shard's places
 * @returns {Map<string, Postings>}
 */
export function readTerms(units, placesKey) {
  /** @type {Map<string, Postings>} */
  const terms = new Map();
  const u = new Unpacker(units);
  /** @type {string[]} */
  let before = [];
  let at = 0;
  while (u.more()) {
    const shared = u.number();
    const rest = [...u.text()];
    const df = u.number();
    const n = u.number();
    /** @type {PlaceFile[]} */
    const places = [];
    if (n & 1) {
      for (let i = n >> 1; i > 0 && !u.bad; i--) places.push({ postings: u.number(), key: u.fixed(HASH), from: 0, to: 0 });
    } else if (n > 0) {
      places.push({ key: placesKey, postings: Infinity, from: at, to: at + n / 2 });
      at += n / 2;
    }
    const data = u.text();
    if (u.bad || shared > before.length) throw damaged();
    before = [...before.slice(0, shared), ...rest];
    terms.set(before.join(""), { df, data, places });
  }
  if (u.bad) throw damaged();
  return terms;
}

/** @typedef {{first: string, key: string, places: string}} TermFile */

/**
 * A directory of terms.
 * @param {string} units
 * @returns {TermFile[]}
 */
export function readTermFiles(units) {
  const u = new Unpacker(units);
  /** @type {TermFile[]} */
  const files = [];
  while (u.more()) files.push({ first: u.text(), key: u.fixed(HASH), places: u.fixed(HASH) });
  if (u.bad) throw damaged();
  return files;
}

/**
 * Characters by their syllable.
 * @param {string} units
 * @returns {Map<string, string>}
 */
export function readSounds(units) {
  const u = new Unpacker(units);
  /** @type {Map<string, string>} */
  const sounds = new Map();
  while (u.more()) {
    const syllable = u.text();
    for (const c of u.text()) sounds.set(c, syllable);
  }
  if (u.bad) throw damaged();
  return sounds;
}

/** @typedef {{chars: string[], df: number}} Pair two Han characters that stand side by side in so many sections */

/**
 * Pairs of the text by their sound.
 * @param {string} units
 * @returns {Map<string, Pair[]>}
 */
export function readPairs(units) {
  const u = new Unpacker(units);
  /** @type {Map<string, Pair[]>} */
  const pairs = new Map();
  while (u.more()) {
    const sound = u.text();
    /** @type {Pair[]} */
    const alike = [];
    for (let n = u.count(); n > 0 && !u.bad; n--) alike.push({ chars: [...u.text()], df: u.number() });
    pairs.set(sound, alike);
  }
  if (u.bad) throw damaged();
  return pairs;
}

/** @typedef {{build: string, sections: number, starts: number[], kinds: string[], tags: string[][], synonyms: string[][], traditional: boolean, folding: string, sounds: string, pairs: {first: string, key: string}[], terms: {first: string, key: string}[], names: SpanFile[]}} Directory */

const VERSION = 4;
const HASH = 10;

/**
 * The content of index.js. An index of another version is none of ours.
 * @param {string} units
 * @returns {Directory}
 */
export function readDirectory(units) {
  const u = new Unpacker(units);
  if (u.number() !== VERSION) throw new Error("outdated");
  if (u.fixed(HASH) !== hashOf(units.slice(u.at))) throw damaged();
  /** @type {Directory} */
  const d = {
    build: u.text(), sections: 0, starts: [0], kinds: [], tags: [], synonyms: [], traditional: false, folding: "", sounds: "", pairs: [], terms: [], names: [],
  };
  for (let n = u.count(); n > 0; n--) d.starts.push((d.sections += u.number()));
  readPages(u, d);
  for (let n = u.count(); n > 0; n--) {
    /** @type {string[]} */
    const group = [];
    for (let m = u.count(); m > 0; m--) group.push(u.text());
    d.synonyms.push(group);
  }
  d.traditional = u.number() === 1;
  d.folding = u.fixed(HASH);
  d.sounds = u.fixed(HASH);
  for (const files of [d.pairs, d.terms]) for (let n = u.count(); n > 0; n--) files.push({ first: u.text(), key: u.fixed(HASH) });
  d.names = spans(u, u.count());
  if (u.bad || u.more()) throw damaged();
  return d;
}

/** @typedef {{section: number, hash: string}} SpanFile a file by its first section */

/**
 * @param {Unpacker} u
 * @param {number} n fewer if the text ends before
 */
function spans(u, n) {
  /** @type {SpanFile[]} */
  const files = [];
  for (let section = 0; n > 0 && u.more(); n--) files.push({ section: (section += u.number()), hash: u.fixed(HASH) });
  return files;
}

/**
 * A directory of names.
 * @param {string} units
 */
export function readNameFiles(units) {
  const u = new Unpacker(units);
  const files = spans(u, Infinity);
  if (u.bad) throw damaged();
  return files;
}

/**
 * Kinds and tags of the pages.
 * @param {Unpacker} u
 * @param {Directory} d
 */
function readPages(u, d) {
  const pages = d.starts.length - 1;
  while (d.kinds.length < pages && !u.bad) {
    const kind = u.text();
    const n = u.number();
    if (n === 0 || n > pages - d.kinds.length) throw damaged();
    for (let i = 0; i < n; i++) d.kinds.push(kind);
  }
  d.tags = d.kinds.map(() => []);
  for (let n = u.count(); n > 0; n--) {
    const tag = u.text();
    let page = 0;
    for (let m = u.count(); m > 0; m--) d.tags[(page += u.number())]?.push(tag);
  }
}

/** @typedef {{url: string, path: string, title: string, first: number, sections: {heading: string, anchor: string}[]}} PageName */
/** @typedef {{pages: PageName[], texts: {section: number, hash: string}[]}} Names */

/**
 * A shard of names, and the files of its sections' texts.
 * @param {string} units
 * @param {number} first number of the first section
 * @returns {Names}
 */
export function readNames(units, first) {
  const u = new Unpacker(units);
  /** @type {Names} */
  const names = { pages: [], texts: [] };
  let at = first;
  for (let n = u.count(); n > 0; n--) {
    const sections = u.number();
    names.texts.push({ section: at, hash: u.fixed(HASH) });
    at += sections;
  }
  let next = first;
  while (u.more()) {
    const [url, path, title] = [u.text(), u.text(), u.text()];
    /** @type {PageName} */
    const page = { url: url || `${path}.html`, path, title, first: next, sections: [] };
    for (let n = u.count(); n > 0 && !u.bad; n--) {
      const [heading, anchor] = [u.text(), u.text()];
      page.sections.push({ heading, anchor: anchor === "#" ? heading : anchor });
    }
    next += page.sections.length;
    names.pages.push(page);
  }
  if (u.bad) throw damaged();
  return names;
}

/**
 * @param {string} units
 * @returns {string[]}
 */
export function readTexts(units) {
  const u = new Unpacker(units);
  /** @type {string[]} */
  const texts = [];
  while (u.more()) texts.push(u.text());
  if (u.bad) throw damaged();
  return texts;
}

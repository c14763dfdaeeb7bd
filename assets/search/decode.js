// Reading what the program packed; see FORMAT.md. After a fault a reader reads zeros and says
// so by its flag.

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
    const c = this.unit();
    if (c >= 0x2100) return 8000 + (c - 0x2100) * 4096 + this.small(this.unit());
    return this.small(c);
  }

  /** @param {number} c */
  small(c) {
    if (c >= 0xa0) return c - 0xa0 + 93;
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

  places() {
    const n = this.number();
    if (n > this.units.length - this.at) {
      this.bad = true;
      return [];
    }
    /** @type {number[]} */
    const places = [];
    let pos = 0;
    for (let i = 0; i < n; i++) {
      pos += this.number();
      places.push(pos);
    }
    return places;
  }
}

/** @typedef {{df: number, data: string, columns?: Columns}} Postings */
/** @typedef {{width: number, places: number[]}} Named */
/** @typedef {{title: Named, heading: Named, body: number[]}} Places */

export const damaged = () => new Error("damaged");

/**
 * @param {string} units
 * @returns {Map<string, Postings>}
 */
export function readTerms(units) {
  /** @type {Map<string, Postings>} */
  const terms = new Map();
  const u = new Unpacker(units);
  /** @type {string[]} */
  let before = [];
  while (u.more()) {
    const shared = u.number();
    const rest = [...u.text()];
    const df = u.number();
    const data = u.text();
    if (u.bad || shared > before.length) throw damaged();
    before = [...before.slice(0, shared), ...rest];
    terms.set(before.join(""), { df, data });
  }
  if (u.bad) throw damaged();
  return terms;
}

/**
 * The postings of a term, a column for each number: frequent terms have tens of thousands.
 * Where the term stands in a section is read when it is asked for.
 */
export class Columns {
  /**
   * @param {Postings} postings
   * @param {number} sections
   */
  constructor(postings, sections) {
    this.data = postings.data;
    this.length = 0;
    const most = Math.min(postings.df, postings.data.length);
    this.sections = new Int32Array(most);
    this.masks = new Uint8Array(most);
    this.impacts = new Float64Array(most);
    this.starts = new Int32Array(most);
    const u = new Unpacker(postings.data);
    let section = 0;
    while (u.more()) {
      const i = this.length++;
      section += u.number();
      this.sections[i] = section;
      const mask = (this.masks[i] = u.number());
      this.impacts[i] = u.number() / 64;
      this.starts[i] = u.at;
      for (const bit of [1, 2, 8]) {
        if ((mask & bit) === 0) continue;
        if (bit !== 8) u.number();
        for (let n = u.count(); n > 0; n--) u.number();
      }
      if (u.bad || section >= sections || i >= most) throw damaged();
    }
  }

  /**
   * @param {number} i
   * @returns {Places}
   */
  places(i) {
    const u = new Unpacker(this.data);
    u.at = this.starts[i] ?? 0;
    const mask = this.masks[i] ?? 0;
    /** @type {Places} */
    const p = { title: NOWHERE, heading: NOWHERE, body: [] };
    if (mask & 1) p.title = { width: u.number(), places: u.places() };
    if (mask & 2) p.heading = { width: u.number(), places: u.places() };
    if (mask & 8) p.body = u.places();
    return p;
  }
}

/** @type {Named} */
const NOWHERE = { width: 0, places: [] };

/**
 * @param {Postings} postings
 * @param {number} sections
 * @returns {Columns}
 */
export function readPostings(postings, sections) {
  postings.columns ??= new Columns(postings, sections);
  return postings.columns;
}

/** @typedef {{build: string, sections: number, starts: number[], kinds: string[], tags: string[][], terms: {first: string, hash: string}[], names: {section: number, hash: string}[]}} Directory */

export const VERSION = 2;
const HASH = 10;

/**
 * The content of index.js. An index of another version is none of ours.
 * @param {string} units
 * @returns {Directory}
 */
export function readDirectory(units) {
  const u = new Unpacker(units);
  if (u.number() !== VERSION) throw new Error("outdated");
  /** @type {Directory} */
  const d = { build: u.text(), sections: 0, starts: [0], kinds: [], tags: [], terms: [], names: [] };
  for (let n = u.count(); n > 0; n--) d.starts.push((d.sections += u.number()));
  readPages(u, d);
  for (let n = u.count(); n > 0; n--) d.terms.push({ first: u.text(), hash: u.fixed(HASH) });
  let section = 0;
  for (let n = u.count(); n > 0; n--) d.names.push({ section: (section += u.number()), hash: u.fixed(HASH) });
  if (u.bad || u.more()) throw damaged();
  return d;
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
    const page = { url, path, title, first: next, sections: [] };
    for (let n = u.count(); n > 0 && !u.bad; n--) page.sections.push({ heading: u.text(), anchor: u.text() });
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

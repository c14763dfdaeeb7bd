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

/** @typedef {{df: number, data: string}} Postings */
/** @typedef {{width: number, places: number[]}} Named */
/** @typedef {{section: number, impact: number, title: Named, heading: Named, body: number[]}} Posting */

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
 * @param {Postings} postings
 * @param {number} sections
 * @returns {Posting[]}
 */
export function readPostings(postings, sections) {
  const u = new Unpacker(postings.data);
  /** @type {Posting[]} */
  const out = [];
  let section = 0;
  while (u.more()) {
    section += u.number();
    const mask = u.number();
    /** @type {Posting} */
    const p = { section, impact: u.number() / 64, title: { width: 0, places: [] }, heading: { width: 0, places: [] }, body: [] };
    if (mask & 1) p.title = { width: u.number(), places: u.places() };
    if (mask & 2) p.heading = { width: u.number(), places: u.places() };
    if (mask & 8) p.body = u.places();
    if (u.bad || section >= sections) throw damaged();
    out.push(p);
  }
  return out;
}

/** @typedef {{url: string, path: string, title: string, kind: string, tags: string[], first: number, sections: {heading: string, anchor: string}[]}} PageName */

/**
 * @param {string} units
 * @param {number} first number of the first section
 * @returns {PageName[]}
 */
export function readNames(units, first) {
  const u = new Unpacker(units);
  /** @type {PageName[]} */
  const pages = [];
  let next = first;
  while (u.more()) {
    const [url, path, title, kind, tags] = [u.text(), u.text(), u.text(), u.text(), u.text()];
    const count = u.number();
    /** @type {PageName} */
    const page = { url, path, title, kind, tags: tags ? tags.split("\n") : [], first: next, sections: [] };
    for (let i = 0; i < count && !u.bad; i++) page.sections.push({ heading: u.text(), anchor: u.text() });
    if (u.bad) throw damaged();
    next += count;
    pages.push(page);
  }
  return pages;
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

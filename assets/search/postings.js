// The postings of a term, a column for each number: frequent terms have tens of thousands. Where
// a term stands in a section is read when it is asked for, and loaded only then.

import { damaged, Unpacker } from "./decode.js";

/** @typedef {import("./decode.js").Directory} Directory */
/** @typedef {import("./decode.js").Postings} Postings */
/** @typedef {{width: number, places: number[]}} Named */

export const TITLE = 1;
export const HEADING = 2;
export const BODY = 4;
export const LINK = 8;
export const LONGER = 16; // of a query's last word: only longer words stand there

const CODES = 8; // of a posting's first number: coarse levels, and two more
const CODE_LINK = 6;
const INHERITED = 3;

/**
 * @param {number} ratio
 * @param {number} n
 */
function levels(ratio, n) {
  const list = new Float64Array(n);
  for (let i = 0, v = 0.15; i < n; i++, v *= ratio) list[i] = v;
  return list;
}

const bodyImpacts = levels(2.2, 6);
const nameImpacts = levels(1.2, 64);

/** @type {Named} */
const NOWHERE = { width: 0, places: [] };

export class Columns {
  /**
   * @param {Postings} postings
   * @param {Directory} dir
   */
  constructor(postings, dir) {
    this.data = postings.data;
    this.body = new Body(postings.places);
    /** @type {number[]} */
    this.sections = [];
    /** @type {number[]} */
    this.masks = [];
    /** @type {number[]} */
    this.impacts = [];
    /** @type {number[]} */
    this.titles = []; // where in data the title's places stand
    /** @type {number[]} */
    this.headings = [];
    /** @type {number[]} */
    this.bodies = []; // which of the postings with a body it is
    this.read(dir);
    this.length = this.sections.length;
  }

  /** @param {Directory} dir */
  read(dir) {
    const u = new Unpacker(this.data);
    let section = 0;
    let page = 0;
    let title = -1; // of the page at hand
    let inherits = 0; // the next section that inherits it
    let bodies = 0;
    const add = (/** @type {number} */ s, /** @type {number} */ mask, /** @type {number} */ impact, /** @type {number} */ heading, /** @type {number} */ body) => {
      this.sections.push(s);
      this.masks.push(title >= 0 ? mask | TITLE : mask);
      this.impacts.push(impact);
      this.titles.push(title);
      this.headings.push(heading);
      this.bodies.push(body);
    };
    const inheritUntil = (/** @type {number} */ s) => {
      const end = dir.starts[page + 1] ?? 0;
      for (; title >= 0 && inherits < Math.min(s, end); inherits++) add(inherits, 0, INHERITED, -1, -1);
      if (s >= end) title = -1;
    };
    while (u.more()) {
      const n = u.number();
      section += Math.floor(n / CODES);
      inheritUntil(section);
      const inherited = title >= 0 ? INHERITED : 0;
      const code = n % CODES;
      if (code < CODE_LINK) {
        add(section, BODY, (bodyImpacts[code] ?? 0) + inherited, -1, bodies++);
      } else {
        const names = code > CODE_LINK;
        const v = u.number();
        const level = names ? v >> 3 : v;
        if (level >= nameImpacts.length) throw damaged();
        const mask = names ? v & (TITLE | HEADING | BODY) : BODY | LINK;
        if (mask & TITLE) {
          page = pageOf(dir, section);
          if (dir.starts[page] === section) title = u.at;
          skip(u);
        }
        const heading = mask & HEADING ? u.at : -1;
        if (heading >= 0) skip(u);
        add(section, mask, (nameImpacts[level] ?? 0) + inherited, heading, mask & BODY ? bodies++ : -1);
      }
      inherits = section + 1;
      if (u.bad || section >= dir.sections) throw damaged();
    }
    inheritUntil(dir.sections);
    if (u.bad) throw damaged();
  }

  /** @param {number} i */
  title(i) {
    return this.named(this.titles[i] ?? -1);
  }

  /** @param {number} i */
  heading(i) {
    return this.named(this.headings[i] ?? -1);
  }

  /**
   * @param {number} at
   * @returns {Named}
   */
  named(at) {
    if (at < 0) return NOWHERE;
    const u = new Unpacker(this.data);
    u.at = at;
    return { width: u.number(), places: u.namePlaces() };
  }
}

/** @param {Unpacker} u */
function skip(u) {
  u.number();
  while (u.more() && !(u.number() & 1));
}

/**
 * The number of the page of a section.
 * @param {Directory} dir
 * @param {number} section
 */
export function pageOf(dir, section) {
  let low = 0;
  let high = dir.starts.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((dir.starts[mid] ?? 0) > section) high = mid;
    else low = mid + 1;
  }
  return low - 1;
}

/** Where a term stands in the bodies of its sections: files, each loaded when it is needed. */
class Body {
  /** @param {import("./decode.js").PlaceFile[]} files */
  constructor(files) {
    this.files = files;
    /** @type {({units: string, starts: number[]} | undefined)[]} */
    this.loaded = files.map(() => undefined);
  }

  /**
   * The file that holds a posting, and which of its postings that is.
   * @param {number} which
   */
  fileOf(which) {
    let i = 0;
    while (which >= (this.files[i]?.postings ?? Infinity)) which -= this.files[i++]?.postings ?? 0;
    return { i, which };
  }

  /**
   * Loads what holds some postings.
   * @param {number[]} list
   * @param {(key: string) => Promise<string>} read
   */
  async load(list, read) {
    const wanted = new Set(list.map((which) => this.fileOf(which).i));
    await Promise.all(
      [...wanted].map(async (i) => {
        const file = this.files[i];
        if (!file) throw damaged();
        if (this.loaded[i]) return;
        const whole = await read(file.key);
        if (file.to > whole.length) throw damaged();
        this.loaded[i] = split(file.to > 0 ? whole.slice(file.from, file.to) : whole);
      }),
    );
  }

  /**
   * @param {number} posting
   * @returns {number[]}
   */
  places(posting) {
    const { i, which } = this.fileOf(posting);
    const part = this.loaded[i];
    const start = part?.starts[which];
    if (!part || start === undefined) throw damaged();
    const u = new Unpacker(part.units);
    u.at = start;
    return u.bodyPlaces();
  }
}

/**
 * Finds where each posting's places begin.
 * @param {string} units
 */
function split(units) {
  const u = new Unpacker(units);
  /** @type {number[]} */
  const starts = [];
  while (u.more()) {
    starts.push(u.at);
    while (u.more() && !(u.number() & 1));
  }
  if (u.bad) throw damaged();
  return { units, starts };
}

/** A term of a query: its weight and its postings. */
export class List {
  /**
   * @param {number} idf
   * @param {Columns} [columns]
   */
  constructor(idf, columns) {
    this.idf = idf;
    this.columns = columns;
    this.length = columns?.length ?? 0;
    this.sections = columns?.sections ?? [];
    this.impacts = columns?.impacts ?? [];
    this.masks = columns?.masks ?? [];
  }

  /** @param {number} i */
  title(i) {
    return this.columns?.title(i) ?? NOWHERE;
  }

  /** @param {number} i */
  heading(i) {
    return this.columns?.heading(i) ?? NOWHERE;
  }

  /**
   * Loads where the term stands in the bodies of some of its sections.
   * @param {number[]} list
   * @param {(key: string) => Promise<string>} read
   */
  async load(list, read) {
    const bodies = list.map((i) => this.columns?.bodies[i] ?? -1).filter((b) => b >= 0);
    await this.columns?.body.load(bodies, read);
  }

  /** @param {number} i */
  places(i) {
    const body = this.columns?.bodies[i] ?? -1;
    return body < 0 ? [] : (this.columns?.body.places(body) ?? []);
  }
}

/** Several terms as one: all that begin alike. */
export class Joined {
  /** @param {number} sections */
  constructor(sections) {
    this.idf = 0;
    this.length = 0;
    this.best = new Float64Array(sections);
    this.mask = new Uint8Array(sections);
    this.head = new Int32Array(sections).fill(-1); // chain of the postings of each section
    /** @type {{list: List, i: number, part: number, next: number}[]} */
    this.chain = [];
    /** @type {number[]} */
    this.sections = [];
    /** @type {number[]} */
    this.impacts = [];
    /** @type {number[]} */
    this.masks = [];
  }

  /**
   * @param {Columns} columns
   * @param {number} weight
   * @param {number} part 1 for words longer than what was asked for
   */
  add(columns, weight, part) {
    const list = new List(0, columns);
    for (let i = 0; i < columns.length; i++) {
      const section = columns.sections[i] ?? 0;
      this.best[section] = Math.max(this.best[section] ?? 0, (columns.impacts[i] ?? 0) * weight);
      const next = this.head[section] ?? -1;
      const mask = (columns.masks[i] ?? 0) | (part * LONGER);
      this.mask[section] = next < 0 ? mask : joinMasks(this.mask[section] ?? 0, mask);
      if (next < 0) this.length++;
      this.head[section] = this.chain.push({ list, i, part, next }) - 1;
    }
  }

  finish() {
    for (let section = 0; section < this.head.length; section++) {
      if ((this.head[section] ?? -1) < 0) continue;
      this.sections.push(section);
      this.impacts.push(this.best[section] ?? 0);
      this.masks.push(this.mask[section] ?? 0);
    }
  }

  /** @param {number} i */
  *members(i) {
    let at = this.chain[this.head[this.sections[i] ?? 0] ?? -1];
    for (; at; at = this.chain[at.next]) yield at;
  }

  /** @param {number} i */
  title(i) {
    return this.named(i, (list, j) => list.title(j));
  }

  /** @param {number} i */
  heading(i) {
    return this.named(i, (list, j) => list.heading(j));
  }

  /**
   * @param {number} i
   * @param {(list: List, j: number) => Named} of
   */
  named(i, of) {
    const all = { width: 0, places: /** @type {number[]} */ ([]) };
    for (const { list, i: j, part } of this.members(i)) {
      const name = of(list, j);
      all.width = Math.max(all.width, name.width);
      for (const place of name.places) all.places.push(place | part);
    }
    all.places.sort((a, b) => a - b);
    return all;
  }

  /**
   * @param {number[]} list
   * @param {(key: string) => Promise<string>} read
   */
  async load(list, read) {
    /** @type {Map<List, number[]>} */
    const wanted = new Map();
    for (const i of list) for (const { list: l, i: j } of this.members(i)) wanted.set(l, [...(wanted.get(l) ?? []), j]);
    await Promise.all([...wanted].map(([l, some]) => l.load(some, read)));
  }

  /** @param {number} i */
  places(i) {
    /** @type {number[]} */
    const all = [];
    for (const { list, i: j } of this.members(i)) for (const place of list.places(j)) all.push(place);
    return all.sort((a, b) => a - b);
  }
}

/**
 * The fields of two terms in one section: its body counts as links alone where both do, its words
 * as longer ones where both are.
 * @param {number} a
 * @param {number} b
 */
function joinMasks(a, b) {
  const link = (a & BODY ? a : b) & (b & BODY ? b : a) & LINK;
  return ((a | b) & ~(LINK | LONGER)) | link | (a & b & LONGER);
}

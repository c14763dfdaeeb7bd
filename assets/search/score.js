// Scoring, as Go's Reader.Search does it, over arrays with a place for every section: a frequent
// word stands in tens of thousands.

/** @typedef {import("./decode.js").Columns} Columns */
/** @typedef {import("./decode.js").Directory} Directory */
/** @typedef {import("./decode.js").Places} Places */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {import("./rank.js").Found} Found */

const K1 = 1.2;
const NAMES = 3; // mask of title and heading
const BODY = 8;

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
    this.sections = columns?.sections ?? new Int32Array(0);
    this.impacts = columns?.impacts ?? new Float64Array(0);
    this.masks = columns?.masks ?? new Uint8Array(0);
  }

  /**
   * @param {number} i
   * @returns {Places}
   */
  places(i) {
    return this.columns?.places(i) ?? { title: { width: 0, places: [] }, heading: { width: 0, places: [] }, body: [] };
  }
}

/** Several terms as one: all words that begin alike. */
export class Joined {
  /** @param {number} sections */
  constructor(sections) {
    this.idf = 0;
    this.length = 0;
    this.best = new Float64Array(sections);
    this.mask = new Uint8Array(sections);
    this.head = new Int32Array(sections).fill(-1); // chain of the postings of each section
    /** @type {{columns: Columns, i: number, next: number}[]} */
    this.chain = [];
    this.sections = new Int32Array(0);
    this.impacts = new Float64Array(0);
    this.masks = new Uint8Array(0);
  }

  /**
   * @param {Columns} columns
   * @param {number} weight
   */
  add(columns, weight) {
    for (let i = 0; i < columns.length; i++) {
      const section = columns.sections[i] ?? 0;
      this.best[section] = Math.max(this.best[section] ?? 0, (columns.impacts[i] ?? 0) * weight);
      this.mask[section] = (this.mask[section] ?? 0) | (columns.masks[i] ?? 0);
      const next = this.head[section] ?? -1;
      if (next < 0) this.length++;
      this.head[section] = this.chain.push({ columns, i, next }) - 1;
    }
  }

  finish() {
    this.sections = new Int32Array(this.length);
    this.impacts = new Float64Array(this.length);
    this.masks = new Uint8Array(this.length);
    let n = 0;
    for (let section = 0; section < this.head.length; section++) {
      if ((this.head[section] ?? -1) < 0) continue;
      this.sections[n] = section;
      this.impacts[n] = this.best[section] ?? 0;
      this.masks[n++] = this.mask[section] ?? 0;
    }
  }

  /**
   * @param {number} i
   * @returns {Places}
   */
  places(i) {
    /** @type {Places} */
    const all = { title: { width: 0, places: [] }, heading: { width: 0, places: [] }, body: [] };
    let at = this.chain[this.head[this.sections[i] ?? 0] ?? -1];
    for (; at; at = this.chain[at.next]) {
      const p = at.columns.places(at.i);
      for (const name of /** @type {const} */ (["title", "heading"])) {
        all[name].width = Math.max(all[name].width, p[name].width);
        all[name].places.push(...p[name].places);
      }
      for (const place of p.body) all.body.push(place);
    }
    const number = (/** @type {number} */ a, /** @type {number} */ b) => a - b;
    for (const places of [all.title.places, all.heading.places, all.body]) places.sort(number);
    return all;
  }
}

/** What a query earns in every section. */
export class Scores {
  /** @param {Directory} dir */
  constructor(dir) {
    this.dir = dir;
    const n = dir.sections;
    this.score = new Float64Array(n);
    this.covered = new Float64Array(n); // weight of the query's terms that it holds
    this.bonus = new Float64Array(n);
    this.title = new Float64Array(n); // bonus of the title if it is the section's own
    this.inherit = new Float64Array(n); // and if it is not
    this.exact = new Uint16Array(n); // runs that it holds as they stand
    this.total = 0;
    /** @type {Map<number, {quote: number, starts: number[][], broken: boolean}>} */
    this.quotes = new Map(); // where quotations of several runs can begin, by section
  }

  /**
   * @param {QueryRun} run
   * @param {(List | Joined)[]} lists
   */
  addRun(run, lists) {
    let weight = 0;
    for (const l of lists) weight += l.idf;
    const held = new Uint16Array(this.dir.sections);
    for (const l of lists) {
      for (let i = 0; i < l.length; i++) {
        const section = l.sections[i] ?? 0;
        const impact = l.impacts[i] ?? 0;
        this.score[section] = (this.score[section] ?? 0) + (l.idf * impact * (K1 + 1)) / (K1 + impact);
        this.covered[section] = (this.covered[section] ?? 0) + l.idf;
        held[section] = (held[section] ?? 0) + 1;
      }
    }
    this.total += weight;
    this.phrases(run, lists, held, weight);
  }

  /**
   * Looks for the whole run in the sections that hold all of its terms.
   * @param {QueryRun} run
   * @param {(List | Joined)[]} lists
   * @param {Uint16Array} held
   * @param {number} weight
   */
  phrases(run, lists, held, weight) {
    const first = lists[0];
    if (!first) return;
    const at = lists.map(() => 0);
    for (let i = 0; i < first.length; i++) {
      const section = first.sections[i] ?? 0;
      if (held[section] !== lists.length) continue;
      let mask = 15;
      lists.forEach((l, k) => {
        let j = at[k] ?? 0;
        while ((l.sections[j] ?? section) < section) j++;
        at[k] = j;
        mask &= l.masks[j] ?? 0;
      });
      // A lone term needs no places to be known to stand in the text.
      if (lists.length === 1 && (mask & NAMES) === 0 && run.quote === 0) {
        if (mask & BODY) this.add(section, weight);
      } else if (mask & (NAMES | BODY)) {
        this.phrase(section, run, lists.map((l, k) => l.places(at[k] ?? 0)), weight);
      }
    }
  }

  /**
   * @param {number} section
   * @param {number} weight
   */
  add(section, weight) {
    this.exact[section] = (this.exact[section] ?? 0) + 1;
    this.bonus[section] = (this.bonus[section] ?? 0) + 0.6 * weight;
  }

  /**
   * @param {number} section
   * @param {QueryRun} run
   * @param {Places[]} terms
   * @param {number} weight
   */
  phrase(section, run, terms, weight) {
    const width = run.han ? run.chars.length : 1;
    const title = together(terms.map((p) => p.title.places));
    const heading = together(terms.map((p) => p.heading.places));
    const body = together(terms.map((p) => p.body));
    if (body.length) this.add(section, weight);
    else if (title.length || heading.length) this.exact[section] = (this.exact[section] ?? 0) + 1;
    if (run.quote > 0) this.follow(section, run, [title, heading, body]);
    if (title.length) {
      this.title[section] = (this.title[section] ?? 0) + nameBonus(title, width, terms[0]?.title.width ?? 0, weight, 2, 3, 1);
      this.inherit[section] = (this.inherit[section] ?? 0) + 0.5 * weight;
    }
    if (heading.length) {
      this.bonus[section] = (this.bonus[section] ?? 0) + nameBonus(heading, width, terms[0]?.heading.width ?? 0, weight, 2, 1.5, 0.7);
    }
  }

  /**
   * Keeps the places where a quotation can begin if this run is to stand where it does in it.
   * @param {number} section
   * @param {QueryRun} run
   * @param {number[][]} places in title, heading and body
   */
  follow(section, run, places) {
    const old = this.quotes.get(section);
    const known = old?.quote === run.quote ? old.starts.map((starts) => new Set(starts)) : undefined;
    const starts = places.map((field, f) =>
      field.map((pos) => pos - run.pos).filter((start) => !known || known[f]?.has(start)),
    );
    const broken = (old?.broken ?? false) || starts.every((field) => field.length === 0);
    this.quotes.set(section, { quote: run.quote, starts, broken });
  }

  /**
   * Whether a section holds every run, and every quotation, as it stands.
   * @param {number} section
   * @param {number} runs
   */
  whole(section, runs) {
    return this.exact[section] === runs && !this.quotes.get(section)?.broken;
  }

  /**
   * @param {Query} query
   * @param {boolean} exactOnly
   * @returns {Found[]}
   */
  ranked(query, exactOnly) {
    /** @type {Found[]} */
    const found = [];
    const { starts, kinds, tags } = this.dir;
    const runs = query.runs.length;
    for (let page = 0; page < kinds.length; page++) {
      const start = starts[page] ?? 0;
      const end = starts[page + 1] ?? 0;
      let sum = 0;
      for (let s = start; s < end; s++) {
        const whole = this.whole(s, runs);
        if (this.covered[s] === 0 || (!whole && (exactOnly || (this.covered[s] ?? 0) < 0.5 * this.total))) {
          this.covered[s] = 0;
          continue;
        }
        const name = s === start ? this.title[s] : this.inherit[s];
        this.score[s] = (this.score[s] ?? 0) + (this.bonus[s] ?? 0) + (name ?? 0);
        sum += this.score[s] ?? 0;
      }
      const kind = kinds[page] ?? "";
      if (sum === 0 || !wants(query, kind, tags[page] ?? [])) continue;
      for (let s = start; s < end; s++) {
        if (this.covered[s] === 0) continue;
        const own = this.score[s] ?? 0;
        const score = own + 0.2 * Math.log1p((sum - own) / own) * own;
        found.push({ kind, tags: tags[page] ?? [], score: Math.round(score * 1e4) / 1e4, exact: this.whole(s, runs), section: s });
      }
    }
    return found.sort((a, b) => b.score - a.score || a.section - b.section);
  }
}

/**
 * @param {number[]} places
 * @param {number} width
 * @param {number} name
 * @param {number} weight
 * @param {number} inName
 * @param {number} equal
 * @param {number} border
 */
function nameBonus(places, width, name, weight, inName, equal, border) {
  let bonus = inName * weight * (0.5 + (0.5 * width) / Math.max(width, name));
  const begins = places[0] === 0;
  if (begins) bonus += 0.4 * border * weight;
  if (places.includes(name - width)) bonus += 0.6 * border * weight;
  if (begins && name === width) bonus += equal * weight;
  return bonus;
}

/**
 * The places where all lists follow one another.
 * @param {number[][]} lists
 */
function together(lists) {
  let places = lists[0] ?? [];
  for (let i = 1; i < lists.length && places.length > 0; i++) {
    const next = new Set(lists[i]);
    places = places.filter((pos) => next.has(pos + i));
  }
  return places;
}

/**
 * @param {Query} query
 * @param {string} kind
 * @param {string[]} tags
 */
function wants(query, kind, tags) {
  if (query.kinds.length > 0 && !query.kinds.includes(kind)) return false;
  return query.tags.every((tag) => tags.includes(tag));
}

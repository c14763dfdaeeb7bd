// Ranking, as Go's Reader.Search does it: the same list with the same scores.

import { readNames, readPostings, readTerms, readTexts, damaged } from "./decode.js";
import { parseQuery, termsOf } from "./query.js";

/** @typedef {import("./decode.js").Posting} Posting */
/** @typedef {import("./decode.js").PageName} PageName */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {{version: number, build: string, sections: number, pages: number, terms: {t: string, h: string}[], names: {n: number, s: number, h: string}[], texts: {n: number, s: number, h: string}[]}} Directory */
/** @typedef {{url: string, path: string, title: string, heading: string, anchor: string, kind: string, tags: string[], score: number, exact: boolean, section: number}} Result */
/** @typedef {{section: number, score: number, covered: number, exact: number, bonus: number}} Hit */
/** @typedef {{idf: number, postings: Posting[]}} TermList */

export const VERSION = 1;
const K1 = 1.2;
const PREFIX_SHARDS = 3;

export class Reader {
  /**
   * @param {(key: string) => Promise<string>} read gives the string of a file
   * @param {Directory} dir
   */
  constructor(read, dir) {
    this.read = read;
    this.dir = dir;
    /** @type {Map<string, Promise<any>>} */
    this.cache = new Map();
  }

  /**
   * @template T
   * @param {string} hash
   * @param {(units: string) => T} decode
   * @returns {Promise<T>}
   */
  shard(hash, decode) {
    let value = this.cache.get(hash);
    if (!value) {
      value = this.read(hash).then(decode);
      value.catch(() => this.cache.delete(hash));
      this.cache.set(hash, value);
    }
    return value;
  }

  /**
   * @param {string} text
   * @param {{limit?: number, exact?: boolean}} [options]
   * @returns {Promise<Result[]>}
   */
  async search(text, options = {}) {
    const query = parseQuery(text);
    if (query.runs.length === 0) return [];
    /** @type {Map<number, Hit>} */
    const hits = new Map();
    const lists = await Promise.all(query.runs.map((run) => this.lists(run)));
    let total = 0;
    query.runs.forEach((run, i) => (total += scoreRun(run, lists[i] ?? [], hits)));
    const exactOnly = options.exact || query.runs.some((run) => run.exact);
    const ranked = [...hits.values()]
      .sort((a, b) => a.section - b.section)
      .filter((h) => h.exact === query.runs.length || (!exactOnly && h.covered >= 0.5 * total));
    for (const h of ranked) h.score += h.bonus;
    return this.results(ranked, query, options.limit ?? 0);
  }

  /**
   * @param {QueryRun} run
   * @returns {Promise<TermList[]>}
   */
  async lists(run) {
    if (run.prefix) return [await this.prefixList(run)];
    return Promise.all(
      termsOf(run).map(async (term) => {
        const i = this.shardOf(term);
        const terms = i < 0 ? undefined : await this.shard(this.dir.terms[i]?.h ?? "", readTerms);
        const p = terms?.get(term);
        if (!p) return { idf: this.idf(0), postings: [] };
        return { idf: this.idf(p.df), postings: readPostings(p, this.dir.sections) };
      }),
    );
  }

  /** @param {number} df */
  idf(df) {
    return Math.log(1 + (this.dir.sections - df + 0.5) / (df + 0.5));
  }

  /** @param {string} term */
  shardOf(term) {
    let low = 0;
    let high = this.dir.terms.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (after(this.dir.terms[mid]?.t ?? "", term)) high = mid;
      else low = mid + 1;
    }
    return low - 1;
  }

  /**
   * @param {QueryRun} run
   * @returns {Promise<TermList>}
   */
  async prefixList(run) {
    const prefix = run.chars.join("");
    const start = Math.max(0, this.shardOf(prefix));
    /** @type {[string, Posting[]][]} */
    const found = [];
    for (let i = start; i < this.dir.terms.length && i < start + PREFIX_SHARDS; i++) {
      const entry = this.dir.terms[i];
      if (!entry || (i > start && !entry.t.startsWith(prefix))) break;
      for (const [term, p] of await this.shard(entry.h, readTerms)) {
        if (term.startsWith(prefix)) found.push([term, readPostings(p, this.dir.sections)]);
      }
    }
    found.sort(([a], [b]) => (after(a, b) ? 1 : -1));
    /** @type {Map<number, Posting>} */
    const merged = new Map();
    for (const [term, postings] of found) {
      const n = [...term].length;
      const weight = !run.han && n > run.chars.length ? (0.6 * run.chars.length) / n : 1;
      for (const q of postings) {
        q.impact *= weight;
        const old = merged.get(q.section);
        if (old) join(old, q);
        else merged.set(q.section, q);
      }
    }
    const postings = [...merged.values()].sort((a, b) => a.section - b.section);
    return { idf: this.idf(postings.length), postings };
  }

  /**
   * @param {number} section
   * @returns {Promise<PageName>}
   */
  async pageOf(section) {
    const entry = last(this.dir.names, section);
    const pages = await this.shard(entry.h, (units) => readNames(units, entry.s));
    const page = pages.find((p) => section < p.first + p.sections.length);
    if (!page) throw damaged();
    return page;
  }

  /**
   * @param {number} section
   * @returns {Promise<string>}
   */
  async textOf(section) {
    const entry = last(this.dir.texts, section);
    const texts = await this.shard(entry.h, readTexts);
    return texts[section - entry.s] ?? "";
  }

  /**
   * @param {Hit[]} ranked
   * @param {import("./query.js").Query} query
   * @param {number} limit
   * @returns {Promise<Result[]>}
   */
  async results(ranked, query, limit) {
    const pages = await Promise.all(ranked.map((h) => this.pageOf(h.section)));
    /** @type {Map<number, number>} */
    const sums = new Map();
    ranked.forEach((h, i) => {
      const first = pages[i]?.first ?? 0;
      sums.set(first, (sums.get(first) ?? 0) + h.score);
    });
    /** @type {Result[]} */
    const results = [];
    ranked.forEach((h, i) => {
      const p = pages[i];
      if (!p || !wants(query, p)) return;
      const others = (sums.get(p.first) ?? 0) - h.score;
      const score = h.score + 0.2 * Math.log1p(others / h.score) * h.score;
      const s = p.sections[h.section - p.first] ?? { heading: "", anchor: "" };
      results.push({
        url: p.url + (s.anchor ? `#${encodeURIComponent(s.anchor)}` : ""),
        path: p.path, title: p.title, heading: s.heading, anchor: s.anchor, kind: p.kind, tags: p.tags,
        score: Math.round(score * 1e4) / 1e4, exact: h.exact === query.runs.length, section: h.section,
      });
    });
    results.sort((a, b) => b.score - a.score || a.section - b.section);
    return limit > 0 ? results.slice(0, limit) : results;
  }
}

/**
 * Whether a sorts after b by code points, as Go compares strings.
 * @param {string} a
 * @param {string} b
 */
function after(a, b) {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const d = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (d !== 0) return d > 0;
  }
  return x.length > y.length;
}

/**
 * @param {{s: number, h: string}[]} entries
 * @param {number} section
 */
function last(entries, section) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((entries[mid]?.s ?? 0) > section) high = mid;
    else low = mid + 1;
  }
  const entry = entries[low - 1];
  if (!entry) throw damaged();
  return entry;
}

/**
 * @param {Posting} p
 * @param {Posting} q
 */
function join(p, q) {
  const number = (/** @type {number} */ a, /** @type {number} */ b) => a - b;
  p.impact = Math.max(p.impact, q.impact);
  p.title = { width: Math.max(p.title.width, q.title.width), places: [...p.title.places, ...q.title.places].sort(number) };
  p.heading = { width: Math.max(p.heading.width, q.heading.width), places: [...p.heading.places, ...q.heading.places].sort(number) };
  p.body = [...p.body, ...q.body].sort(number);
}

/**
 * Adds one run of the query to the hits, and returns its weight.
 * @param {QueryRun} run
 * @param {TermList[]} lists
 * @param {Map<number, Hit>} hits
 */
function scoreRun(run, lists, hits) {
  let weight = 0;
  for (const l of lists) weight += l.idf;
  /** @type {Map<number, Posting[]>} */
  const holds = new Map();
  lists.forEach((l, i) => {
    for (const p of l.postings) {
      let h = hits.get(p.section);
      if (!h) {
        h = { section: p.section, score: 0, covered: 0, exact: 0, bonus: 0 };
        hits.set(p.section, h);
      }
      h.score += (l.idf * p.impact * (K1 + 1)) / (K1 + p.impact);
      h.covered += l.idf;
      const held = holds.get(p.section) ?? [];
      if (held.length === i) holds.set(p.section, [...held, p]);
    }
  });
  for (const [section, terms] of holds) {
    const h = hits.get(section);
    if (h && terms.length === lists.length) phrase(h, run, terms, weight);
  }
  return weight;
}

/**
 * @param {Hit} h
 * @param {QueryRun} run
 * @param {Posting[]} terms
 * @param {number} weight
 */
function phrase(h, run, terms, weight) {
  const width = run.han ? run.chars.length : 1;
  const first = terms[0];
  if (!first) return;
  const title = together(terms.map((p) => p.title.places));
  const heading = together(terms.map((p) => p.heading.places));
  const body = together(terms.map((p) => p.body));
  if (title.length || heading.length || body.length) h.exact++;
  if (body.length) h.bonus += 0.6 * weight;
  if (title.length && first.heading.width === 0 && heading.length === 0) {
    h.bonus += nameBonus(title, width, first.title.width, weight, 2, 3, 1);
  } else if (title.length) h.bonus += 0.5 * weight;
  if (heading.length) h.bonus += nameBonus(heading, width, first.heading.width, weight, 2, 1.5, 0.7);
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
 * @param {import("./query.js").Query} query
 * @param {PageName} p
 */
function wants(query, p) {
  if (query.kinds.length > 0 && !query.kinds.includes(p.kind)) return false;
  return query.tags.every((tag) => p.tags.includes(tag));
}

// Ranking, as Go's Reader.Search does it: the same list with the same scores.

import { damaged, readNames, readPostings, readTerms, readTexts } from "./decode.js";
import { parseQuery, termsOf } from "./query.js";
import { Joined, List, Scores } from "./score.js";

/** @typedef {import("./decode.js").Directory} Directory */
/** @typedef {import("./decode.js").PageName} PageName */
/** @typedef {import("./decode.js").Names} Names */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {{kind: string, tags: string[], score: number, exact: boolean, section: number}} Found a section, not yet named */
/** @typedef {Found & {url: string, path: string, title: string, heading: string, anchor: string}} Result */

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
   * The best sections, named.
   * @param {string} text
   * @param {{limit?: number, exact?: boolean}} [options]
   * @returns {Promise<Result[]>}
   */
  async search(text, options = {}) {
    const found = await this.find(text, options);
    const limit = options.limit ?? 0;
    return Promise.all((limit > 0 ? found.slice(0, limit) : found).map((f) => this.name(f)));
  }

  /**
   * All sections that answer, best first, without reading a name.
   * @param {string} text
   * @param {{exact?: boolean}} [options]
   * @returns {Promise<Found[]>}
   */
  async find(text, options = {}) {
    const query = parseQuery(text);
    if (query.runs.length === 0) return [];
    const lists = await Promise.all(query.runs.map((run) => this.lists(run)));
    const scores = new Scores(this.dir);
    query.runs.forEach((run, i) => scores.addRun(run, lists[i] ?? []));
    return scores.ranked(query, options.exact === true || query.runs.some((run) => run.exact));
  }

  /**
   * @param {QueryRun} run
   * @returns {Promise<(List | Joined)[]>}
   */
  async lists(run) {
    if (run.prefix) return [await this.prefixList(run)];
    return Promise.all(
      termsOf(run).map(async (term) => {
        const i = this.shardOf(term);
        const terms = i < 0 ? undefined : await this.shard(this.dir.terms[i]?.hash ?? "", readTerms);
        const p = terms?.get(term);
        return p ? new List(this.idf(p.df), readPostings(p, this.dir.sections)) : new List(this.idf(0));
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
      if (after(this.dir.terms[mid]?.first ?? "", term)) high = mid;
      else low = mid + 1;
    }
    return low - 1;
  }

  /**
   * The words that begin with a prefix as one term. A longer word counts less.
   * @param {QueryRun} run
   * @returns {Promise<Joined>}
   */
  async prefixList(run) {
    const prefix = run.chars.join("");
    const start = Math.max(0, this.shardOf(prefix));
    const joined = new Joined(this.dir.sections);
    for (let i = start; i < this.dir.terms.length && i < start + PREFIX_SHARDS; i++) {
      const entry = this.dir.terms[i];
      if (!entry || (i > start && !entry.first.startsWith(prefix))) break;
      for (const [term, p] of await this.shard(entry.hash, readTerms)) {
        if (!term.startsWith(prefix)) continue;
        const n = [...term].length;
        const weight = !run.han && n > run.chars.length ? (0.6 * run.chars.length) / n : 1;
        joined.add(readPostings(p, this.dir.sections), weight);
      }
    }
    joined.finish();
    joined.idf = this.idf(joined.length);
    return joined;
  }

  /**
   * @param {number} section
   * @returns {Promise<Names>}
   */
  namesOf(section) {
    const entry = last(this.dir.names, section);
    return this.shard(entry.hash, (units) => readNames(units, entry.section));
  }

  /**
   * Adds what is shown of a section.
   * @param {Found} found
   * @returns {Promise<Result>}
   */
  async name(found) {
    const { pages } = await this.namesOf(found.section);
    const p = pages.find((page) => found.section < page.first + page.sections.length);
    const s = p?.sections[found.section - p.first];
    if (!p || !s) throw damaged();
    const url = p.url + (s.anchor ? `#${encodeURIComponent(s.anchor)}` : "");
    return { ...found, url, path: p.path, title: p.title, heading: s.heading, anchor: s.anchor };
  }

  /**
   * @param {number} section
   * @returns {Promise<string>}
   */
  async textOf(section) {
    const entry = last((await this.namesOf(section)).texts, section);
    const texts = await this.shard(entry.hash, readTexts);
    const text = texts[section - entry.section];
    if (text === undefined) throw damaged();
    return text;
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
 * @param {{section: number, hash: string}[]} entries
 * @param {number} section
 */
function last(entries, section) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((entries[mid]?.section ?? 0) > section) high = mid;
    else low = mid + 1;
  }
  const entry = entries[low - 1];
  if (!entry) throw damaged();
  return entry;
}

// Ranking, as Go's Reader.Search does it: the same list with the same scores.

import { damaged, expand, hashOf, readNameFiles, readNames, readPairs, readSounds, readTermFiles, readTerms, readTexts } from "./decode.js";
import { learnSimplified } from "./fold.js";
import { Columns, Joined, List, pageOf } from "./postings.js";
import { adjoin, parseQuery, termsOf, widthOf } from "./query.js";
import { alternatives, before, respelled } from "./rescue.js";
import { Scored } from "./score.js";
import { runs } from "./tokenize.js";

/** @typedef {import("./decode.js").Directory} Directory */
/** @typedef {import("./decode.js").Names} Names */
/** @typedef {import("./decode.js").Postings} Postings */
/** @typedef {import("./decode.js").TermFile} TermFile */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {import("./score.js").Own} Own */
/** @typedef {{kind: string, tags: string[], score: number, exact: boolean, section: number, own: Own}} Found a section, not yet named */
/** @typedef {Found & {url: string, path: string, title: string, heading: string, anchor: string, words: string}} Result words: what it holds in place of the query, or nothing */

const PREFIX_SHARDS = 8;

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
    this.places = (/** @type {string} */ key) => this.shard(key, (units) => units);
    this.folds = false;
  }

  /**
   * @template T
   * @param {string} key
   * @param {(units: string) => T} decode
   * @returns {Promise<T>}
   */
  shard(key, decode) {
    let value = this.cache.get(key);
    if (!value) {
      value = this.read(key).then((written) => {
        const content = expand(written);
        if (hashOf(content) !== key) throw damaged();
        return decode(content);
      });
      value.catch(() => this.cache.delete(key));
      this.cache.set(key, value);
    }
    return value;
  }

  /** Syllables by character. */
  sounds() {
    return this.shard(this.dir.sounds, readSounds);
  }

  /**
   * The pairs of the text that sound so.
   * @param {string} sound
   */
  async pairsAlike(sound) {
    const directory = this.dir.pairs[shardOf(this.dir.pairs, sound)];
    if (!directory) return [];
    const files = await this.shard(directory.key, readTermFiles);
    const file = files[shardOf(files, sound)];
    return file ? ((await this.shard(file.key, readPairs)).get(sound) ?? []) : [];
  }

  /** Learns the simplified forms of traditional characters. */
  async fold() {
    if (this.folds) return;
    await this.shard(this.dir.folding, learnSimplified);
    this.folds = true;
  }

  /**
   * The best sections, named.
   * @param {string} text
   * @param {{limit?: number, exact?: boolean}} [options]
   * @returns {Promise<Result[]>}
   */
  async search(text, options = {}) {
    const { found } = await this.find(text, options);
    const limit = options.limit ?? 0;
    return Promise.all((limit > 0 ? found.slice(0, limit) : found).map((f) => this.name(f)));
  }

  /**
   * All sections that answer, best first, without reading a name; and whether one of them holds
   * all that was typed.
   * @param {string} text
   * @param {{exact?: boolean}} [options]
   * @returns {Promise<{found: Found[], whole: boolean}>}
   */
  async find(text, options = {}) {
    if (this.dir.traditional) await this.fold();
    let query = parseQuery(text);
    if (query.runs.length === 0) return { found: [], whole: true };
    let scored = await this.score(query);
    if (!this.folds && scored.unknown) {
      await this.fold();
      const folded = parseQuery(text);
      if (JSON.stringify(folded) !== JSON.stringify(query)) scored = await this.score((query = folded));
    }
    const exactOnly = options.exact === true || query.runs.some((run) => run.exact);
    /** @type {Map<number, Own>} */
    const all = new Map();
    scored.collect(exactOnly, 1, all);
    if (!exactOnly) await this.collectOthers(scored, all);
    return { found: this.ranked(query, all), whole: scored.whole };
  }

  /**
   * Collects what other readings of a query find: the likely ones, and where these find nothing
   * either, the most frequent words of the text that sound like the query.
   * @param {Scored} own
   * @param {Map<number, Own>} all
   */
  async collectOthers(own, all) {
    let whole = own.whole;
    for (const readings of [alternatives, respelled]) {
      for (const a of await readings(this, own)) {
        const scored = await this.score(a.query);
        scored.collect(true, a.weight, all);
        whole = whole || scored.whole;
        if (whole && readings === respelled) return;
      }
      if (whole) return;
    }
  }

  /** @param {Query} query */
  async score(query) {
    const scored = new Scored(this.dir, query, this.places);
    const lists = await Promise.all(query.runs.map((run, i) => this.lists(run, i, scored)));
    await scored.run(lists);
    return scored;
  }

  /**
   * Orders the sections, each page by its best section too.
   * @param {Query} query
   * @param {Map<number, Own>} all
   * @returns {Found[]}
   */
  ranked(query, all) {
    const { kinds, tags } = this.dir;
    const sections = [...all.keys()].sort((a, b) => a - b);
    /** @type {Map<number, number>} */
    const sums = new Map();
    for (const s of sections) {
      const page = pageOf(this.dir, s);
      sums.set(page, (sums.get(page) ?? 0) + (all.get(s)?.score ?? 0));
    }
    /** @type {Found[]} */
    const found = [];
    for (const section of sections) {
      const page = pageOf(this.dir, section);
      const own = all.get(section);
      const kind = kinds[page] ?? "";
      if (!own || !wants(query, kind, tags[page] ?? [])) continue;
      const score = own.score + 0.2 * Math.log1p(((sums.get(page) ?? 0) - own.score) / own.score) * own.score;
      found.push({ kind, tags: tags[page] ?? [], score: Math.round(score * 1e4) / 1e4, exact: own.exact, section, own });
    }
    return found.sort((a, b) => b.score - a.score || a.section - b.section);
  }

  /**
   * The terms of a run.
   * @param {QueryRun} run
   * @param {number} which
   * @param {Scored} scored
   * @returns {Promise<(List | Joined)[]>}
   */
  lists(run, which, scored) {
    const terms = termsOf(run);
    return Promise.all(
      terms.map(async (term, i) => {
        if (run.prefix && i === terms.length - 1) return this.prefixList(run, term, which, scored);
        const p = await this.term(term);
        if (p) return new List(this.idf(p.df), this.columns(p));
        scored.unknown = scored.unknown || run.han;
        return new List(this.idf(0));
      }),
    );
  }

  /**
   * @param {Postings} p
   * @returns {Columns}
   */
  columns(p) {
    p.columns ??= new Columns(p, this.dir);
    return p.columns;
  }

  /** @param {number} df */
  idf(df) {
    return Math.log(1 + (this.dir.sections - df + 0.5) / (df + 0.5));
  }

  /**
   * Term shards in order, from the one that would hold a term on.
   * @param {string} term
   * @returns {AsyncGenerator<TermFile>}
   */
  async *shardsFrom(term) {
    for (let i = Math.max(0, shardOf(this.dir.terms, term)); i < this.dir.terms.length; i++) {
      const files = await this.shard(this.dir.terms[i]?.key ?? "", readTermFiles);
      for (let j = Math.max(0, shardOf(files, term)); j < files.length; j++) {
        const file = files[j];
        if (file) yield file;
      }
    }
  }

  /** @param {string} term */
  async term(term) {
    for await (const file of this.shardsFrom(term)) return (await this.terms(file)).get(term);
    return undefined;
  }

  /** @param {TermFile} file */
  terms(file) {
    return this.shard(file.key, (units) => readTerms(units, file.places));
  }

  /**
   * The terms that begin with a prefix, of so many shards.
   * @param {string} prefix
   * @param {number} most
   */
  async beginning(prefix, most) {
    /** @type {Map<string, Postings>} */
    const found = new Map();
    let n = 0;
    for await (const file of this.shardsFrom(prefix)) {
      if (++n > most || (n > 1 && !file.first.startsWith(prefix))) break;
      for (const [term, p] of await this.terms(file)) if (term.startsWith(prefix)) found.set(term, p);
    }
    return found;
  }

  /**
   * The terms that begin with a prefix as one. A longer word counts less, and is no whole name.
   * @param {QueryRun} run
   * @param {string} prefix
   * @param {number} which
   * @param {Scored} scored
   * @returns {Promise<Joined>}
   */
  async prefixList(run, prefix, which, scored) {
    const found = await this.beginning(prefix, PREFIX_SHARDS);
    const joined = new Joined(this.dir.sections);
    const word = !run.han && !run.sound;
    for (const [term, p] of found) {
      const longer = word && term !== prefix;
      joined.add(this.columns(p), longer ? (0.6 * run.chars.length) / [...term].length : 1, longer ? 1 : 0);
    }
    joined.finish();
    const own = found.get(prefix);
    scored.unknown = scored.unknown || (run.han && found.size === 0);
    joined.idf = this.idf(own && word ? own.df : joined.length);
    scored.words[which] = own !== undefined || (!word && found.size > 0);
    return joined;
  }

  /**
   * @param {number} section
   * @returns {Promise<Names>}
   */
  async namesOf(section) {
    const entry = last(await this.shard(last(this.dir.names, section).hash, readNameFiles), section);
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
    return { ...found, url, path: p.path, title: p.title, heading: s.heading, anchor: s.anchor, words: wordsOf(found, p.title, s.heading) };
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
 * The query as a section has it: a sound as the characters that stand there.
 * @param {Found} found
 * @param {string} title
 * @param {string} heading
 */
function wordsOf({ own: { scored }, section }, title, heading) {
  if (!scored.query.other) return "";
  let text = "";
  scored.query.runs.forEach((run, i) => {
    let word = run.chars.join("");
    if (run.sound) {
      const spots = scored.hits.get(section)?.spots[i];
      if (spots?.[1].length) word = charsAt(heading, (spots[1][0] ?? 0) >> 1, widthOf(run));
      else if (spots?.[0].length) word = charsAt(title, (spots[0][0] ?? 0) >> 1, widthOf(run));
    }
    const last = scored.query.runs[i - 1];
    text += (last && !adjoin(last, run) ? " " : "") + word;
  });
  return text;
}

/**
 * The characters of a name that stand at a position.
 * @param {string} name
 * @param {number} pos
 * @param {number} width
 */
function charsAt(name, pos, width) {
  for (const run of runs(name)) {
    const i = pos - run.pos;
    if (run.han && i >= 0 && i + width <= run.chars.length) return name.slice(run.at[i], run.at[i + width] ?? run.end);
  }
  return "";
}

/**
 * Whether the filters of a query let a page through.
 * @param {Query} query
 * @param {string} kind
 * @param {string[]} tags
 */
function wants(query, kind, tags) {
  if (query.kinds.length > 0 && !query.kinds.includes(kind)) return false;
  return query.tags.every((tag) => tags.includes(tag));
}

/**
 * The last of some files that begin at a term or before it.
 * @param {{first: string}[]} files
 * @param {string} term
 */
function shardOf(files, term) {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (before(term, files[mid]?.first ?? "")) high = mid;
    else low = mid + 1;
  }
  return low - 1;
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

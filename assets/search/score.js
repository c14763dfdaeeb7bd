// Scoring, as Go's Reader.score does it, over arrays with a place for every section: a frequent
// word stands in tens of thousands.

import { pageOf, BODY, HEADING, LINK, LONGER, TITLE } from "./postings.js";
import { widthOf } from "./query.js";

/** @typedef {import("./decode.js").Directory} Directory */
/** @typedef {import("./postings.js").List} List */
/** @typedef {import("./postings.js").Joined} Joined */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {[number[], number[], number[]]} Spots places in title, heading and body */
/** @typedef {{section: number, at: number[], mask: number, linked: boolean, body: number, apart?: boolean}} Candidate a section that holds all terms of a run, and their postings; body: what the run is worth there; apart: its body holds no two of them as the run does */

const K1 = 1.2;
const PHRASE = 1;
const SEQUENCE = 2;

/** What a query earns in every section. */
export class Scored {
  /**
   * @param {Directory} dir
   * @param {Query} query
   * @param {(key: string) => Promise<string>} read
   */
  constructor(dir, query, read) {
    this.dir = dir;
    this.query = query;
    this.read = read;
    const n = dir.sections;
    this.score = new Float64Array(n);
    this.bonus = new Float64Array(n);
    this.covered = new Float64Array(n); // weight of the query's terms that it holds
    this.exact = new Uint16Array(n); // runs that it holds as they stand
    this.total = 0;
    /** @type {number[]} */
    this.weights = [];
    /** @type {boolean[]} */
    this.held = query.runs.map(() => false); // for each run whether some section holds it as it stands
    /** @type {boolean[]} */
    this.words = query.runs.map(() => true); // and whether it is more than the beginning of a word
    /** @type {boolean[]} */
    this.strange = query.runs.map(() => false); // and whether a term of it stands nowhere
    this.whole = false; // some section holds all
    this.plain = false; // and not in links to other pages alone
    this.unknown = false; // some Han characters stand nowhere: they may be traditional
    /** @type {Map<number, {spots: Spots[], title: number, heading: number, linked: boolean, broken: boolean}>} */
    this.hits = new Map();
  }

  /** @param {(List | Joined)[][]} lists of each run */
  async run(lists) {
    const candidates = lists.map((own, i) => this.addRun(own, i));
    await this.load(lists, candidates);
    this.query.runs.forEach((run, i) => this.phrases(run, i, lists[i] ?? [], candidates[i] ?? []));
    for (let section = 0; section < this.exact.length; section++) {
      if (this.exact[section] !== this.query.runs.length) continue;
      const hit = this.hits.get(section);
      if (hit) this.sequences(section, hit);
      this.whole = this.whole || !hit?.broken;
      this.plain = this.plain || !(hit?.broken || hit?.linked);
    }
  }

  /**
   * Adds the weight of the terms of a run, and finds the sections that hold them all.
   * @param {(List | Joined)[]} lists
   * @param {number} which
   */
  addRun(lists, which) {
    let weight = 0;
    const held = new Uint16Array(this.dir.sections);
    for (const l of lists) {
      weight += l.idf;
      this.total += l.length > 0 ? l.idf : l.idf * 0.5;
      if (l.length === 0) this.strange[which] = true;
      for (let i = 0; i < l.length; i++) {
        const section = l.sections[i] ?? 0;
        const impact = l.impacts[i] ?? 0;
        this.score[section] = (this.score[section] ?? 0) + (l.idf * impact * (K1 + 1)) / (K1 + impact);
        this.covered[section] = (this.covered[section] ?? 0) + l.idf;
        held[section] = (held[section] ?? 0) + 1;
      }
    }
    this.weights.push(weight);
    return this.candidates(lists, held);
  }

  /**
   * @param {(List | Joined)[]} lists
   * @param {Uint16Array} held
   * @returns {Candidate[]}
   */
  candidates(lists, held) {
    /** @type {Candidate[]} */
    const found = [];
    const next = lists.map(() => 0);
    const first = lists[0];
    for (let i = 0; i < (first?.length ?? 0); i++) {
      const section = first?.sections[i] ?? 0;
      if (held[section] !== lists.length) continue;
      let mask = TITLE | HEADING | BODY;
      let linked = false;
      let longer = false;
      const at = lists.map((l, k) => {
        let j = next[k] ?? 0;
        while ((l.sections[j] ?? section) < section) j++;
        next[k] = j;
        const own = l.masks[j] ?? 0;
        mask &= own;
        linked = linked || (own & LINK) !== 0;
        longer = (own & LONGER) !== 0;
        return j;
      });
      if (mask) found.push({ section, at, mask, linked, body: longer ? PHRASE * 0.6 : PHRASE });
    }
    return found;
  }

  /**
   * Loads the places in the body that are needed: of runs of several terms, and of all runs where
   * several may stand side by side.
   * @param {(List | Joined)[][]} lists
   * @param {Candidate[][]} candidates
   */
  async load(lists, candidates) {
    const runs = this.query.runs;
    const several = runs.some((run, i) => runs.some((other, j) => i !== j && run.group === other.group));
    const count = new Uint16Array(several ? this.dir.sections : 0);
    if (several) for (const own of candidates) for (const c of own) count[c.section] = (count[c.section] ?? 0) + 1;
    this.places = (/** @type {Candidate} */ c, /** @type {(List | Joined)[]} */ own) =>
      own.length > 1 || (several && count[c.section] === runs.length);
    await Promise.all(
      lists.map((own, i) => this.loadRun(own, (candidates[i] ?? []).filter((c) => c.mask & BODY && this.places?.(c, own)))),
    );
  }

  /**
   * Loads where the terms of one run stand: first of the two rarest ones, then of the others where
   * these two stand as far apart as they do in the run.
   * @param {(List | Joined)[]} lists
   * @param {Candidate[]} candidates
   */
  async loadRun(lists, candidates) {
    const [a, b, ...others] = covering(lists.length).sort((x, y) => (lists[x]?.length ?? 0) - (lists[y]?.length ?? 0));
    const load = (/** @type {number[]} */ terms, /** @type {Candidate[]} */ some) =>
      Promise.all(terms.map((k) => lists[k]?.load(some.map((c) => c.at[k] ?? 0), this.read)));
    if (a === undefined) return;
    if (b === undefined) {
      await load([a], candidates);
      return;
    }
    await load([a, b], candidates);
    const [low, high] = a < b ? [a, b] : [b, a];
    const at = (/** @type {Candidate} */ c, /** @type {number} */ k) => lists[k]?.places(c.at[k] ?? 0) ?? [];
    const left = candidates.filter((c) => {
      c.apart = followed(at(c, low), at(c, high), high - low, 1).length === 0;
      return !c.apart;
    });
    await load(others, left);
  }

  /**
   * Looks for the whole run in the sections that hold all of its terms.
   * @param {QueryRun} run
   * @param {number} which
   * @param {(List | Joined)[]} lists
   * @param {Candidate[]} candidates
   */
  phrases(run, which, lists, candidates) {
    const weight = this.weights[which] ?? 0;
    for (const c of candidates) {
      const names = (c.mask & (TITLE | HEADING)) !== 0;
      if (!names && !this.places?.(c, lists)) {
        this.held[which] = true;
        this.exact[c.section] = (this.exact[c.section] ?? 0) + 1;
        if (!c.linked) this.bonus[c.section] = (this.bonus[c.section] ?? 0) + c.body * weight;
        if (c.linked) this.hit(c.section).linked = true;
        continue;
      }
      this.phrase(run, which, lists, c, weight);
    }
  }

  /** @param {number} section */
  hit(section) {
    let hit = this.hits.get(section);
    if (!hit) this.hits.set(section, (hit = { spots: [], title: 0, heading: 0, linked: false, broken: false }));
    return hit;
  }

  /**
   * @param {QueryRun} run
   * @param {number} which
   * @param {(List | Joined)[]} lists
   * @param {Candidate} c
   * @param {number} weight
   */
  phrase(run, which, lists, c, weight) {
    const title = c.mask & TITLE ? lists.map((l, k) => l.title(c.at[k] ?? 0)) : [];
    const heading = c.mask & HEADING ? lists.map((l, k) => l.heading(c.at[k] ?? 0)) : [];
    /** @type {Spots} */
    const spots = [together(title.map((n) => n.places), 2), together(heading.map((n) => n.places), 2), []];
    if (c.mask & BODY) {
      // A lone term needs no places to be known to stand in the text.
      if (!this.places?.(c, lists)) spots[2] = [0];
      else if (!c.apart) spots[2] = this.standing(lists, c);
    }
    if (spots.every((places) => places.length === 0)) return;
    this.held[which] = true;
    this.exact[c.section] = (this.exact[c.section] ?? 0) + 1;
    const hit = this.hit(c.section);
    hit.spots[which] = spots;
    hit.title = Math.max(hit.title, title[0]?.width ?? 0);
    hit.heading = Math.max(hit.heading, heading[0]?.width ?? 0);
    hit.linked = hit.linked || c.linked;
    this.earn(c.section, hit, spots, widthOf(run), weight, c.body, c.linked);
  }

  /**
   * Where a run stands in the body. Pairs that cover its characters tell that it stands there.
   * @param {(List | Joined)[]} lists
   * @param {Candidate} c
   */
  standing(lists, c) {
    const [first, ...rest] = covering(lists.length).map((k) => ({ k, places: lists[k]?.places(c.at[k] ?? 0) ?? [] }));
    let places = first?.places ?? [];
    for (const { k, places: others } of rest) places = followed(places, others, k, 1);
    return places;
  }

  /**
   * Adds what words that stand at some places are worth.
   * @param {number} section
   * @param {{title: number, heading: number}} hit
   * @param {Spots} spots
   * @param {number} width
   * @param {number} weight
   * @param {number} body what they are worth in the body
   * @param {boolean} linked
   */
  earn(section, hit, spots, width, weight, body, linked) {
    let bonus = this.bonus[section] ?? 0;
    if (spots[2].length && !linked) bonus += body * weight;
    if (spots[0].length) {
      const own = this.dir.starts[pageOf(this.dir, section)] === section;
      bonus += own ? nameBonus(spots[0], width, hit.title, weight, 2, 3, 1) : 0.5 * weight;
    }
    if (spots[1].length) bonus += nameBonus(spots[1], width, hit.heading, weight, 2, 1.5, 0.7);
    this.bonus[section] = bonus;
  }

  /**
   * Adds what a section that holds every run earns by holding neighbours side by side.
   * @param {number} section
   * @param {{spots: Spots[], title: number, heading: number, linked: boolean, broken: boolean}} hit
   */
  sequences(section, hit) {
    const runs = this.query.runs;
    for (let first = 0; first < runs.length; ) {
      let end = first + 1;
      while (end < runs.length && runs[end]?.group === runs[first]?.group) end++;
      if (end > first + 1) this.sequence(section, hit, first, end);
      first = end;
    }
  }

  /**
   * @param {number} section
   * @param {{spots: Spots[], title: number, heading: number, linked: boolean, broken: boolean}} hit
   * @param {number} first
   * @param {number} end
   */
  sequence(section, hit, first, end) {
    const runs = this.query.runs.slice(first, end);
    let weight = 0;
    for (const w of this.weights.slice(first, end)) weight += w;
    const start = runs[0];
    const last = runs[runs.length - 1];
    if (!start || !last) return;
    const starts = /** @type {Spots} */ (
      [2, 2, 1].map((step, f) => {
        let places = hit.spots[first]?.[f] ?? [];
        for (let i = 1; i < runs.length; i++) {
          places = followed(places, hit.spots[first + i]?.[f] ?? [], ((runs[i]?.pos ?? 0) - start.pos) * step, step);
        }
        return places;
      })
    );
    this.earn(section, hit, starts, last.pos - start.pos + widthOf(last), weight, SEQUENCE, hit.linked);
    hit.broken = hit.broken || (start.exact && starts.every((places) => places.length === 0));
  }

  /**
   * Adds the sections that answer to those found before; of two scores the better one counts.
   * @param {boolean} wholeOnly
   * @param {number} weight
   * @param {Map<number, Own>} all
   */
  collect(wholeOnly, weight, all) {
    const runs = this.query.runs.length;
    for (let section = 0; section < this.covered.length; section++) {
      const covered = this.covered[section] ?? 0;
      if (covered === 0) continue;
      const whole = this.exact[section] === runs && !this.hits.get(section)?.broken;
      if (!whole && (wholeOnly || covered < (this.plain ? 0.6 : 0.3) * this.total)) continue;
      const score = ((this.score[section] ?? 0) + (this.bonus[section] ?? 0)) * weight;
      const old = all.get(section);
      if (old && score <= old.score) continue;
      all.set(section, { scored: this, score, exact: (whole && !this.query.other) || (old?.exact ?? false) });
    }
  }
}

/** @typedef {{scored: Scored, score: number, exact: boolean}} Own what a section earns by itself, and by which reading of the query */

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
  if (places.every((place) => place & 1)) weight *= 0.7;
  let bonus = inName * weight * (0.5 + (0.5 * width) / Math.max(width, name));
  if ((places[0] ?? 0) >> 1 === 0) bonus += 0.4 * border * weight;
  if (places.includes((name - width) * 2)) bonus += 0.6 * border * weight;
  if (places[0] === 0 && name === width) bonus += equal * weight;
  return bonus;
}

/**
 * The pairs of characters of a run, or of syllables, that cover all of it.
 * @param {number} n
 */
function covering(n) {
  /** @type {number[]} */
  const terms = [];
  for (let i = 0; i < n; i += 2) terms.push(i);
  if (n % 2 === 0 && n > 0) terms.push(n - 1);
  return terms;
}

/**
 * The places where all lists follow one another.
 * @param {number[][]} lists
 * @param {number} step
 */
function together(lists, step) {
  let places = lists[0] ?? [];
  for (let i = 1; i < lists.length && places.length > 0; i++) places = followed(places, lists[i] ?? [], i * step, step);
  return places;
}

/**
 * Keeps of some places those that others follow at a distance. Where step is 2 places are doubled,
 * and what is a part on either side is a part.
 * @param {number[]} places
 * @param {number[]} others
 * @param {number} distance
 * @param {number} step
 */
function followed(places, others, distance, step) {
  /** @type {number[]} */
  const kept = [];
  let j = 0;
  for (const pos of places) {
    const want = Math.floor((pos + distance) / step);
    while (j < others.length && Math.floor((others[j] ?? 0) / step) < want) j++;
    if (j < others.length && Math.floor((others[j] ?? 0) / step) === want) kept.push(pos | ((others[j] ?? 0) % step));
  }
  return kept;
}

// The engine of the rules, as internal/check has it: patterns tried where their first character
// stands, word lists through one automaton, algorithms. Pure: knows no page.

import { quoted, read, slice, unitOf } from "./draft.js";
import { local } from "./local.js";
import { whole } from "./whole.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./draft.js").Block} Block */
/** @typedef {import("./draft.js").Options} Options */
/** @typedef {import("./draft.js").Tables} Tables */
/** @typedef {{re: string, prev?: string, next?: string, to?: string, start?: boolean, first: string}} PatternData */
/**
 * @typedef {object} RuleData
 * @property {string} id
 * @property {string} group
 * @property {string} severity
 * @property {string} [scope]
 * @property {string[]} [except]
 * @property {{to?: string, from?: string, into?: string, safe?: boolean}} [fix]
 * @property {PatternData[]} [patterns]
 * @property {string[]} [words]
 */
/** Group and severity of a rule are places in the lists beside the rules. */
/** @typedef {{groups: string[], severities: string[], quoted: string[], rules: (Omit<RuleData, "group" | "severity"> & {group: number, severity: number})[], tables: any}} Data */
/**
 * @typedef {object} Finding
 * @property {string} rule
 * @property {string} severity
 * @property {number} para
 * @property {number} start
 * @property {number} end
 * @property {string} fix
 * @property {boolean} hasFix
 * @property {boolean} safe
 * @property {string} note
 */
/** @typedef {{fix?: string, safe?: boolean, note?: string}} Suggestion */
/** @typedef {{kinds: string[] | null, genres: string[] | null, directions: string[] | null}} Scope */
/**
 * @typedef {object} Matcher
 * @property {RuleData} rule
 * @property {PatternData} data
 * @property {Scope} scope
 * @property {RegExp} re
 * @property {RegExp | null} prev
 * @property {RegExp | null} next
 */

/** Words found in one pass (Aho and Corasick). */
class Automaton {
  /** @param {{text: string[], rule?: RuleData, fix?: string, hasFix?: boolean, except?: boolean}[]} words */
  constructor(words) {
    this.words = words;
    /** @type {Map<string, number>[]} */
    this.next = [new Map()];
    this.fail = [0];
    /** @type {number[][]} */
    this.out = [[]];
    words.forEach((w, n) => {
      let state = 0;
      for (const c of w.text) {
        let to = this.next[state].get(c);
        if (to === undefined) {
          to = this.next.length;
          this.next[state].set(c, to);
          this.next.push(new Map());
          this.fail.push(0);
          this.out.push([]);
        }
        state = to;
      }
      this.out[state].push(n);
    });
    const queue = [...this.next[0].values()].sort((a, b) => a - b);
    for (let k = 0; k < queue.length; k++) {
      const state = queue[k];
      for (const [c, to] of this.next[state]) {
        let f = this.fail[state];
        while (f !== 0 && !this.next[f].has(c)) f = this.fail[f];
        const there = this.next[f].get(c);
        this.fail[to] = there !== undefined && there !== to ? there : 0;
        queue.push(to);
      }
      this.out[state] = this.out[state].concat(this.out[this.fail[state]]);
    }
  }

  /**
   * @param {string[]} text
   * @returns {{word: number, start: number, end: number}[]}
   */
  find(text) {
    /** @type {{word: number, start: number, end: number}[]} */
    const hits = [];
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      while (state !== 0 && !this.next[state].has(c)) state = this.fail[state];
      state = this.next[state].get(c) ?? 0;
      for (const w of this.out[state]) hits.push({ word: w, start: i + 1 - this.words[w].text.length, end: i + 1 });
    }
    return hits;
  }
}

/**
 * @param {string} text
 * @returns {Scope}
 */
function parseScope(text) {
  /** @type {Scope} */
  const s = { kinds: null, genres: null, directions: null };
  if (text === "") return s; // any
  for (const part of text.split("+")) {
    if (part.startsWith("genre:")) s.genres = part.slice(6).split("|");
    else if (part.startsWith("direction:")) s.directions = part.slice(10).split("|");
    else s.kinds = part.split("|");
  }
  return s;
}

/** @param {Scope} s @param {Para} p @param {Draft} d */
const holds = (s, p, d) =>
  (!s.kinds || s.kinds.includes(p.kind)) && (!s.genres || s.genres.includes(d.genre)) && (!s.directions || s.directions.includes(d.direction));

/** @param {string} template @param {string[]} groups */
const expand = (template, groups) => template.replace(/\$([0-9])/g, (_, n) => groups[Number(n)] ?? "");

/** @param {string} s @param {string} from @param {string} into */
function transliterate(s, from, into) {
  const old = Array.from(from);
  const fresh = Array.from(into);
  let out = "";
  for (const c of s) {
    const i = old.indexOf(c);
    out += i < 0 ? c : fresh.length > 0 ? fresh[i] : "";
  }
  return out;
}

const longestWord = 16;

/** What collects findings. */
export class Report {
  /** @param {Engine} engine @param {Draft} draft */
  constructor(engine, draft) {
    this.engine = engine;
    this.draft = draft;
    /** @type {Finding[]} */
    this.found = [];
  }

  /**
   * @param {string} id
   * @param {Para} p
   * @param {number} start
   * @param {number} end
   * @param {Suggestion} [s]
   */
  add(id, p, start, end, s = {}) {
    const rule = this.engine.byID.get(id);
    if (!rule || this.draft.options.off?.[id] || !holds(this.engine.scopeOf(id), p, this.draft)) return;
    if (rule.except && excepted(rule.except, p, start, end)) return;
    let severity = rule.severity;
    let safe = !!s.safe && s.fix !== undefined;
    if (this.engine.quotedGroups.includes(rule.group) && quoted(p, start, end)) {
      if (severity === "info") return;
      severity = severity === "error" ? "warning" : "info";
      safe = false;
    }
    this.found.push({ rule: id, severity, para: p.index, start, end, fix: s.fix ?? "", hasFix: s.fix !== undefined, safe, note: s.note ?? "" });
  }
}

/** @param {string[]} phrases @param {Para} p @param {number} start @param {number} end */
function excepted(phrases, p, start, end) {
  const near = slice(p, Math.max(0, start - 16), Math.min(p.chars.length, end + 16));
  return phrases.some((phrase) => near.includes(phrase));
}

/** @param {Finding} a @param {Finding} b */
const byPlace = (a, b) => a.para - b.para || a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);

export class Engine {
  /** @param {Data} data */
  constructor(data) {
    /** @type {RuleData[]} */
    this.rules = data.rules.map((r) => ({ ...r, group: data.groups[r.group], severity: data.severities[r.severity] }));
    this.quotedGroups = data.quoted;
    /** @type {Map<string, RuleData>} */
    this.byID = new Map(this.rules.map((r) => [r.id, r]));
    /** @type {Map<string, Scope>} */
    this.scopes = new Map(this.rules.map((r) => [r.id, parseScope(r.scope ?? "")]));
    /** @type {Matcher[]} */
    this.matchers = [];
    /** @type {number[]} */
    this.starts = [];
    /** @type {{n: number, ranges: string[]}[]} */
    this.wide = [];
    /** @type {Map<string, number[]>} */
    this.byFirst = new Map();
    /** @type {{text: string[], rule: RuleData, fix?: string, hasFix?: boolean, except?: boolean}[]} */
    const words = [];
    for (const rule of this.rules) {
      for (const p of rule.patterns ?? []) this.addPattern(rule, p);
      for (const entry of rule.words ?? []) {
        const [body, except = ""] = entry.split("!");
        const [wrong, right] = body.split("→");
        words.push({ rule, text: Array.from(wrong), fix: right, hasFix: right !== undefined });
        for (const phrase of except.split(",")) if (phrase) words.push({ rule, text: Array.from(phrase), except: true });
      }
    }
    this.words = new Automaton(words);
    this.tables = readTables(data.tables);
    this.markers = new Automaton(this.tables.markers.map((/** @type {string} */ m) => ({ text: Array.from(m) })));
    /** @type {Map<string, Finding[]>} */
    this.kept = new Map();
    /** @type {Map<string, import("./draft.js").Facts>} */
    this.facts = new Map();
  }

  /** @param {string} id */
  scopeOf(id) {
    return this.scopes.get(id) ?? { kinds: null, genres: null, directions: null };
  }

  /** @param {RuleData} rule @param {PatternData} data */
  addPattern(rule, data) {
    const n = this.matchers.length;
    this.matchers.push({
      rule,
      data,
      scope: this.scopeOf(rule.id),
      re: new RegExp(data.re, "uy"),
      prev: data.prev ? new RegExp("^(?:" + data.prev + ")$", "u") : null,
      next: data.next ? new RegExp("(?:" + data.next + ")", "uy") : null,
    });
    const ranges = Array.from(data.first);
    if (data.start) {
      this.starts.push(n);
      return;
    }
    let many = 0;
    for (let i = 0; i < ranges.length; i += 2) many += point(ranges[i + 1]) - point(ranges[i]) + 1;
    if (many > 300) {
      this.wide.push({ n, ranges });
      return;
    }
    for (let i = 0; i < ranges.length; i += 2) {
      for (let c = point(ranges[i]); c <= point(ranges[i + 1]); c++) {
        const key = String.fromCodePoint(c);
        const list = this.byFirst.get(key);
        if (!list) this.byFirst.set(key, [n]);
        else if (list[list.length - 1] !== n) list.push(n);
      }
    }
  }

  /**
   * Reads a draft and returns what is found, by place.
   * @param {Block[]} blocks
   * @param {Options} [options]
   * @returns {Finding[]}
   */
  check(blocks, options = {}) {
    const job = this.start(blocks, options);
    while (!job.step(() => false)) {
      // Nothing holds it up.
    }
    return job.findings;
  }

  /**
   * Begins a check that can be done piece by piece. What was found in a paragraph before is kept.
   * @param {Block[]} blocks
   * @param {Options} options
   */
  start(blocks, options) {
    /** @type {Map<string, import("./draft.js").Facts>} */
    const facts = new Map();
    const job = new Job(this, read(this.tables, blocks, options, this.facts, facts));
    this.facts = facts;
    return job;
  }

  /**
   * What one paragraph alone gives.
   * @param {Draft} d
   * @param {Para} p
   */
  paragraph(d, p) {
    const r = new Report(this, d);
    this.scan(p, r);
    this.scanWords(p, r);
    for (const f of local) f(d, p, r);
    return r.found;
  }

  /** @param {Para} p @param {Report} r */
  scan(p, r) {
    /** @type {Map<number, number>} */
    const ends = new Map();
    /** @param {number} n @param {number} i */
    const attempt = (n, i) => {
      const m = this.matchers[n];
      if (i < (ends.get(n) ?? 0) || !holds(m.scope, p, r.draft)) return;
      if (m.prev && !m.prev.test(i > 0 ? p.chars[i - 1] : "")) return;
      m.re.lastIndex = unitOf(p, i);
      const found = m.re.exec(p.text);
      if (!found || found[0] === "") return;
      if (m.next) {
        m.next.lastIndex = m.re.lastIndex;
        if (!m.next.test(p.text)) return;
      }
      let end = i;
      for (let unit = 0; unit < found[0].length; end++) unit += p.chars[end].length;
      ends.set(n, end);
      /** @type {Suggestion} */
      const s = {};
      const fix = m.rule.fix;
      if (fix) {
        const groups = Array.from(found, (g) => g ?? "");
        if (m.data.to) s.fix = expand(m.data.to, groups);
        else if (fix.to !== undefined) s.fix = expand(fix.to, groups);
        else if (fix.from) s.fix = transliterate(groups[0], fix.from, fix.into ?? "");
        s.safe = !!fix.safe;
      }
      r.add(m.rule.id, p, i, end, s);
    };
    if (p.begin < p.chars.length) {
      for (const n of this.starts) if (inRanges(this.matchers[n].data.first, p.chars[p.begin])) attempt(n, p.begin);
    }
    for (let i = 0; i < p.chars.length; i++) {
      const c = p.chars[i];
      const list = this.byFirst.get(c);
      if (list) for (const n of list) attempt(n, i);
      const code = c.charCodeAt(0);
      if ((code >= 0x2e80 && (code < 0x3000 || code >= 0xa000)) || (code < 0x2e80 && code > 0x7f)) {
        for (const w of this.wide) if (inRanges(this.matchers[w.n].data.first, c)) attempt(w.n, i);
      }
    }
  }

  /** @param {Para} p @param {Report} r */
  scanWords(p, r) {
    const hits = this.words.find(p.chars);
    const kept = hits.filter((h, i) => {
      const w = this.words.words[h.word];
      return !w.except && w.rule && holds(this.scopeOf(w.rule.id), p, r.draft) && !this.spared(hits, i);
    });
    kept.sort((a, b) => a.start - b.start || b.end - a.end || a.word - b.word);
    let last = 0;
    for (const h of kept) {
      if (h.start < last) continue;
      last = h.end;
      const w = this.words.words[h.word];
      if (w.rule) r.add(w.rule.id, p, h.start, h.end, w.hasFix ? { fix: w.fix, safe: !!w.rule.fix?.safe } : {});
    }
  }

  /**
   * Whether a hit lies inside an exception of its rule.
   * @param {{word: number, start: number, end: number}[]} hits
   * @param {number} i
   */
  spared(hits, i) {
    const h = hits[i];
    const rule = this.words.words[h.word].rule;
    /** @param {{word: number, start: number, end: number}} e */
    const covers = (e) => {
      const w = this.words.words[e.word];
      return w.except && w.rule === rule && e.start <= h.start && h.end <= e.end;
    };
    for (let j = i; j >= 0 && hits[j].end === h.end; j--) if (covers(hits[j])) return true;
    for (let j = i + 1; j < hits.length && hits[j].end <= h.end + longestWord; j++) if (covers(hits[j])) return true;
    return false;
  }
}

/** @param {string} c */
const point = (c) => c.codePointAt(0) ?? 0;

/** @param {string} first @param {string} c */
function inRanges(first, c) {
  const ranges = Array.from(first);
  const code = point(c);
  for (let i = 0; i < ranges.length; i += 2) if (point(ranges[i]) <= code && code <= point(ranges[i + 1])) return true;
  return false;
}

/**
 * @param {any} tables
 * @returns {Tables}
 */
function readTables(tables) {
  /** @type {Record<string, import("./draft.js").TablePattern>} */
  const patterns = {};
  let n = 0;
  for (const [name, p] of Object.entries(tables.patterns)) {
    patterns[name] = { n: n++, need: p.need, re: new RegExp(p.re, "gu"), whole: new RegExp(p.re, "u") };
  }
  return { ...tables, patterns };
}

/** A check under way. */
class Job {
  /** @param {Engine} engine @param {Draft} draft */
  constructor(engine, draft) {
    this.engine = engine;
    this.draft = draft;
    this.at = 0;
    /** @type {Finding[]} */
    this.findings = [];
    /** @type {Map<string, Finding[]>} */
    this.kept = new Map();
    this.context = JSON.stringify([draft.genre, draft.direction, draft.options.off ?? {}, draft.options.house ?? {}]);
  }

  /**
   * Checks paragraphs until stop says so, and reports whether everything is done.
   * @param {() => boolean} stop
   */
  step(stop) {
    const { paras } = this.draft;
    while (this.at < paras.length) {
      const p = paras[this.at++];
      if (p.kind !== "blank") this.take(p);
      if (this.at < paras.length && stop()) return false;
    }
    const r = new Report(this.engine, this.draft);
    for (const f of whole) f(this.draft, r);
    this.engine.kept = this.kept;
    const all = this.findings.concat(r.found).sort(byPlace);
    this.findings = all.filter((f, i) => i === 0 || byPlace(f, all[i - 1]) !== 0);
    return true;
  }

  /** @param {Para} p */
  take(p) {
    const key = p.kind + "|" + p.level + "|" + (p.flows ? 1 : 0) + "|" + this.context + "|" + p.text;
    const found = this.kept.get(key) ?? this.engine.kept.get(key) ?? this.engine.paragraph(this.draft, p);
    this.kept.set(key, found);
    for (const f of found) this.findings.push(f.para === p.index ? f : { ...f, para: p.index });
  }
}

// Queries by rule, with a fixed seed: what is asked, and the pages that answer it.

import * as OpenCC from "opencc-js";
import { pinyin } from "pinyin-pro";

/**
 * @typedef {object} Query
 * @property {string} kind
 * @property {string} q
 * @property {Set<string>} to paths of the pages that answer it
 * @property {string} [heading] of the section that answers it
 * @property {string} [from] the text of a link that it is another spelling of
 */

const HAN = /[\u4e00-\u9fff]/;
const HAN_RUN = /[\u4e00-\u9fff]+/g;

/** A generator of fractions that gives the same ones on every machine (mulberry32). */
export function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Text as it is looked through: lower case, without spaces between Latin and Han. */
export const plain = (text) =>
  text.normalize("NFKC").toLowerCase().replace(/[ \t]+/g, " ").replace(/(?<=[\u4e00-\u9fff]) (?=[a-z0-9])|(?<=[a-z0-9]) (?=[\u4e00-\u9fff])/g, "");

/** Names as they are compared: without spaces and punctuation too. */
export const bare = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const hanCount = (text) => (text.match(/[\u4e00-\u9fff]/g) ?? []).length;

/**
 * @param {import("./site.js").Page[]} pages
 * @param {number} most queries of each kind
 * @param {number} seed
 * @returns {Query[]}
 */
export function queries(pages, most, seed = 20260101) {
  const random = generator(seed);
  const site = new Site(pages);
  const few = (list) => shuffle(list, random).slice(0, most);
  const links = linkQueries(site);
  const titles = site.titles.filter((t) => hanCount(t) >= 2);
  const runsOfTitles = [...new Set(titles.flatMap((t) => t.match(HAN_RUN) ?? []).filter((run) => run.length >= 3))];
  return [
    ...few(links.filter((l) => l.kind === "link = title")),
    ...few(links.filter((l) => l.kind === "link ≠ title")),
    ...few(questions(site, random)),
    ...substrings(site, random, most),
    ...few(homophones(site, titles, random)),
    ...few(runsOfTitles.map((run) => named(site, "pinyin", syllables(run).join(""), run))),
    ...few(runsOfTitles.map((run) => named(site, "initials", syllables(run).map((s) => s[0]).join(""), run))),
    ...evenly(["link = title", "link ≠ title"].map((kind) => few(traditional(links.filter((l) => l.kind === kind)))), most),
    ...mixed(site, random, most),
    ...few(prefixes(site, random)),
  ];
}

/**
 * As many of each list, together no more than most. A spelling is to be measured, not how hard its
 * words are: titles and other texts count alike, however many of each the script changes.
 */
function evenly(lists, most) {
  const each = Math.min(most / lists.length, ...lists.map((list) => list.length));
  return lists.flatMap((list) => list.slice(0, each));
}

class Site {
  constructor(pages) {
    this.pages = pages;
    this.byPath = new Map(pages.map((p) => [p.path, p]));
    this.titles = [...new Set(pages.map((p) => p.title))];
    this.plain = new Map(pages.map((p) => [p.path, plain(`${p.title}\n${p.text}`)]));
  }

  /** Paths of the pages that hold a text. */
  holding(text) {
    const wanted = plain(text.trim());
    return new Set([...this.plain].filter(([, all]) => all.includes(wanted)).map(([path]) => path));
  }

  titled(test) {
    return new Set(this.pages.filter((p) => test(p.title)).map((p) => p.path));
  }
}

export function shuffle(list, random) {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/** Marks of quotation that a sentence puts around a link: a reader who types them asks for nothing but the exact words. */
const QUOTED = /^[“「『"](.*)[”」』"]$/;

/** Texts of links between pages: a text leads to every page that is linked by it. */
function linkQueries(site) {
  const found = new Map();
  for (const page of site.pages) {
    for (const { text: written, to } of page.links) {
      const text = QUOTED.exec(written)?.[1] ?? written;
      const target = site.byPath.get(to);
      if (!target || target === page || bare(text).length < 2 || text.length > 40 || /^[^\u4e00-\u9fff]*[/.][^\u4e00-\u9fff]*$/.test(text)) continue;
      if (!found.has(text)) found.set(text, new Set());
      found.get(text).add(to);
    }
  }
  return [...found].map(([q, to]) => ({
    kind: [...to].some((path) => bare(site.byPath.get(path).title) === bare(q)) ? "link = title" : "link ≠ title", q, to,
  }));
}

const ASKED = [(h) => `如何${h}`, (h) => `怎么${h}`, (h) => `${h}是什么`, (h) => `什么是${h}？`, (h) => `请问${h}怎么办`];

/** Headings that stand once in the site, as questions. */
function questions(site, random) {
  const seen = new Map();
  for (const page of site.pages) for (const h of page.headings) seen.set(bare(h.text), (seen.get(bare(h.text)) ?? 0) + 1);
  return site.pages.flatMap((page) =>
    page.headings
      .filter((h) => hanCount(h.text) >= 3 && seen.get(bare(h.text)) === 1 && !/如何|怎|什么|吗|哪/.test(h.text) && h.text.length <= 30)
      .map((h) => ({ kind: "question", q: ASKED[Math.floor(random() * ASKED.length)](h.text), to: new Set([page.path]), heading: h.text })),
  );
}

function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

/** Han characters out of the text, 2 to 12. */
function substrings(site, random, most) {
  const out = [];
  while (out.length < most) {
    const run = pick(pick(site.pages, random).blocks.flatMap((b) => b.match(HAN_RUN) ?? []).filter((r) => r.length >= 2), random);
    if (!run) continue;
    const n = Math.min(run.length, 2 + Math.floor(random() * 11));
    const start = Math.floor(random() * (run.length - n + 1));
    const q = run.slice(start, start + n);
    out.push({ kind: "substring", q, to: site.holding(q) });
  }
  return out;
}

const syllables = (text) => pinyin(text, { toneType: "none", type: "array", v: true });

/** The characters of GB 2312's first level by reading: what an input method offers first. */
const byReading = (() => {
  const decoder = new TextDecoder("gb2312");
  const map = new Map();
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const c = decoder.decode(Uint8Array.of(row, cell));
      if (!HAN.test(c)) continue;
      const [s] = syllables(c);
      map.set(s, [...(map.get(s) ?? []), c]);
    }
  }
  return map;
})();

/** Titles with one character replaced by another of the same sound, so that no page holds it. */
function homophones(site, titles, random) {
  const out = [];
  for (const title of titles) {
    for (let tries = 0; tries < 5; tries++) {
      const chars = [...title];
      const sounds = pinyin(title, { toneType: "none", type: "all", v: true });
      const i = pick(chars.map((c, j) => (HAN.test(c) ? j : -1)).filter((j) => j >= 0), random);
      const sound = sounds[i]?.pinyin;
      const others = (byReading.get(sound) ?? []).filter((c) => c !== chars[i]);
      if (others.length === 0) continue;
      chars[i] = pick(others, random);
      const q = chars.join("");
      if (site.holding(q).size > 0) continue;
      out.push({ kind: "homophone", q, to: site.titled((t) => t === title) });
      break;
    }
  }
  return out;
}

/** A query for the pages whose title holds a run of Han. */
const named = (site, kind, q, run) => ({ kind, q, to: site.titled((t) => t.includes(run)) });

/** Texts of links in the characters of Taiwan, where that changes them. */
function traditional(links) {
  const convert = OpenCC.Converter({ from: "cn", to: "tw" });
  return links.map(({ q, to }) => ({ kind: "traditional", q: convert(q), to, from: q })).filter(({ q, from }) => q !== from);
}

/** Stretches of text across a border of Latin and Han; nobody begins in the middle of a word. */
function mixed(site, random, most) {
  const out = [];
  while (out.length < most) {
    const found = [...pick(site.pages, random).blocks.join("\n").matchAll(/([\u4e00-\u9fff]{0,3})( ?)(?<![A-Za-z0-9_])([A-Za-z]{2,16})( ?)([\u4e00-\u9fff]{1,4})/g)];
    const m = pick(found, random);
    if (!m) continue;
    const to = site.holding(m[0]);
    if (to.size > 0) out.push({ kind: "mixed", q: random() < 0.5 ? m[0] : m[0].replaceAll(" ", ""), to });
  }
  return out;
}

/** Beginnings of the Latin words of titles. */
function prefixes(site, random) {
  const words = [...new Set(site.titles.flatMap((t) => t.match(/(?<![\p{L}\p{N}_])[A-Za-z]{5,}(?![\p{L}\p{N}_])/gu) ?? []))];
  return words.map((word) => {
    const q = word.slice(0, Math.max(4, word.length - 1 - Math.floor(random() * 3))).toLowerCase();
    return { kind: "prefix", q, to: site.titled((t) => t.toLowerCase().split(/[^\p{L}\p{N}]+/u).some((w) => w.startsWith(q))) };
  });
}

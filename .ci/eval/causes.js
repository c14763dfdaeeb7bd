// Why a query is missed, by rule: what the pages that answer it have to do with its words, and
// what stands above them. Each query has one cause.

import { bare, plain } from "./queries.js";

/** @typedef {import("./queries.js").Query} Query */
/** @typedef {import("./site.js").Page} Page */

/** The words of a text, and its pairs of Han characters. */
export function pieces(text) {
  const own = plain(text);
  const han = (own.match(/[\u4e00-\u9fff]+/g) ?? []).flatMap((run) => (run.length === 1 ? [run] : [...run.slice(1)].map((_, i) => run.slice(i, i + 2))));
  return [...(own.match(/[a-z0-9]+/g) ?? []), ...han];
}

const holds = (page, q) => plain(`${page.title}\n${page.text}`).includes(plain(q));

/** The greatest part of a query's words that the names of a page hold. */
function named(pages, q) {
  const asked = new Set(pieces(q));
  return Math.max(...pages.map((p) => {
    const names = new Set(pieces([p.title, ...p.headings.map((h) => h.text)].join("\n")));
    return [...asked].filter((piece) => names.has(piece)).length / Math.max(1, asked.size);
  }));
}

/**
 * @param {Query} query
 * @param {{page: string, heading: string} | undefined} top the first result
 * @param {Page[]} pages
 */
export function cause(query, top, pages) {
  const q = query.from ?? query.q;
  const targets = pages.filter((p) => query.to.has(p.path));
  const first = pages.find((p) => p.path === top?.page);
  const above = first && [first.title, top?.heading ?? ""].some((name) => bare(name).includes(bare(q)));
  if (targets.some((p) => holds(p, q))) return above ? "the answer holds the words in its text, the page above in a name" : "the answer holds the words, others too";
  if (above) return "the answer does not hold the words, the page above has them in a name";
  if (named(targets, q) === 0) return "the names of the answer hold none of the words";
  if (pages.some((p) => !query.to.has(p.path) && p.links.every((l) => l.text !== q) && holds(p, q))) return "the answer does not hold the words, texts of others do";
  return named(targets, q) < 0.5 ? "no page holds the words together; the names of the answer hold less than half of them" : "no page holds the words together; the names of the answer hold half of them or more";
}

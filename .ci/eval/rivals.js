// The same queries asked of two others, by which one sees how hard they are: Pagefind over the same
// built site, and pairs of characters and words under BM25, a page at a time.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { pieces } from "./causes.js";

/** @typedef {import("./queries.js").Query} Query */

const K1 = 1.2;
const B = 0.75;

/**
 * @param {import("./site.js").Page[]} pages
 * @returns {(q: string) => string[]} paths of the best ten pages
 */
export function bm25(pages) {
  /** @type {Map<string, [number, number][]>} */
  const postings = new Map();
  const lengths = pages.map((page, i) => {
    const all = pieces(`${page.title}\n${page.text}`);
    const counts = new Map();
    for (const piece of all) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    for (const [piece, n] of counts) {
      if (!postings.has(piece)) postings.set(piece, []);
      postings.get(piece)?.push([i, n]);
    }
    return all.length;
  });
  const average = lengths.reduce((a, b) => a + b, 0) / lengths.length;
  return (q) => {
    const scores = new Map();
    for (const piece of new Set(pieces(q))) {
      const list = postings.get(piece) ?? [];
      const idf = Math.log(1 + (pages.length - list.length + 0.5) / (list.length + 0.5));
      for (const [i, n] of list) scores.set(i, (scores.get(i) ?? 0) + (idf * n * (K1 + 1)) / (n + K1 * (1 - B + (B * (lengths[i] ?? 0)) / average)));
    }
    return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 10).map(([i]) => pages[i]?.path ?? "");
  };
}

/**
 * @param {import("playwright-core").Page} tab
 * @param {string} out folder of the site
 * @param {string} base its address
 * @param {Query[]} all
 * @returns {Promise<string[][]>} paths of the best ten pages for each query
 */
export async function pagefind(tab, out, base, all) {
  const binary = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "@pagefind", "linux-x64", "bin", "pagefind_extended");
  execFileSync(binary, ["--site", out, "--root-selector", "main", "--force-language", "zh"], { stdio: "ignore" });
  writeFileSync(join(out, "pagefind.html"), "<!doctype html><meta charset=utf-8><title>pagefind</title>");
  await tab.goto(`${base}pagefind.html`);
  await tab.evaluate(async () => (window.pagefind = await import("./pagefind/pagefind.js")));
  const answers = [];
  for (const { q } of all) {
    const urls = await tab.evaluate(async (text) => {
      const { results } = await window.pagefind.search(text);
      return (await Promise.all(results.slice(0, 10).map((r) => r.data()))).map((d) => d.url);
    }, q);
    answers.push(urls.map((url) => decodeURIComponent(url.replace(/^\//, ""))));
  }
  return answers;
}

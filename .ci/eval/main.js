// make eval: how well the site's own search finds, over corpora that nobody here wrote, through
// the published site in a browser, by http and from disk. Prints one table with the goals.
//
// What links call a page is indexed with it. Who is asked with the text of a link would find that
// very link, so the links whose texts are asked lead elsewhere in the site that is asked; what
// they add where they stand is printed below the table.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

import { cause } from "./causes.js";
import { bare, queries } from "./queries.js";
import { bm25, pagefind } from "./rivals.js";
import { AWAY, lay, lead, program, readPages, serve } from "./site.js";

const { values: options } = parseArgs({
  options: {
    corpora: { type: "string" },
    most: { type: "string", default: "300" },
    only: { type: "string" }, // one kind
    misses: { type: "string" }, // a file for the queries that are missed, a line each
    report: { type: "string" }, // a file for the table and the misses by their cause
    rivals: { type: "boolean", default: false }, // asks others too
  },
});
if (!options.corpora) throw new Error("--corpora FOLDER is missing: folders of Markdown, side by side");

/** Each kind with what it is held to. */
const GOALS = {
  "link = title": [["success", 0.97]],
  "link ≠ title": [["mrr", 0.7]],
  question: [["mrr", 0.97], ["section", 0.93], ["found", 1]],
  substring: [["recall", 1], ["precision", 0.95], ["found", 1]],
  homophone: [["mrr", 0.97]],
  pinyin: [["mrr", 0.95]],
  initials: [["mrr", 0.92]],
  traditional: [["mrr", 0.85]],
  mixed: [["mrr", 0.97], ["found", 1]],
  prefix: [["mrr", 0.95]],
};

/** The answer to one query as figures. */
function judge(query, results) {
  const pages = [...new Set(results.map((r) => r.page))];
  const rank = pages.findIndex((p) => query.to.has(p)) + 1;
  const first = pages.slice(0, 10);
  return {
    query, rank, top: results[0],
    mrr: rank > 0 && rank <= 10 ? 1 / rank : 0,
    success: rank === 1 ? 1 : 0,
    found: results.length > 0 ? 1 : 0,
    section: query.heading && bare(results[0]?.heading ?? "") === bare(query.heading) ? 1 : 0,
    recall: [...query.to].filter((p) => pages.includes(p)).length / Math.max(1, query.to.size),
    precision: first.length > 0 ? first.slice(0, query.to.size).filter((p) => query.to.has(p)).length / Math.min(first.length, query.to.size) : 0,
  };
}

/** Asks everything on one page of the site. */
async function ask(tab, base, all) {
  await tab.goto(`${base}index.html`);
  const answers = [];
  for (const query of all) {
    const results = await tab.evaluate(
      async (q) => (await window.wenfang.search(q, { limit: 1e9 })).map((r) => ({ page: r.url.split("#")[0], heading: r.heading, score: r.score })),
      query.q,
    );
    answers.push({ query, results: results.map((r) => ({ ...r, page: decodeURIComponent(r.page) })).filter((r) => r.page !== AWAY) });
  }
  return answers;
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
const figure = (n) => n.toFixed(3);

/** The table, a line for each kind; and the kinds that miss a goal. */
function table(judged) {
  const columns = ["mrr", "success", "section", "found", "recall", "precision"];
  const lines = [`${"kind".padEnd(14)}${"queries".padStart(8)}${columns.map((c) => c.padStart(10)).join("")}   goal`];
  const missed = [];
  for (const [kind, goals] of Object.entries(GOALS)) {
    const own = judged.filter((j) => j.query.kind === kind);
    if (own.length === 0) continue;
    const at = Object.fromEntries(columns.map((c) => [c, mean(own.map((j) => j[c]))]));
    const shown = columns.map((c) => (c === "section" && kind !== "question") || (/recall|precision/.test(c) && kind !== "substring") ? "–" : figure(at[c]));
    const met = (/** @type {[string, number]} */ [name, goal]) => at[name] >= goal - 5e-4;
    if (!goals.every(met)) missed.push(kind);
    lines.push(`${kind.padEnd(14)}${String(own.length).padStart(8)}${shown.map((s) => s.padStart(10)).join("")}   ${goals.map((g) => `${g[0]} ≥ ${g[1]} ${met(g) ? "met" : "MISSED"}`).join(", ")}`);
  }
  return { lines, missed };
}

/** One line: the reciprocal rank of each kind. */
function row(name, judged) {
  const kinds = Object.keys(GOALS).filter((kind) => judged.some((j) => j.query.kind === kind));
  return `${name}: ${kinds.map((kind) => `${kind} ${mean(judged.filter((j) => j.query.kind === kind).map((j) => j.mrr)).toFixed(2)}`).join(", ")}`;
}

/** Every query of the kinds that miss, under its cause, with the place of the answer. */
function causes(judged, kinds, pages) {
  const lines = [];
  for (const kind of kinds) {
    const own = judged.filter((j) => j.query.kind === kind);
    const missed = own.filter((j) => j.mrr < 1);
    lines.push("", `## ${kind}: ${missed.length} of ${own.length} queries do not have an answer first`);
    const groups = new Map();
    for (const j of missed) {
      const why = cause(j.query, j.top, pages);
      groups.set(why, [...(groups.get(why) ?? []), j]);
    }
    for (const [why, list] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
      lines.push("", `### ${why}: ${list.length}, mrr lost ${figure(list.reduce((sum, j) => sum + 1 - j.mrr, 0) / own.length)}`, "");
      lines.push(list.map((j) => `${j.query.q.replaceAll("`", "'").replace(/[<>*_[\]]/g, "\\$&")} (${j.rank || "–"})`).join(" · "));
    }
  }
  return lines;
}

/** The queries that are missed, a line each. */
function misses(judged) {
  const missed = judged.filter((j) => j.mrr < 1 || (j.query.heading && j.section < 1) || (j.query.kind === "substring" && (j.recall < 1 || j.precision < 1)));
  return missed.map((j) =>
    [j.query.kind, j.query.q, `rank ${j.rank}`, figure(j.recall), figure(j.precision), [...j.query.to].slice(0, 2).join(" "), j.top ? `${j.top.page} ${j.top.heading}` : "–"].join("\t"));
}

const PREFACE = [
  "# What search finds",
  "",
  'Written by `make eval EVAL="--rivals --report .ci/eval/EVALUATION.md"`.',
  "",
  "The texts of links are phrases out of running sentences, and most of the answers share only some words with them, or none; the figures of the others",
  "below the table tell how hard they are. What a link says is indexed with the page that it leads to: the table asks where these very links lead elsewhere,",
  "and so tells how other links to the page, and its own words, find it; the line below it asks where they stand. Traditional spellings are of the same texts.",
  "",
  "Below, each query of a kind that misses its goal stands under its cause, with the place of the answer; – is none.",
];

/** Kinds of queries that are texts of links. */
const isLink = ({ kind }) => /link|traditional/.test(kind);

const work = mkdtempSync(join(tmpdir(), "wenfang-eval-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
  const wenfang = program(repository, work);
  const whole = lay(wenfang, options.corpora, work);
  const tab = await browser.newPage();
  const pages = await readPages(tab, work, whole);
  const all = queries(pages, Number(options.most)).filter((q) => !options.only || q.kind === options.only);
  const asked = new Set(all.filter(isLink).map((q) => bare(q.from ?? q.q)));
  const out = lead(wenfang, work, (text) => asked.has(bare(text)));
  for (const page of await readPages(tab, work, out)) {
    const left = page.links.find((l) => l.to !== AWAY && l.to !== page.path && asked.has(bare(l.text)));
    if (left) throw new Error(`${page.path}: the link ${left.text} still leads to ${left.to}`);
  }
  const inside = async (folder, use) => {
    const server = await serve(folder);
    const result = await use(server.base);
    server.close();
    return result;
  };
  const http = await inside(out, (base) => ask(tab, base, all));
  const disk = await ask(tab, `${pathToFileURL(out)}/`, all);
  const differ = http.filter((a, i) => JSON.stringify(a.results) !== JSON.stringify(disk[i].results)).length;
  const judged = http.map(({ query, results }) => judge(query, results));
  const { lines, missed } = table(judged);
  lines.unshift(`${pages.length} pages, ${all.length} queries`);
  lines.push(differ === 0 ? "by http and by file:// the answers are identical" : `${differ} answers differ between http and file://`);
  const known = await inside(whole, (base) => ask(tab, base, all.filter(isLink)));
  lines.push(row("mrr where the links asked for lead to their pages", known.map(({ query, results }) => judge(query, results))));
  if (options.rivals) {
    const best = bm25(pages);
    const others = { "mrr of pairs under BM25": all.map(({ q }) => best(q)), "mrr of Pagefind": await inside(out, (base) => pagefind(tab, out, base, all)) };
    for (const [name, answers] of Object.entries(others)) {
      lines.push(row(name, all.map((query, i) => judge(query, (answers[i] ?? []).map((page) => ({ page, heading: "", score: 0 }))))));
    }
  }
  console.log(lines.join("\n"));
  if (options.misses) writeFileSync(options.misses, `${misses(judged).join("\n")}\n`);
  if (options.report) {
    writeFileSync(options.report, `${[...PREFACE, "", "```", ...lines, "```", ...causes(judged, missed, pages)].join("\n")}\n`);
  }
  process.exitCode = differ === 0 ? 0 : 1;
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

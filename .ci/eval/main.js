// make eval: how well the site's own search finds, over corpora that nobody here wrote, through
// the published site in a browser, by http and from disk. Prints one table with the goals.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

import { bare, nearness, queries } from "./queries.js";
import { lay, program, readPages, serve } from "./site.js";

const { values: options } = parseArgs({
  options: { corpora: { type: "string" }, most: { type: "string", default: "300" }, misses: { type: "string" }, only: { type: "string" } },
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
    answers.push({ query, results: results.map((r) => ({ ...r, page: decodeURIComponent(r.page) })) });
  }
  return answers;
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
const figure = (n) => n.toFixed(3);

function table(judged) {
  const columns = ["mrr", "success", "section", "found", "recall", "precision"];
  console.log(`${"kind".padEnd(14)}${"queries".padStart(8)}${columns.map((c) => c.padStart(10)).join("")}   goal`);
  for (const [kind, goals] of Object.entries(GOALS)) {
    const own = judged.filter((j) => j.query.kind === kind);
    if (own.length === 0) continue;
    const at = Object.fromEntries(columns.map((c) => [c, mean(own.map((j) => j[c]))]));
    const shown = columns.map((c) => (c === "section" && kind !== "question") || (/recall|precision/.test(c) && kind !== "substring") ? "–" : figure(at[c]));
    const verdicts = goals.map(([name, goal]) => `${name} ≥ ${goal} ${at[name] >= goal - 5e-4 ? "met" : "MISSED"}`);
    console.log(`${kind.padEnd(14)}${String(own.length).padStart(8)}${shown.map((s) => s.padStart(10)).join("")}   ${verdicts.join(", ")}`);
  }
}

/** Why links with a text of their own are missed: by what their pages have to do with it. */
function explain(judged, pages) {
  const kinds = new Map();
  for (const j of judged.filter((own) => own.query.kind === "link ≠ title")) {
    const why = nearness(j.query, pages);
    kinds.set(why, [...(kinds.get(why) ?? []), j.mrr]);
  }
  for (const [why, list] of kinds) console.log(`  link ≠ title, ${why}: ${list.length} queries, mrr ${figure(mean(list))}`);
}

const work = mkdtempSync(join(tmpdir(), "wenfang-eval-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
  const out = lay(program(repository, work), options.corpora, work);
  const tab = await browser.newPage();
  const pages = await readPages(tab, out);
  const all = queries(pages, Number(options.most)).filter((q) => !options.only || q.kind === options.only);
  console.log(`${pages.length} pages, ${all.length} queries`);
  const server = await serve(out);
  const http = await ask(tab, server.base, all);
  server.close();
  const disk = await ask(tab, `${pathToFileURL(out)}/`, all);
  const judged = http.map(({ query, results }) => judge(query, results));
  table(judged);
  explain(judged, pages);
  const differ = http.filter((a, i) => JSON.stringify(a.results) !== JSON.stringify(disk[i].results)).length;
  console.log(differ === 0 ? "by http and by file:// the answers are identical" : `${differ} answers differ between http and file://`);
  if (options.misses) {
    const missed = judged.filter((j) => j.mrr < 1 || (j.query.heading && j.section < 1) || (j.query.kind === "substring" && (j.recall < 1 || j.precision < 1)));
    const line = (j) => [j.query.kind, j.query.q, `rank ${j.rank}`, figure(j.recall), figure(j.precision), [...j.query.to].slice(0, 2).join(" "), j.top ? `${j.top.page} ${j.top.heading}` : "–"].join("\t");
    writeFileSync(options.misses, `${missed.map(line).join("\n")}\n`);
  }
  process.exitCode = differ === 0 ? 0 : 1;
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

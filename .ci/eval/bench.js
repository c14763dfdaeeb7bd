// The search part of make bench: the index beside Pagefind's, on the corpora as they are and
// repeated, each copy made distinct (--pages 0: as they are alone). Both index the same built site in the same run; both are
// asked in a browser, through a server that counts what it gives away.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

import { generator, plain, queries, shuffle } from "./queries.js";
import { build, lay, program, readPages, serve } from "./site.js";

const { values: options } = parseArgs({
  options: { corpora: { type: "string" }, pages: { type: "string", default: "10000" }, asked: { type: "string", default: "200" } },
});
if (!options.corpora) throw new Error("--corpora FOLDER is missing: folders of Markdown, side by side");
const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "..", "..");

/** Runs a program; seconds, and the most memory that it held, in MB. */
async function measured(command, args, env = {}) {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } });
  let out = "";
  let most = 0;
  child.stdout.on("data", (data) => (out += data));
  const look = setInterval(() => {
    try {
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0));
    } catch {
      // it has ended
    }
  }, 20);
  const status = await new Promise((done) => child.on("close", done));
  clearInterval(look);
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return { seconds: (performance.now() - start) / 1000, memory: most / 1024, out };
}

/**
 * The files of an index below a folder: how many, and how many bytes as they lie, open, and packed
 * by gzip, each by itself. Pagefind keeps its files packed and opens them in the browser; ours
 * are text, which a server may pack: only like with like compares. Pagefind's own box, which a
 * site need not use, does not count.
 */
function size(dir) {
  const all = { files: 0, lying: 0, open: 0, packed: 0 };
  for (const name of readdirSync(dir, { recursive: true }).map(String)) {
    if (/\.css$|-ui\.js$|pagefind-(modular|component|highlight|playground)/.test(name) || !statSync(join(dir, name)).isFile()) continue;
    const data = readFileSync(join(dir, name));
    const isPacked = data[0] === 0x1f && data[1] === 0x8b;
    all.files++;
    all.lying += data.length;
    all.open += isPacked ? gunzipSync(data).length : data.length;
    all.packed += isPacked ? data.length : gzipSync(data).length;
  }
  return all;
}

/** Copies the laid pages until there are enough, with the number of the copy in every heading. */
function repeat(content, into, count) {
  const paths = readdirSync(content, { recursive: true }).map(String).filter((p) => p.endsWith(".md")).sort();
  for (let i = 0; i < count; i++) {
    const copy = Math.floor(i / paths.length) + 1;
    const path = paths[i % paths.length];
    let fenced = false;
    const text = readFileSync(join(content, path), "utf8").replace(/^.*$/gm, (line) => {
      if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
      return fenced ? line : line.replace(/^(#{1,6}) /, `$1 ${copy} `);
    });
    const target = join(into, `copy-${String(copy).padStart(2, "0")}`, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

const ENGINES = {
  wenfang: {
    open: (tab, base) => tab.goto(`${base}index.html`),
    ask: (q) => window.wenfang.search(q, { limit: 10 }).then((all) => all.map((r) => decodeURIComponent(r.url.split("#")[0]))),
    // What a reader moves: the box, with the excerpts that it shows.
    show: async (tab, q) => {
      await tab.evaluate(() => window.wenfang.ready);
      if (!(await tab.evaluate(() => document.getElementById("wf-search")?.open))) await tab.keyboard.press("Control+k");
      await tab.waitForSelector("#wf-search[open]");
      await tab.fill("#wf-search-q", "");
      await tab.waitForFunction(() => !document.querySelector("#wf-search-list [role=option]"));
      await tab.evaluate(() => (document.getElementById("wf-search-status").textContent = ""));
      await tab.fill("#wf-search-q", q);
      await tab.waitForFunction(() => /\d+条|没有找到/.test(document.getElementById("wf-search-status").textContent), null, { timeout: 60_000 });
    },
  },
  pagefind: {
    open: async (tab, base) => {
      await tab.goto(`${base}pagefind-bench.html`);
      await tab.evaluate(async () => (window.pagefind = await import("./pagefind/pagefind.js")));
    },
    ask: async (q) => {
      const found = await window.pagefind.search(q);
      const data = await Promise.all(found.results.slice(0, 10).map((r) => r.data()));
      return data.map((d) => decodeURIComponent(d.url.replace(/^\//, "")));
    },
    show: (tab, q) => tab.evaluate(async (text) => {
      const found = await window.pagefind.search(text);
      await Promise.all(found.results.slice(0, 6).map((r) => r.data()));
    }, q),
  },
};

const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;
const mb = (n) => (n / 1e6).toFixed(1);
const kb = (n) => `${(n / 1000).toFixed(0)} KB`;

/** How many queries are asked as the first ones of a reader who has nothing of the site yet. */
const FIRST = 20;

/** What queries move and how long they take. */
async function asked(browser, server, engine, all, holds) {
  const { open, ask, show } = ENGINES[engine];
  const own = (path) => path.includes(engine === "wenfang" ? "/search/" : "/pagefind/");
  const first = [];
  const later = [];
  let tab;
  for (const [i, { q }] of all.entries()) {
    const fresh = i < FIRST;
    if (fresh) {
      await tab?.context().close();
      server.bytes = server.requests = 0;
      tab = await (await browser.newContext()).newPage();
      server.count = (path, bytes) => own(path) && ((server.bytes += bytes), server.requests++);
      await open(tab, server.base);
    }
    if (!fresh) server.bytes = server.requests = 0;
    await show(tab, q);
    await tab.waitForTimeout(60);
    (fresh ? first : later).push({ bytes: server.bytes, requests: server.requests });
  }
  const times = [];
  let held = 0;
  let shown = 0;
  for (const query of all) {
    await tab.evaluate(ask, query.q);
    const { ms, pages } = await tab.evaluate(`(async () => { const start = performance.now(); const pages = await (${ask})(${JSON.stringify(query.q)}); return { ms: performance.now() - start, pages }; })()`);
    times.push(ms);
    if (query.kind !== "substring" && query.kind !== "mixed") continue;
    shown += pages.length;
    held += pages.filter((page) => holds(page, query.q)).length;
  }
  await tab.context().close();
  const moved = (list) => {
    const [bytes, requests] = [list.map((x) => x.bytes), list.map((x) => x.requests)];
    return `${kb(at(bytes, 0.5))} in ${at(requests, 0.5)} requests (p95 ${kb(at(bytes, 0.95))})`;
  };
  console.log(`  ${engine.padEnd(9)} first query ${moved(first)}; later ones ${moved(later)}`);
  console.log(`  ${"".padEnd(9)} answers from memory p50 ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms; first ten that hold the words ${((100 * held) / Math.max(1, shown)).toFixed(1)} %`);
  return { first: at(first.map((x) => x.bytes), 0.5), later: at(later.map((x) => x.bytes), 0.5), p95: at(times, 0.95) };
}

const verdict = (met) => (met ? "met" : "MISSED");

async function compare(browser, name, site, out, all, holds) {
  const bench = join(work, "search.test");
  if (!statSync(bench, { throwIfNoEntry: false })) execFileSync("go", ["test", "-c", "-o", bench, "./internal/search"], { cwd: repository });
  const ours = await measured(bench, ["-test.run", "^$", "-test.bench", "BenchmarkIndex$", "-test.benchtime", "1x"], { WENFANG_CORPORA: join(site, "content"), GOGC: "40" }); // as a build collects
  const seconds = Number(/([\d.]+) ns\/op/.exec(ours.out)?.[1]) / 1e9;
  const binary = join(here, "node_modules", "@pagefind", "linux-x64", "bin", "pagefind_extended");
  const theirs = await measured(binary, ["--site", out, "--root-selector", "main", "--force-language", "zh"]);
  const mine = size(join(out, "search"));
  const other = size(join(out, "pagefind"));
  console.log(name);
  const line = (/** @type {string} */ engine, /** @type {ReturnType<typeof size>} */ own, /** @type {number} */ time, /** @type {number} */ memory) =>
    console.log(`  ${engine.padEnd(9)} index ${mb(own.open)} MB open, ${mb(own.packed)} MB by gzip, ${mb(own.lying)} MB as it lies in ${own.files} files; ${time.toFixed(1)} s, ${memory.toFixed(0)} MB of memory`);
  line("wenfang", mine, seconds, ours.memory);
  line("pagefind", other, theirs.seconds, theirs.memory);
  console.log("  time: the index from the texts of the pages, against Pagefind's run over the built pages; memory: the most of a process that reads the same Markdown and indexes it, and of Pagefind's");
  console.log(`  goals: half of its bytes open ${verdict(mine.open <= other.open / 2)} (${(mine.open / other.open).toFixed(2)}), by gzip ${verdict(mine.packed <= other.packed / 2)} (${(mine.packed / other.packed).toFixed(2)}); a tenth of its time ${verdict(seconds <= theirs.seconds / 10)}, of its memory ${verdict(ours.memory <= theirs.memory / 10)} (${(ours.memory / theirs.memory).toFixed(2)})`);
  writeFileSync(join(out, "pagefind-bench.html"), "<!doctype html><meta charset=utf-8><title>pagefind</title>");
  const server = await serve(out);
  const got = await asked(browser, server, "wenfang", all, holds);
  console.log(`  goals: first ≤ 100 KB ${verdict(got.first <= 100e3)}, later ≤ 40 KB ${verdict(got.later <= 40e3)}, p95 ≤ 50 ms ${verdict(got.p95 <= 50)}`);
  await asked(browser, server, "pagefind", all, holds);
  server.close();
}

const work = mkdtempSync(join(tmpdir(), "wenfang-search-bench-"));
const wenfang = program(repository, work);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const out = lay(wenfang, options.corpora, work);
  const tab = await browser.newPage();
  const pages = await readPages(tab, work, out);
  const texts = new Map(pages.map((p) => [p.path, plain(`${p.title}\n${p.text}`)]));
  const all = shuffle(queries(pages, Math.ceil(Number(options.asked) / 10)), generator(1));
  const holds = (page, q) => texts.get(page.replace(/^copy-\d+\//, ""))?.includes(plain(q)) ?? false;
  await compare(browser, `${pages.length} pages, corpora as they are`, join(work, "site"), out, all, holds);
  if (Number(options.pages) > 0) {
    const big = join(work, "big");
    repeat(join(work, "site", "content"), join(big, "content"), Number(options.pages));
    const bigOut = join(work, "big-public");
    build(wenfang, big, bigOut);
    await compare(browser, `${options.pages} pages, corpora repeated`, big, bigOut, all, holds);
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

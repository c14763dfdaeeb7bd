// The page API in the browser, from a double click, gives for 2,000 queries the lists of the
// program's Reader, item by item. What the Reader found is known by a digest: the runtime in node
// must match it first, and what it lists is what the browser must list.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { hashOf, readDirectory } from "../../assets/search/decode.js";
import { Reader } from "../../assets/search/rank.js";
import { browser, built, repository, watched } from "./harness.js";

const testdata = join(repository, "internal", "search", "testdata");
const { files } = JSON.parse(readFileSync(join(testdata, "vectors.json"), "utf8"));
const asked = readFileSync(join(testdata, "queries.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** A page of the handbook beside the index of the vectors. */
function lay(build) {
  const folder = mkdtempSync(join(tmpdir(), "wenfang-oracle-"));
  const page = readFileSync(join(built, "index.html"), "utf8");
  assert.match(page, / data-build="[^"]*"/);
  writeFileSync(join(folder, "index.html"), page.replace(/ data-build="[^"]*"/, ` data-build="${build}"`));
  cpSync(join(built, "assets"), join(folder, "assets"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("2,000 queries in the browser give the lists of the Go reader, item by item", async () => {
  const read = async (key) => JSON.parse(files[`search/${key}.js`].slice(`wenfang.put("${key}",`.length, -3));
  const directory = readDirectory(await read("index"));
  const reader = new Reader(read, directory);
  assert.equal(asked.length, 2000);
  const wanted = [];
  for (const { q, n, d } of asked) {
    const results = await reader.search(q);
    assert.equal(results.length, n, q);
    assert.equal(hashOf(results.map((r) => `${r.section} ${r.score} ${r.words}\n`).join("")), d, q);
    wanted.push(results.map(({ url, path, title, heading, anchor, kind, score }) => ({ url, path, title, heading, anchor, kind, score })));
  }
  const folder = lay(directory.build);
  const own = await browser.newContext();
  const { page, quiet } = await watched(own, () => false, `${pathToFileURL(folder)}/`);
  await page.goto(`${pathToFileURL(folder)}/index.html`);
  const got = await page.evaluate(async (queries) => {
    await window.wenfang.ready;
    const lists = [];
    for (const q of queries) lists.push(await window.wenfang.search(q, { limit: 1e9 }));
    return lists;
  }, asked.map(({ q }) => q));
  for (const [i, { q }] of asked.entries()) assert.deepEqual(got[i], wanted[i], q);
  assert.ok(wanted.filter((list) => list.length > 0).length > 1000, "most queries find something");
  quiet();
  await own.close();
  rmSync(folder, { recursive: true, force: true });
});

// The browser's runtime gives the answers of the program's Reader, item by item.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readDirectory } from "./decode.js";
import { excerpt, marks } from "./excerpt.js";
import { Reader } from "./rank.js";

const data = JSON.parse(readFileSync(new URL("../../internal/search/testdata/vectors.json", import.meta.url), "utf8"));

/** @param {string} key */
const read = async (key) => {
  const text = data.files[`search/${key}.js`];
  return JSON.parse(text.slice(`wenfang.put("${key}",`.length, -3));
};

const reader = new Reader(read, readDirectory(await read("index")));

for (const v of data.vectors) {
  test(`answers ${v.query}`, async () => {
    const results = await reader.search(v.query, { exact: v.exact });
    assert.deepEqual(results.map(({ section, url, score, words }) => ({ section, url, score, words })), v.results);
    if (!results[0]) return;
    const text = await reader.textOf(results[0].section);
    const e = excerpt(text, marks(text, results[0].words || v.query));
    assert.equal(e.text, v.excerpt);
    assert.deepEqual(e.marks.map(([s, t]) => e.text.slice(s, t)), v.marks);
  });
}

test("a hostile query is answered at once", async () => {
  for (const q of ["(".repeat(100_000), "a\u0301".repeat(10_000), "办".repeat(100_000), "[[^$.*+?"]) {
    const start = performance.now();
    await reader.search(q);
    assert.ok(performance.now() - start < 2000);
  }
});

// What is suggested where nothing holds a query, over the shared vectors' index.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readDirectory } from "./decode.js";
import { Reader } from "./rank.js";
import { suggestions } from "./suggest.js";

const data = JSON.parse(readFileSync(new URL("../../internal/search/testdata/vectors.json", import.meta.url), "utf8"));

/** @param {string} key */
const read = async (key) => {
  const text = data.files[`search/${key}.js`];
  return JSON.parse(text.slice(`wenfang.put("${key}",`.length, -3));
};

const reader = new Reader(read, readDirectory(await read("index")));

test("what is suggested finds something, and is not what was typed", async () => {
  let some = 0;
  const lines = readFileSync(new URL("../../internal/search/testdata/queries.jsonl", import.meta.url), "utf8").trim().split("\n");
  for (const line of lines.slice(0, 300)) {
    const { q } = JSON.parse(line);
    const { found } = await reader.find(q, { exact: true });
    if (found.length > 0) continue;
    for (const text of await suggestions(reader, q)) {
      some++;
      assert.notEqual(text, q);
      assert.ok((await reader.find(text, { exact: true })).found.length > 0, `${q}: ${text}`);
    }
  }
  assert.ok(some > 10, `${some} suggestions`);
});

test("a hostile query is answered at once", async () => {
  for (const q of ["办".repeat(200), "办 ".repeat(100), "办公 室办 ".repeat(40), "(".repeat(200), "[[^$.*+?", "“".repeat(200), "a\u0301".repeat(100)]) {
    const start = performance.now();
    await suggestions(reader, q);
    assert.ok(performance.now() - start < 500, q.slice(0, 10));
  }
});

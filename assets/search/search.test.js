// The browser's runtime gives the answers of the program's Reader, item by item.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { expand, hashOf, readDirectory } from "./decode.js";
import { excerpt, marks } from "./excerpt.js";
import { Reader } from "./rank.js";
import { SYLLABLES } from "./syllables.js";

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

test("2,000 queries give the lists of the Go reader, item by item", async () => {
  const lines = readFileSync(new URL("../../internal/search/testdata/queries.jsonl", import.meta.url), "utf8").trim().split("\n");
  assert.equal(lines.length, 2000);
  for (const line of lines) {
    const { q, n, d } = JSON.parse(line);
    const results = await reader.search(q);
    const list = results.map((r) => `${r.section} ${r.score} ${r.words}\n`).join("");
    assert.equal(results.length, n, q);
    assert.equal(hashOf(list), d, `${q}:\n${list}`);
  }
});

test("both know the same syllables", () => assert.equal(SYLLABLES, data.syllables));

test("a hostile query is answered at once", async () => {
  for (const q of ["(".repeat(100_000), "a\u0301".repeat(10_000), "办".repeat(100_000), "[[^$.*+?", "huiyitongzhi".repeat(9_000), "l".repeat(100_000), "“".repeat(50_000)]) {
    const start = performance.now();
    await reader.search(q);
    assert.ok(performance.now() - start < 500);
  }
});

/** What a file holds, nothing where its references are damaged. @param {string} written */
function expanded(written) {
  try {
    return expand(written);
  } catch {
    return "";
  }
}

test("a file with any byte changed is not taken for what it was", () => {
  const index = data.files["search/index.js"];
  let refused = 0;
  for (const name of ["search/index.js", ...Object.keys(data.files).filter((f) => data.files[f].length < 2500)]) {
    const key = name.slice("search/".length, -3);
    const bytes = Buffer.from(data.files[name]);
    const before = JSON.parse(data.files[name].slice(`wenfang.put("${key}",`.length, -3));
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << at % 7);
      /** @type {string | undefined} */
      let got;
      try {
        new Function("wenfang", changed.toString())({ put: (/** @type {string} */ k, /** @type {string} */ c) => k === key && (got = c) });
      } catch {
        refused++;
        continue;
      }
      if (got === undefined || got === before) continue;
      if (key === "index") assert.throws(() => readDirectory(got ?? ""));
      else if (expanded(got) !== expanded(before)) assert.notEqual(hashOf(expanded(got)), key, `byte ${at} of ${name}`);
      refused++;
    }
  }
  assert.ok(refused > index.length);
});

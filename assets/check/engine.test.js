import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Engine } from "./engine.js";

const testdata = new URL("../../internal/check/testdata/", import.meta.url);
/** @param {string} name */
const read = (name) => readFileSync(new URL(name, testdata), "utf8");
const engine = () => new Engine(JSON.parse(read("data.json")));
const drafts = read("clean.txt").trim().split("\n====\n").map((text) => text.split("\n").map((line) => ({ text: line })));

/** Findings as internal/check/planted_test.go prints them. */
const printed = (all) =>
  all.map((f) => `${f.rule} ${f.severity} ${f.para} ${f.start} ${f.end} ${f.hasFix ? "=" + f.fix : "-"} ${f.safe} ${f.note}\n`).join("");

/** FNV-1a of UTF-8. */
function digest(text) {
  let h = 0x811c9dc5;
  for (const byte of Buffer.from(text)) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  return h;
}

/** The draft and options of a vector. */
function draftOf(v) {
  const blocks = v.base < 0 ? [] : drafts[v.base].slice();
  for (const [at, del, text, kind = ""] of v.edits) blocks.splice(at, del, ...(text === undefined ? [] : [{ text, kind }]));
  return { blocks, options: { genre: v.genre, direction: v.direction, length: v.length, house: v.house } };
}

test("finds what the Go engine finds, item by item", () => {
  const e = engine();
  for (const [n, v] of JSON.parse(read("vectors.json")).entries()) {
    const { blocks, options } = draftOf(v);
    const got = printed(e.check(blocks, options));
    assert.equal(digest(got), v.want, `vector ${n}: ${JSON.stringify(v)}\n${blocks.map((b) => b.text).join("\n")}\n${got}`);
  }
});

test("what was kept of a draft changes nothing", () => {
  const e = engine();
  const blocks = drafts.flat();
  const first = printed(e.check(blocks));
  assert.equal(printed(e.check(blocks)), first);
  const edited = blocks.slice();
  edited.splice(3, 1, { text: "要认真布署，，抓紧落实。" });
  assert.equal(printed(e.check(edited)), printed(engine().check(edited)));
});

test("a draft is checked piece by piece", () => {
  const e = engine();
  const job = e.start(drafts.flat(), {});
  let steps = 1;
  while (!job.step(() => true)) steps++;
  assert.ok(steps > 50);
  assert.equal(printed(job.findings), printed(engine().check(drafts.flat())));
});

test("time is linear in the text", () => {
  const e = engine();
  for (const unit of ["会议要求各单位抓紧落实", "“", "”", "（", "要不断提升", "共1项其中", "一", "a@", "布署", "由12增至", "《关于", "通过甲", "1", "甲（以下简称“乙”）", " ", "𠀀"]) {
    const time = (chars) => {
      const text = unit.repeat(chars / unit.length);
      let best = Infinity;
      for (let k = 0; k < 3; k++) {
        const start = performance.now();
        e.kept.clear();
        e.facts.clear();
        e.check([{ text: text + k }]);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const short = time(10_000);
    const long = time(40_000);
    assert.ok(long < 10 * short + 100, `${JSON.stringify(unit)}: ${short} ms for 10,000 characters, ${long} ms for 40,000`);
  }
});

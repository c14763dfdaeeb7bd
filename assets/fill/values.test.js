import assert from "node:assert/strict";
import test from "node:test";
import { fault, isDay, parseDate } from "./values.js";

test("dates are read in every usual form", () => {
  for (const text of ["2026年3月5日", "2026-03-05", "2026.3.5", "2026/3/5", "20260305", "２０２６年３月５日", " 2026 年 3 月 5 日 "]) {
    assert.deepEqual(parseDate(text), { year: 2026, month: 3, day: 5 }, text);
  }
  assert.equal(parseDate("三月五日"), undefined);
});

test("days that do not exist", () => {
  assert.equal(isDay({ year: 2024, month: 2, day: 29 }), true);
  for (const [year, month, day] of [[2026, 2, 29], [2026, 13, 1], [2026, 4, 31], [2026, 0, 1]]) assert.equal(isDay({ year, month, day }), false);
});

test("a pattern that cannot be read forbids nothing", () => {
  assert.equal(fault("text", "abc", "("), "");
});

import assert from "node:assert/strict";
import test from "node:test";
import { fault, isDay, parseDate, tidy } from "./values.js";

const number = "^[^〔]+〔[0-9]{4}〕[1-9][0-9]*号$";

test("dates are read in every usual form", () => {
  for (const text of ["2026年3月5日", "2026-03-05", "2026.3.5", "2026/3/5", "20260305", "２０２６年３月５日", " 2026 年 3 月 5 日 "]) {
    assert.deepEqual(parseDate(text), { year: 2026, month: 3, day: 5 }, text);
    assert.equal(tidy("date", text), "2026年3月5日", text);
  }
  assert.equal(parseDate("三月五日"), undefined);
  assert.equal(tidy("date", "待定"), "待定");
});

test("days that do not exist", () => {
  assert.equal(isDay({ year: 2024, month: 2, day: 29 }), true);
  for (const text of ["2026年2月29日", "2026-13-01", "2026-4-31", "2026-0-1"]) {
    assert.equal(fault("date", text), "date", text);
    assert.equal(tidy("date", text), text);
  }
  assert.equal(fault("date", ""), "");
  assert.equal(fault("date", "待定"), "");
});

test("a document number gets its brackets and loses its zeros", () => {
  assert.equal(tidy("text", "×局发[2026]12号", number), "×局发〔2026〕12号");
  assert.equal(tidy("text", "×局发（2026）第012号", number), "×局发〔2026〕12号");
  assert.equal(tidy("text", "×局发【２０２６】１２号", number), "×局发〔2026〕12号");
  assert.equal(tidy("text", "×局发26-12", number), "×局发26-12");
  assert.equal(fault("text", "×局发26-12", number), "form");
  assert.equal(fault("text", "×局发〔2026〕12号", number), "");
});

test("a pattern that cannot be read forbids nothing", () => {
  assert.equal(fault("text", "abc", "("), "");
});

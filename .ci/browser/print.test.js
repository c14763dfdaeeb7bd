// The sheets that the browser prints have the measures of GB/T 9704-2012, on the ink.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { browser, fileBase, kinds, watched } from "./harness.js";
import { bands, black, linesOf, pageOf, red } from "./ink.js";

const scratch = mkdtempSync(join(tmpdir(), "wenfang-print-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const area = { top: 37, left: 28, right: 184, bottom: 262 };
const small = (14 * 25.4) / 72; // a character of 四号
const line = 225 / 22;

/** @param {string} what @param {number} got @param {number} want */
const near = (what, got, want) => assert.ok(Math.abs(got - want) <= 1, `${what}: ${got.toFixed(2)} mm, want ${want.toFixed(2)}`);

/** Prints a template with values. */
async function printed(path, values) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + path);
  for (const [field, value] of Object.entries(values)) await page.fill(`[data-field=${field}] >> nth=0`, value);
  const pdf = join(scratch, `${path.replaceAll("/", "-")}.pdf`);
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  quiet();
  await context.close();
  return pdf;
}

test("a common document", async () => {
  const pdf = await printed(kinds.template, {
    发文机关: "安平市财政局", 发文字号: "安财〔2026〕8号", 签发人: "李明", 主送机关: "安平市人民政府", 请示事项: "申请设备经费",
    缘由: "安平市档案库房修缮工作方案".repeat(150), 成文日期: "2026年3月5日",
  });
  const first = pageOf(pdf, 1);
  const [mark, rule, ...rest] = bands(first, {}, red);
  assert.deepEqual(rest, [], "red ink");
  near("top of the mark", mark.top, area.top + 35);
  near("middle of the mark", (mark.left + mark.right) / 2, (area.left + area.right) / 2);
  near("left end of the red line", rule.left, area.left);
  near("right end of the red line", rule.right, area.right);
  const [number] = bands(first, { top: mark.bottom, bottom: rule.top, right: 100 }, black);
  near("number from the left", number.left, area.left + (16 * 25.4) / 72);
  near("number above the red line", rule.top - number.bottom, 4);
  const [title] = bands(first, { top: rule.bottom, bottom: rule.bottom + 50 }, black);
  near("title below the red line", title.top - rule.bottom, 2 * line + ((33 - 22) / 2 + 0.04 * 22) * (25.4 / 72));
  const [odd] = bands(first, { top: area.bottom + 1 }, black).slice(-1);
  near("odd page number from the right", area.right - odd.right, small);
  near("odd page number", (odd.top + odd.bottom) / 2, area.bottom + 7);
  const [even] = bands(pageOf(pdf, 2), { top: area.bottom + 1 }, black).slice(-1);
  near("even page number from the left", even.left - area.left, small);
  near("even page number", (even.top + even.bottom) / 2, area.bottom + 7);

  const pages = linesOf(pdf);
  assert.ok(pages.length >= 4, `${pages.length} pages`);
  for (const lines of pages.slice(1, -1)) {
    const text = lines.filter((l) => !/^—\d+—$/.test(l.text));
    assert.equal(text.length, 22);
    assert.equal(Math.max(...text.map((l) => [...l.text].length)), 28);
  }
  const last = pageOf(pdf, pages.length);
  const foot = bands(last, { left: area.left + 60, right: area.left + 61, top: area.top, bottom: area.bottom + 2 }, black).slice(-1)[0];
  near("last line of the imprint", foot.bottom, area.bottom);
});

test("a letter", async () => {
  const pdf = await printed("templates/han.html", { 发文机关: "安平市档案局", 发文字号: "安档函〔2026〕15号", 缘由: "安平市档案库房修缮工作方案".repeat(60) });
  const first = pageOf(pdf, 1);
  const [mark, thick, thin, footThin, footThick, ...rest] = bands(first, {}, red);
  assert.deepEqual(rest, [], "red ink");
  near("mark from the edge", mark.top, 30);
  near("double line below the mark", thick.top - mark.bottom, 4);
  assert.ok(thick.bottom - thick.top > thin.bottom - thin.top && footThick.bottom - footThick.top > footThin.bottom - footThin.top, "the thick lines are outside");
  near("double line from the foot", 297 - footThick.bottom, 20);
  for (const l of [thick, thin, footThin, footThick]) {
    near("left end of a double line", l.left, 20);
    near("right end of a double line", l.right, 190);
  }
  const [number] = bands(first, { top: thin.bottom + 0.2, bottom: thin.bottom + 14, left: 110 }, black);
  near("number below the double line", number.top - thin.bottom, (7 / 8) * 16 * (25.4 / 72));
  near("number at the right", number.right, area.right);
  assert.deepEqual(bands(first, { top: area.bottom + 2 }, black), [], "the first page of a letter has no number");
  assert.deepEqual(bands(pageOf(pdf, 2), {}, red), []);
  assert.equal(linesOf(pdf)[1].slice(-1)[0].text, "—2—");
});

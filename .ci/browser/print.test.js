// The sheets that the browser prints have the measures of GB/T 9704-2012, on the ink.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { arrive, browser, fileBase, kinds, pages, program, repository, watched } from "./harness.js";
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

/** Where the mark of a format begins, from the edge of the paper. */
const marks = { 通用: area.top + 35, 纪要: area.top + 35, 命令: area.top + 20, 信函: 30 };

/** What a template says as plain text, filled in. @param {string} path @param {Record<string, string>} values */
function exported(path, values) {
  const data = join(scratch, "values.yaml");
  writeFileSync(data, JSON.stringify(Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value.split("\n")]))));
  return execFileSync(program, ["export", "txt", path.replace(".html", ""), "--site", repository, "--data", data, "--out", "-"], { stdio: ["ignore", "pipe", "ignore"] }).toString();
}

/** The text of printed pages as it was drawn, without the number at the end of each but the first of a letter. */
const textOf = (pdf, letter) =>
  execFileSync("pdftotext", ["-raw", pdf, "-"]).toString().split("\f").slice(0, -1)
    .map((text, i) => {
      const number = letter && i === 0 ? "" : `—${i + 1}—`;
      const drawn = bare(text);
      assert.ok(drawn.endsWith(number), `page ${i + 1} ends with ${drawn.slice(-20)}`);
      return drawn.slice(0, drawn.length - number.length);
    }).join("");

const bare = (/** @type {string} */ text) => text.replace(/[\s\u200b]/g, "");

test("every template, filled with its examples: the text, the pages, the mark, the number", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  for (const path of pages.filter((p) => /^templates\/(?!index)/.test(p))) {
    await page.goto(fileBase + path);
    await arrive(page);
    await page.evaluate(() => document.querySelector("[data-example][aria-pressed]").click());
    const count = Number(/共(\d+)页/.exec(await page.innerText("#wf-size"))[1]);
    const { format, values } = await page.evaluate(() => ({
      format: JSON.parse(document.getElementById("wf-fill").dataset.form).format,
      values: Object.fromEntries([...document.querySelectorAll("form [data-field]")].filter((i) => i.dataset.example).map((i) => [i.dataset.field, i.dataset.example])),
    }));
    const pdf = join(scratch, "every.pdf");
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    assert.equal(linesOf(pdf).length, count, `pages of ${path}`);
    assert.equal(textOf(pdf, format === "信函"), bare(exported(path, values)), path);
    const first = pageOf(pdf, 1);
    const [mark] = bands(first, { top: 20, bottom: 120 }, red);
    if (mark && marks[format]) near(`mark of ${path}`, mark.top, marks[format]);
    const numbers = bands(first, { top: area.bottom + 1 }, black);
    if (format === "信函") assert.deepEqual(numbers, [], path);
    else {
      near(`number of ${path} from the right`, area.right - numbers[0].right, small);
      near(`number of ${path}`, (numbers[0].top + numbers[0].bottom) / 2, area.bottom + 7);
    }
  }
  quiet();
  await context.close();
});

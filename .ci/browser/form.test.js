// The form of a template: one view at a time on a narrow screen, other ways to fill in lists and
// numbers, and what is told before a document is taken away. Its sheets hold what was measured.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { arrive, browser, fileBase, kinds, pages, watched } from "./harness.js";
import { linesOf } from "./ink.js";

const scratch = mkdtempSync(join(tmpdir(), "wenfang-form-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const templates = pages.filter((p) => /^templates\/(?!index)/.test(p));

/** @param {number} width @param {string} [path] */
async function open(width, path = kinds.template) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + path);
  await arrive(page);
  return { page, close: async () => (quiet(), context.close()) };
}

/** The first template that has a field, and the field. @param {string} selector */
async function templateWith(selector) {
  for (const path of templates) {
    const { page, close } = await open(1280, path);
    const id = await page.evaluate((s) => document.querySelector(s)?.id, selector);
    await close();
    if (id) return { path, id };
  }
  throw new Error(`no template has ${selector}`);
}

/** What scripts weigh that belong to a template, before and after somebody is there. @param {string[]} requests */
const weight = (requests) =>
  requests.filter((url) => /\/(fill|desk|official|official-parts)-[0-9a-f]+\.js$/.test(url)).reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);

test("a page loads what its sheets need, the desk comes with the writer, the Word parts with the first file", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page, requests, quiet } = await watched(context);
  await page.goto(fileBase + kinds.template);
  assert.match(await page.innerText("#wf-size"), /^共\d+页/);
  const loaded = (name) => requests.some((url) => url.includes(`/${name}-`));
  assert.ok(weight(requests) <= 30 << 10, `${weight(requests)} bytes for the sheets`);
  assert.ok(!loaded("desk") && !loaded("official-parts"));
  await page.focus("[data-field] >> nth=0");
  await page.waitForFunction(() => window.wenfang.desk);
  assert.ok(!loaded("official-parts"));
  for (let i = 0; i < 2; i++) {
    await Promise.all([page.waitForEvent("download"), page.click("[data-docx]").then(() => page.click("#wf-ask-open [data-yes]"))]);
  }
  assert.equal(requests.filter((url) => url.includes("/official-parts-")).length, 1, "once for all files");
  quiet();
  await context.close();
});

test("a button that is pressed before its desk is there acts when it is", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + kinds.template);
  await page.evaluate(() => document.querySelector("[data-copy]").click());
  await page.waitForSelector("#wf-ask-open", { state: "visible" });
  assert.match(await page.innerText("#wf-ask-open"), /还有\d+处未填/);
  quiet();
  await context.close();
});

test("form, text and sheets take turns on a narrow screen", async () => {
  const { page, close } = await open(360);
  const shown = async () => [await page.isVisible("#wf-form"), await page.isVisible("#wf-sheet .gw-Title"), await page.isVisible("#wf-sheet .gw-no")];
  assert.deepEqual(await shown(), [true, false, false]);
  await page.focus("[role=tab][data-view=form]");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await shown(), [true, false, false], "an arrow moves between tabs and shows nothing yet");
  await page.keyboard.press("Enter");
  assert.deepEqual(await shown(), [false, true, false]);
  assert.equal(await page.getAttribute("#wf-view", "aria-labelledby"), await page.getAttribute("[role=tab][aria-selected=true]", "id"));
  await page.click("[role=tab][data-view=sheet]");
  assert.deepEqual(await shown(), [false, true, true]);
  await page.click("#wf-sheet .gw-Title .ph");
  assert.deepEqual(await shown(), [true, false, false], "a place leads to its field");
  assert.match(await page.evaluate(() => document.activeElement.dataset.field), /./);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForFunction(() => !document.querySelector("[role=tab]"));
  assert.deepEqual(await shown(), [true, true, true]);
  await close();
});

test("paper gets the sheets, whatever the screen shows", async () => {
  for (const [width, view] of [[360, "form"], [360, "text"], [768, "sheet"], [1920, ""]]) {
    const { page, close } = await open(width);
    if (view) await page.click(`.fill-tabs [data-view=${view}]`);
    const pdf = join(scratch, `${width}${view}.pdf`);
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    const size = Number(/共(\d+)页/.exec(await page.textContent("#wf-size"))[1]);
    assert.deepEqual(linesOf(pdf).map((lines) => lines[lines.length - 1].text), Array.from({ length: size }, (_, i) => `—${i + 1}—`), `${width} ${view}`);
    assert.match(execFileSync("pdfinfo", [pdf]).toString(), /Page size: +59\d\.\d+ x 84\d\.\d+ pts \(A4\)/);
    await close();
  }
});

test("nothing stands beyond the type area, at any scale", async () => {
  for (const width of [768, 1280, 1920]) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const { page, quiet } = await watched(context);
    for (const path of templates) {
      await page.goto(fileBase + path);
      await arrive(page);
      if (width < 1024) await page.click(".fill-tabs [data-view=sheet]");
      await page.click(".more summary");
      await page.click("[data-example][aria-pressed]");
      const over = await page.evaluate(() =>
        [...document.querySelectorAll("#wf-sheet .gw-area")].map((area) => {
          const bottoms = [...area.children].filter((c) => !c.matches(".gw-Foot")).map((c) => c.getBoundingClientRect().bottom);
          return (Math.max(...bottoms) - area.getBoundingClientRect().bottom) / parseFloat(getComputedStyle(area).fontSize);
        }),
      );
      for (const [i, ems] of over.entries()) assert.ok(ems < 0.2, `${path} at ${width}: page ${i + 1} stands ${ems.toFixed(2)} em over`);
    }
    quiet();
    await context.close();
  }
});

test("the items of a list in rows", async () => {
  const { path, id } = await templateWith("textarea[data-type=list]");
  const { page, close } = await open(1280, path);
  const value = () => page.evaluate((i) => document.getElementById(i).value, id);
  const row = (n) => `#${id}-${n}`;
  const rows = page.locator(`.field:has(#${id})`);
  await page.fill(row(1), "甲");
  await page.press(row(1), "Enter");
  await page.keyboard.type("乙");
  await rows.getByText("添加一项").click();
  await page.keyboard.type("丙");
  assert.equal(await value(), "甲\n乙\n丙");
  assert.match(await page.innerText("#wf-sheet"), /甲[^]*乙[^]*丙/);
  await rows.getByLabel("上移第3项").click();
  assert.equal(await value(), "甲\n丙\n乙");
  assert.equal(await page.evaluate(() => document.activeElement.value), "丙", "the cursor goes along");
  await rows.getByLabel("下移第1项").click();
  await rows.getByLabel("删除第3项").click();
  assert.equal(await value(), "丙\n甲");
  await page.waitForTimeout(1000);
  await page.reload();
  await arrive(page);
  assert.equal(await page.inputValue(row(2)), "甲");
  await close();
});

test("the number of a document, part by part", async () => {
  const { path, id } = await templateWith("input[data-pattern*=〔]");
  const { page, close } = await open(1280, path);
  const field = page.locator(`.field:has(#${id})`);
  await field.locator("summary").click();
  await field.getByLabel("机关代字").fill("安财");
  await field.getByLabel("年份").fill("2026");
  await field.getByLabel("序号").fill("008");
  assert.equal(await page.inputValue(`#${id}`), "安财〔2026〕8号");
  assert.match(await page.innerText("#wf-sheet"), /安财〔2026〕8号/);
  await close();
});

test("what is open is told first, and never hinders", async () => {
  const { page, close } = await open(1280);
  await page.click("[data-copy]");
  assert.match(await page.innerText("#wf-ask-open"), /还有\d+处未填，将保留【】标记/);
  await page.click("#wf-ask-open [data-no]");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.field), "发文机关", "to the first that is open");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("[data-docx]").then(() => page.click("#wf-ask-open [data-yes]")),
  ]);
  assert.match(download.suggestedFilename(), /【请示事项】.*\.docx$/);
  await close();
});

test("where no file can be made, the text stands ready", async () => {
  const { page, close } = await open(1280);
  await page.evaluate(() => (URL.createObjectURL = () => { throw new Error("refused"); }));
  await page.click("[data-docx]");
  await page.click("#wf-ask-open [data-yes]");
  await page.waitForSelector("#wf-manual[open]");
  assert.match(await page.inputValue("#wf-manual textarea"), /【请示事项】/);
  await close();
});

test("a preview that fails says so, and comes again", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(fileBase + kinds.template);
  await arrive(page);
  await page.evaluate(() => {
    window.fill = window.wenfang.filling.draft.filled;
    window.wenfang.filling.draft.filled = () => { throw new Error("broken"); };
  });
  await page.fill("[data-field=发文机关]", "安平市档案局");
  assert.match(await page.innerText("#wf-stale"), /预览没有更新，已填内容仍在。/);
  await page.evaluate(() => (window.wenfang.filling.draft.filled = window.fill));
  await page.click("#wf-stale button");
  assert.ok(!(await page.isVisible("#wf-stale")));
  assert.match(await page.innerText("#wf-sheet"), /安平市档案局文件/);
  await context.close();
});

test("what cannot be stands in the title, until it is put right", async () => {
  const { page, close } = await open(1280);
  const title = await page.title();
  await page.fill("[data-type=date]", "2026年2月30日");
  await page.click("[data-docx]");
  assert.equal(await page.title(), `有误：${title}`);
  await page.fill("[data-type=date]", "2026年2月28日");
  await page.click("[data-docx]");
  assert.equal(await page.title(), title);
  await close();
});

test("a page where nothing was typed since stores nothing over what came meanwhile", async () => {
  const { page, close } = await open(1280);
  const context = page.context();
  const kept = (p) => p.evaluate(() => Object.entries(localStorage).find(([key]) => key.includes(":fill:"))?.[1] ?? null);
  const other = await context.newPage();
  await other.goto(fileBase + kinds.template);
  await other.fill("[data-field] >> nth=0", "××县教育局");
  await other.close({ runBeforeUnload: true });
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes(":fill:")));
  const draft = await kept(page);
  await page.goto(`${fileBase}index.html`);
  assert.equal(await kept(page), draft, "the draft of another tab");
  await page.goto(fileBase + kinds.template);
  await page.fill("[data-field] >> nth=0", "××市教育局");
  await page.click("[data-open=wf-settings]");
  await page.click("#wf-settings [data-ask]");
  await page.click("dialog[open] [data-yes]");
  await page.waitForFunction(() => document.querySelector("#wf-settings [data-status]").textContent);
  await page.goto(`${fileBase}index.html`);
  assert.equal(await kept(page), null, "what the settings cleared");
  await close();
});

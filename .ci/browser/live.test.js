// The preview: an edit is on the screen at once, and nobody else's page is disturbed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { browser, program, repository, watched } from "./harness.js";

let served;
let url;
const site = mkdtempSync(join(tmpdir(), "wenfang-live-"));
const guide = join(site, "content", "guide", "siqing", "shangqing.md");
const template = join(site, "content", "templates", "qingshi.md");

before(async () => {
  for (const part of ["content", "layouts", "assets", "wenfang.yaml"]) cpSync(join(repository, part), join(site, part), { recursive: true });
  served = spawn(program, ["serve", "--addr", "127.0.0.1:0", "--site", site]);
  url = await new Promise((found, failed) => {
    served.stdout.on("data", (data) => /http:\S+/.test(data) && found(/http:\S+/.exec(data)[0]));
    served.on("exit", (code) => failed(new Error(`serve ended: ${code}`)));
  });
});
after(async () => {
  served.removeAllListeners("exit");
  served.kill("SIGINT");
  rmSync(site, { recursive: true, force: true });
});

const edit = (file, change) => writeFileSync(file, change(readFileSync(file, "utf8")));

test("the edited page changes, a half-filled form elsewhere stays", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 700 } });
  const form = await context.newPage();
  await form.goto(`${url}templates/qingshi.html`);
  await form.fill(".fill-form [data-field] >> nth=0", "××市××局");
  await form.fill(".fill-form [data-field] >> nth=2", "写到一半");
  await form.evaluate(() => {
    window.untouched = document.querySelector("#wf-sheet");
    window.scrollTo(0, 400);
  });
  const page = await context.newPage();
  await page.goto(`${url}guide/siqing/shangqing.html`);
  await page.evaluate(() => {
    window.same = true;
    window.scrollTo(0, 600);
    document.querySelector("details.answer").open = true;
  });
  edit(guide, (text) => `${text}\n\n刚刚加上的一句话。\n`);
  await page.waitForFunction(() => document.querySelector("main").innerText.includes("刚刚加上的一句话"));
  assert.ok(await page.evaluate(() => window.same), "the page was loaded anew");
  assert.equal(await page.evaluate(() => Math.round(window.scrollY)), 600);
  assert.ok(await page.evaluate(() => document.querySelector("details.answer").open), "an open fold was closed");
  assert.ok(await form.evaluate(() => window.untouched === document.querySelector("#wf-sheet")));
  assert.equal(await form.inputValue(".fill-form [data-field] >> nth=2"), "写到一半");
  assert.equal(await form.evaluate(() => Math.round(window.scrollY)), 400);
  await context.close();
});

test("the text of a template changes around what was typed into it", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 700 } });
  const { page, quiet } = await watched(context);
  await page.goto(`${url}templates/qingshi.html`);
  await page.fill(".fill-form [data-field] >> nth=0", "××市××局");
  await page.focus(".fill-form [data-field] >> nth=1");
  await page.keyboard.type("写到一半");
  edit(template, (text) => `${text}\n\n模板里加上的一句话。\n`);
  await page.waitForFunction(() => document.querySelector("main").innerText.includes("模板里加上的一句话"));
  await page.keyboard.type("，接着写");
  assert.equal(await page.inputValue(".fill-form [data-field] >> nth=0"), "××市××局");
  assert.equal(await page.inputValue(".fill-form [data-field] >> nth=1"), "写到一半，接着写");
  assert.match(await page.innerText("#wf-sheet"), /××市××局[^]*写到一半，接着写/);
  quiet();
  await context.close();
});

test("a style is swapped without a reload", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.goto(`${url}guide/siqing/shangqing.html`);
  await page.evaluate(() => (window.same = true));
  edit(join(site, "assets", "base", "type.css"), (text) => `${text}\nh1{letter-spacing:7px}\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
  assert.ok(await page.evaluate(() => window.same), "the page was loaded anew");
  assert.equal(await page.locator("link[rel=stylesheet][href*='site']").count(), 1, "the old style is gone");
  quiet();
  await context.close();
});

test("a changed layout reaches the open page", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.goto(`${url}guide/siqing/shangqing.html`);
  edit(join(site, "layouts", "partials", "footer.html"), (text) => text.replace("</footer>", "<p>改过的页脚</p></footer>"));
  await page.waitForFunction(() => document.querySelector("footer.foot").innerText.includes("改过的页脚"));
  quiet();
  await context.close();
});

test("a problem lies over the last good page until it is mended", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.goto(`${url}guide/siqing/shangqing.html`);
  await page.evaluate(() => (window.same = document.querySelector("h1")));
  edit(guide, (text) => `${text}\n\n[坏链接](no-such-page.md)<img src=x onerror=alert(1)>\n`);
  const overlay = page.locator("#wf-problems .box");
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /content\/guide\/siqing\/shangqing\.md:\d+:\d+/);
  assert.match(await overlay.innerText(), /no-such-page\.md/);
  assert.equal(await overlay.locator("img").count(), 0, "the source became markup");
  assert.ok(await page.evaluate(() => window.same === document.querySelector("h1")), "the page went away");
  edit(guide, (text) => text.replace(/\n\[坏链接\].*\n/, "\n"));
  await overlay.waitFor({ state: "hidden" });
  assert.ok(await page.evaluate(() => window.same === document.querySelector("h1")), "the page went away");
  quiet();
  await context.close();
});

test("twenty tabs load and hear of an edit", async () => {
  const context = await browser.newContext();
  const tabs = [];
  for (let i = 0; i < 20; i++) {
    const tab = await context.newPage();
    await tab.goto(`${url}guide/siqing/shangqing.html`);
    tabs.push(tab);
  }
  edit(guide, (text) => `${text}\n\n二十个标签页都看得到。\n`);
  for (const tab of tabs) await tab.waitForFunction(() => document.querySelector("main").innerText.includes("二十个标签页都看得到"));
  await context.close();
});

test("the open box finds what was just written on another page", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 700 } });
  const page = await context.newPage();
  await page.goto(`${url}index.html`);
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#wf-search[open]");
  await page.fill("#wf-search-q", "青蓝相接");
  await page.waitForFunction(() => document.querySelector("#wf-search-status")?.textContent?.includes("没有"));
  edit(guide, (text) => `${text}\n\n新人老人青蓝相接。\n`);
  await page.waitForFunction(() => /青蓝相接/.test(document.querySelector("#wf-search-list mark")?.textContent ?? ""));
  await context.close();
});

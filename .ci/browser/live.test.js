// The preview: an edit is on the screen at once, and nobody else's page is disturbed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, program, repository } from "./harness.js";

let browser;
let served;
let url;
const site = mkdtempSync(join(tmpdir(), "wenfang-live-"));
const guide = join(site, "content", "guide", "siqing", "shangqing.md");

before(async () => {
  for (const part of ["content", "wenfang.yaml"]) cpSync(join(repository, part), join(site, part), { recursive: true });
  browser = await launch();
  served = spawn(program, ["serve", "--addr", "127.0.0.1:0", "--site", site]);
  url = await new Promise((found, failed) => {
    served.stdout.on("data", (data) => /http:\S+/.test(data) && found(/http:\S+/.exec(data)[0]));
    served.on("exit", (code) => failed(new Error(`serve ended: ${code}`)));
  });
});
after(async () => {
  served.removeAllListeners("exit");
  served.kill("SIGINT");
  await browser.close();
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

test("a problem lies over the last good page until it is mended", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}guide/siqing/shangqing.html`);
  edit(guide, (text) => `${text}\n\n[坏链接](no-such-page.md)<img src=x onerror=alert(1)>\n`);
  await page.waitForSelector("#wf-problems .box");
  const overlay = await page.innerText("#wf-problems .box");
  assert.match(overlay, /content\/guide\/siqing\/shangqing\.md:\d+:\d+/);
  assert.match(overlay, /no-such-page\.md/);
  assert.match(await page.innerText("main"), /吃透上情/);
  edit(guide, (text) => text.replace(/\n\[坏链接\].*\n/, "\n"));
  await page.waitForSelector("#wf-problems .box", { state: "hidden" });
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

// A reader opens the handbook by a double click and from a sub-folder, finds a page, searches,
// and lands at the words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, fileBase, kinds, server, watched } from "./harness.js";

const answers = {};

for (const way of ["file", "http"]) {
  const base = () => (way === "file" ? fileBase : server.base);

  test(`from home to a guide to the words that were searched, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, requests, quiet } = await watched(context);
    await page.goto(`${base()}index.html`);
    await page.click("a[href='guide/siqing/index.html']");
    await page.click("main a[href$='shangqing.html']");
    await page.waitForLoadState();
    assert.match(await page.textContent("h1"), /吃透上情/);
    assert.deepEqual(requests.filter((r) => r.includes("/search/")), [], "the index is loaded before search is used");
    await page.keyboard.press("Control+k");
    await page.waitForSelector("#wf-search[open]");
    await page.keyboard.type("请示");
    await page.waitForSelector("#wf-search-list [role=option]");
    assert.equal(await page.getAttribute("#wf-search-q", "aria-activedescendant"), null, "nothing is selected by itself");
    await page.keyboard.press("ArrowDown");
    const target = await page.getAttribute("#wf-search-list [aria-selected=true]", "href");
    await Promise.all([page.waitForURL(/hl=/), page.keyboard.press("Enter")]);
    await page.waitForSelector("mark.hit");
    assert.match(await page.textContent("mark.hit.now"), /请示/);
    assert.ok(decodeURIComponent(page.url()).endsWith(decodeURIComponent(target.replace(/^(\.\.\/)+/, ""))));
    quiet();
    await context.close();
  });

  test(`the page of results, by ${way}`, async () => {
    const context = await browser.newContext();
    const { page, quiet } = await watched(context);
    await page.goto(`${base()}search.html?q=${encodeURIComponent("成文日期")}`);
    await page.waitForSelector("#wf-list li");
    const all = await page.locator("#wf-list li").count();
    assert.ok(all > 3);
    for (const text of await page.locator("#wf-list li").allTextContents()) assert.match(text, /[成文日期]/);
    const chosen = page.locator("#wf-facets a[aria-current]", { hasText: "(" });
    await page.focus("#wf-facets a >> nth=1");
    await page.keyboard.press("Enter");
    await chosen.waitFor();
    assert.match(await page.innerText("#wf-summary"), new RegExp(/\d+/.exec(await chosen.innerText())[0]));
    assert.ok(await chosen.evaluate((b) => b === document.activeElement), "the keyboard stays at the filter");
    await page.keyboard.press("Shift+Tab"); // to all kinds
    await page.keyboard.press("Enter");
    await chosen.waitFor({ state: "detached" });
    assert.equal(await page.locator("#wf-list li").count(), all);
    quiet();
    await context.close();
  });

  test(`the page API, by ${way}`, async () => {
    const context = await browser.newContext();
    const { page, quiet } = await watched(context);
    await page.goto(`${base()}${kinds.guide}`);
    answers[way] = await page.evaluate(async () => {
      await window.wenfang.ready;
      const out = {};
      for (const q of ["请示", "督办台账", "怎么写会议通知", "“成文日期”", "GB/T", "没有这个词组合"]) out[q] = await window.wenfang.search(q, { limit: 1000 });
      return out;
    });
    assert.ok(answers[way]["请示"].length > 10);
    assert.deepEqual(Object.keys(answers[way]["请示"][0]).sort(), ["anchor", "heading", "kind", "path", "score", "title", "url"]);
    quiet();
    await context.close();
  });
}

test("file:// and http give the same answers", () => assert.deepEqual(answers.file, answers.http));

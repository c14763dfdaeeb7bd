// A reader opens the handbook by a double click and from a sub-folder, finds a page, searches,
// and lands at the words.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { escaped, fileBase, kinds, launch, pages, serveFolder, watched } from "./harness.js";

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serveFolder();
});
after(async () => {
  await browser.close();
  server.close();
});

const answers = {};

for (const way of ["file", "http"]) {
  const base = () => (way === "file" ? fileBase : server.base);

  test(`from home to a guide to the words that were searched, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, requests, quiet } = await watched(context);
    await page.goto(`${base()}index.html`);
    await page.click("a[href='guide/siqing/index.html']");
    await page.click("main a[href$='shangqing.html']");
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
    await page.click("#wf-facets button");
    await page.waitForSelector("#wf-facets button[aria-pressed=true]");
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

test("every page is quiet, has one h1 and ids of its own", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
  });
  for (const path of pages) {
    await page.goto(fileBase + escaped(path));
    const found = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      return {
        violations: window.violations,
        headings: document.querySelectorAll("h1").length,
        twice: ids.filter((id, i) => ids.indexOf(id) !== i),
        styled: document.querySelectorAll("main [style]").length,
      };
    });
    if (!(await page.locator("meta[http-equiv=refresh]").count())) {
      assert.deepEqual({ path, ...found }, { path, violations: [], headings: 1, twice: [], styled: 0 });
    }
  }
  quiet();
  await context.close();
});

test("without script every kind reads and every menu is links", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  for (const [kind, path] of Object.entries(kinds)) {
    await page.goto(server.base + escaped(path));
    assert.ok((await page.innerText("main")).length > 20, kind);
    if (kind === "notfound") continue;
    await page.click("a[href='#wf-nav']");
    assert.ok(await page.locator("#wf-nav a").first().isVisible(), `${kind}: navigation`);
    assert.ok(await page.locator("form[role=search] input").first().isVisible(), `${kind}: search form`);
  }
  await page.goto(server.base + kinds.search);
  assert.ok((await page.locator(".book-index a").count()) > 50, "the index of all pages");
  await page.goto(server.base + kinds.template);
  assert.match(await page.innerText("#wf-sheet"), /【.+】/);
  await context.close();
});

test("no kind is wider than the screen", async () => {
  for (const width of [360, 768, 1280, 1920]) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const { page, quiet } = await watched(context);
    for (const [kind, path] of Object.entries(kinds)) {
      await page.goto(fileBase + escaped(path));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${kind} is ${over} px too wide at ${width}`);
    }
    quiet();
    await context.close();
  }
});

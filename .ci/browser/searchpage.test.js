// The page of results: what the address asks, filters and pages that are links, what is said when
// nothing is found or the index cannot be had.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, fileBase, server, watched } from "./harness.js";

const context = () => browser.newContext({ viewport: { width: 1280, height: 720 } });
const at = (base, query, hash = "") => `${base}search.html${query ? `?q=${encodeURIComponent(query)}` : ""}${hash}`;
const summary = (page) => page.textContent("#wf-summary");
const results = (page) => page.waitForSelector("#wf-list li");
const said = (page, text) => page.waitForFunction((t) => document.querySelector("#wf-summary")?.textContent?.includes(t), text);

for (const [way, base] of [["a double click", () => fileBase], ["http", () => server.base]]) {
  test(`filters and pages are links, and the address holds what they chose, by ${way}`, async () => {
    const own = await context();
    const { page, quiet } = await watched(own);
    await page.goto(at(base(), "通知"));
    await results(page);
    assert.equal(await page.textContent("h1"), "“通知”的搜索结果");
    assert.match(await page.title(), /^“通知”的搜索结果 - /);
    assert.equal(await page.locator("#wf-list li").count(), 20);
    assert.match((await summary(page)) ?? "", /第1页，共\d+页。$/);
    const first = await page.textContent("#wf-list li h2 a");

    await page.focus("#wf-pages a >> nth=1");
    await page.keyboard.press("Enter");
    await said(page, "第2页");
    assert.equal(await page.getAttribute("#wf-list", "start"), "21");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "wf-summary", "the next page begins at its summary");
    assert.equal(await page.getAttribute("#wf-pages [aria-current=page]", "aria-label"), "第2页");
    await page.goBack();
    await said(page, "第1页");
    assert.equal(await page.textContent("#wf-list li h2 a"), first, "back is back");

    const sample = page.locator("#wf-facets a", { hasText: "样稿 (" });
    const wanted = /\((\d+)\)/.exec((await sample.textContent()) ?? "")?.[1];
    await sample.focus();
    await page.keyboard.press("Enter");
    await said(page, `找到${wanted}条`);
    assert.ok(await page.evaluate(() => document.activeElement?.getAttribute("aria-current") === "true"), "the keyboard stays on the filter");
    const tag = page.locator("#wf-facets section >> nth=1").locator("a").nth(1);
    const both = /\((\d+)\)/.exec((await tag.textContent()) ?? "")?.[1];
    await tag.click();
    await said(page, `找到${both}条`);
    const kinds = await page.locator("#wf-list small").allTextContents();
    assert.ok(kinds.length === Math.min(20, Number(both)) && kinds.every((text) => text.startsWith("样稿 · ")), kinds.join(" | "));

    const address = page.url();
    await page.goto(`${base()}index.html`);
    await page.goto(address);
    await said(page, `找到${both}条`);
    await page.locator("#wf-facets section >> nth=0").locator("a").first().click();
    await page.locator("#wf-facets section >> nth=1").locator("a").first().click();
    await said(page, "第1页");
    quiet();
    await own.close();
  });
}

test("Tab goes from the field through the filters and the results to their pages", async () => {
  const own = await context();
  const { page, quiet } = await watched(own);
  await page.goto(at(fileBase, "通知"));
  await results(page);
  await page.focus("#wf-page-q");
  const places = ["form button", "#wf-exact", "#wf-facets a", "#wf-list a", "#wf-pages a"];
  const passed = [];
  for (let i = 0; i < 80 && passed.length < places.length; i++) {
    await page.keyboard.press("Tab");
    const { where, shown } = await page.evaluate((list) => {
      const now = document.activeElement;
      const box = now.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + 4, (box.top + box.bottom) / 2);
      return { where: list.find((s) => now.matches(s)), shown: now.contains(top) && getComputedStyle(now).outlineStyle !== "none" };
    }, places);
    assert.ok(where && shown, `a stop at ${where}, ${shown ? "in sight" : "out of sight"}`);
    if (passed[passed.length - 1] !== where) passed.push(where);
  }
  assert.deepEqual(passed, places);
  quiet();
  await own.close();
});

test("a fragment asks as a form does, and a new query leaves the filters", async () => {
  const own = await context();
  const { page, quiet } = await watched(own);
  await page.goto(at(fileBase, "", `#q=${encodeURIComponent("请示")}`));
  await results(page);
  assert.equal(await page.inputValue("#wf-page-q"), "请示");
  await page.evaluate(() => (location.hash = `#q=${encodeURIComponent("会议通知")}&kind=template&page=99`));
  await said(page, "找到");
  await page.waitForFunction(() => document.querySelector("h1").textContent.includes("会议通知"));
  assert.ok((await page.locator("#wf-list li").count()) > 0, "a page beyond the last one is the last one");
  await page.fill("#wf-page-q", "成文日期");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await results(page);
  assert.ok(!page.url().includes("kind="));
  await page.evaluate(() => (location.hash = "#q="));
  await said(page, "输入要找的内容");
  assert.equal(await page.textContent("h1"), "搜索");
  assert.ok(await page.isVisible(".book-index"));
  await page.goto(at(fileBase, "", "?q=%&"));
  await said(page, "没有找到“%”");
  quiet();
  await own.close();
});

test("exact words alone, and a way back where they are nowhere", async () => {
  const own = await context();
  const { page, quiet } = await watched(own);
  await page.goto(at(server.base, "请示的格式"));
  await results(page);
  const all = await summary(page);
  await page.check("#wf-exact");
  await page.waitForFunction((before) => document.querySelector("#wf-summary")?.textContent !== before, all);
  for (const text of await page.locator("#wf-list li").allTextContents()) assert.ok(text.includes("请示的格式"), text);
  await page.uncheck("#wf-exact");
  await page.waitForFunction((before) => document.querySelector("#wf-summary")?.textContent === before, all);
  await page.goto(at(server.base, "", `#q=${encodeURIComponent("huiyitongzhi")}&exact=1`));
  await page.reload();
  await said(page, "没有找到");
  assert.ok(await page.isChecked("#wf-exact"));
  await page.click("#wf-maybe a");
  await results(page);
  assert.ok(!(await page.isChecked("#wf-exact")));
  quiet();
  await own.close();
});

test("nothing found: what was probably meant, and the index of all pages", async () => {
  const own = await context();
  const { page, quiet } = await watched(own);
  await page.goto(at(fileBase, "座淡会"));
  await said(page, "没有找到“座淡会”");
  assert.ok(await page.isVisible(".book-index"));
  await page.click("#wf-maybe a >> text=座谈会");
  await results(page);
  assert.equal(await page.textContent("h1"), "“座谈会”的搜索结果");
  assert.equal(await page.textContent("#wf-maybe"), "");
  assert.ok(!(await page.isVisible(".book-index")));
  quiet();
  await own.close();
});

test("an index that cannot be had: one message, a way to try again, the index of all pages", async () => {
  for (const broken of [/\/search\/index\.js/, /\/assets\/search-/]) {
    const own = await context();
    const { page } = await watched(own, () => true);
    await page.route(broken, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(at(server.base, "请示"));
    await said(page, "索引没有加载成功");
    assert.equal(await page.locator("#wf-list li").count(), 0);
    assert.ok(await page.isVisible(".book-index"));
    await page.unroute(broken);
    await page.click("#wf-summary button");
    await results(page);
    assert.match((await summary(page)) ?? "", /^找到/);
    await own.close();
  }
});

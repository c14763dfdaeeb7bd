// What the search box holds beside results: the empty field, what was probably meant, where a
// result stands, its text on a wide screen; and the keys of the box one by one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, fileBase, server, watched } from "./harness.js";

/** Opens the box on the home page, from a double click. */
async function box(options = {}) {
  const own = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  const watch = await watched(own);
  await watch.page.goto(`${fileBase}index.html`);
  await open(watch.page);
  return { own, ...watch };
}

async function open(page) {
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#wf-search[open]");
}

/** Asks, and waits for what is said of it. */
async function search(page, query) {
  await page.evaluate(() => (document.querySelector("#wf-search-status").textContent = ""));
  await page.fill("#wf-search-q", query);
  await page.waitForFunction(() => /^(找到|没有)/.test(document.querySelector("#wf-search-status").textContent));
}

const more = (page) => page.textContent("#wf-search-more");

test("the empty field offers common tasks, and searches that led somewhere until they are cleared", async () => {
  const { own, page, quiet } = await box();
  await page.waitForSelector("#wf-search-more section");
  assert.match((await more(page)) ?? "", /^常用事项通知模板：召开会议.*按目录找$/);
  await page.keyboard.type("请示");
  await page.waitForSelector("#wf-search-list [role=option]");
  await page.keyboard.press("ArrowDown");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await open(page);
  await page.waitForFunction(() => document.querySelectorAll("#wf-search-more section").length === 2);
  assert.match((await more(page)) ?? "", /^最近搜索请示清除常用事项/);
  await page.click("#wf-search-more button >> text=请示");
  await page.waitForSelector("#wf-search-list [role=option]");
  assert.equal(await page.inputValue("#wf-search-q"), "请示");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "wf-search-q");
  await page.keyboard.press("Escape");
  await page.click("#wf-search-more button >> text=清除");
  await page.waitForFunction(() => document.querySelector("#wf-search-more")?.textContent?.startsWith("常用事项"));
  assert.equal(await page.evaluate(() => document.activeElement?.id), "wf-search-q", "the keyboard is not lost with the button");
  assert.ok(await page.evaluate(() => !JSON.stringify(window.localStorage).includes("请示")));
  await page.click("#wf-search-more a >> nth=1");
  await page.waitForURL(/templates\/qingshi\.html$/);
  quiet();
  await own.close();
});

test("where the browser keeps nothing there are no recent searches", async () => {
  const { own, page, quiet } = await box();
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("refused");
    };
  });
  await search(page, "请示");
  await page.evaluate(() => document.querySelector("#wf-search-list [role=option]").addEventListener("click", (e) => e.preventDefault()));
  await page.click("#wf-search-list [role=option] >> nth=0");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#wf-search-more section");
  assert.match((await more(page)) ?? "", /^常用事项/);
  quiet();
  await own.close();
});

test("what was probably meant is a link that asks it", async () => {
  const { own, page, quiet } = await box();
  for (const [typed, meant] of [["座淡会", "座谈会"], ["会通议知", "会议通知"], ["座座谈会", "座谈会"], ["督办账", "督办台账"], ["kind:glossary 通知模板", "通知模板"]]) {
    await search(page, typed);
    await page.waitForSelector(".search-maybe a");
    assert.match((await page.textContent(".search-maybe")) ?? "", /^您是不是要找：/);
    const texts = await page.locator(".search-maybe a").allTextContents();
    assert.ok(texts.includes(meant), `${typed}: ${texts.join(" ")}`);
    assert.ok((await page.getAttribute(".search-maybe a", "href"))?.includes("search.html?q="));
    await page.click(`.search-maybe a >> text="${meant}"`);
    await page.waitForSelector("#wf-search-list [role=option]");
    assert.equal(await page.inputValue("#wf-search-q"), meant);
    assert.match((await page.textContent("#wf-search-status")) ?? "", /^找到/);
    assert.equal(await page.locator(".search-maybe").count(), 0, "what is found needs no other words");
  }
  quiet();
  await own.close();
});

test("an option says title, place and words; a marked title is whole", async () => {
  const { own, page, quiet } = await box();
  await search(page, "吃透上情");
  const option = page.locator("#wf-search-list [role=option]").first();
  await option.locator("small:not([hidden])").waitFor();
  assert.equal(await option.locator("small").textContent(), "做好办公室工作 › 通晓四情");
  assert.match((await option.locator("b").textContent()) ?? "", /^吃透上情/);
  assert.equal(await option.locator("b mark").first().textContent(), "吃透上情");
  quiet();
  await own.close();
});

test("a wide screen shows the text beside the list, for the eye alone", async () => {
  const { own, page, quiet } = await box({ viewport: { width: 1920, height: 1080 } });
  const pane = page.locator("#wf-search-preview");
  assert.ok(!(await pane.isVisible()), "nothing is looked at yet");
  await search(page, "成文日期");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const option = page.locator("#wf-search-list [aria-selected=true]");
  const heading = (await option.locator("b").textContent())?.split(" › ").pop();
  assert.equal(await pane.locator(".search-preview-name").textContent(), heading);
  assert.ok(await pane.locator("mark >> nth=1").isVisible());
  await page.hover("#wf-search-list [role=option] >> nth=2");
  const hovered = (await page.textContent("#wf-search-list [role=option] >> nth=2 >> b"))?.split(" › ").pop();
  assert.equal(await pane.locator(".search-preview-name").textContent(), hovered);
  assert.equal(await pane.getAttribute("aria-hidden"), "true");
  await page.focus("#wf-search-q");
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    assert.ok(!(await page.evaluate(() => document.querySelector("#wf-search-preview").contains(document.activeElement))), "Tab passes by the pane");
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await pane.waitFor({ state: "hidden" });
  quiet();
  await own.close();
});

test("the keys of the box", async () => {
  const { own, page, quiet } = await box();
  const active = () => page.getAttribute("#wf-search-q", "aria-activedescendant");
  assert.equal(await page.getAttribute("#wf-search-q", "aria-expanded"), "false");
  await search(page, "请示");
  assert.equal(await active(), null, "nothing is chosen by itself");
  assert.equal(await page.getAttribute("#wf-search-q", "aria-expanded"), "true");
  await page.keyboard.press("ArrowUp");
  assert.ok(await active(), "up goes to the last one by way of none");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.querySelector("#wf-search-list").children.length > 0);
  await page.keyboard.press("Home");
  await page.keyboard.type("写");
  assert.equal(await page.inputValue("#wf-search-q"), "写请示", "Home and End belong to the text");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-close]")));
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#wf-search-q"), "", "Escape empties the field from anywhere in the box");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "wf-search-q");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#wf-search", { state: "hidden" });

  await page.focus("[data-search-open].find-open");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#wf-search[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#wf-search", { state: "hidden" });
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".find-open")), "the focus returns");

  await open(page);
  await search(page, "请示");
  await page.keyboard.press("ArrowDown");
  const [tab] = await Promise.all([own.waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await tab.waitForURL(/hl=/);
  await tab.close();
  assert.ok(page.url().endsWith("index.html"), "this tab stays");
  await page.keyboard.press("ArrowUp");
  assert.equal(await active(), null);
  const [all] = await Promise.all([own.waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await all.waitForURL(/search\.html\?q=/);
  await all.close();
  await Promise.all([page.waitForURL(/search\.html\?q=%E8%AF%B7%E7%A4%BA$/), page.keyboard.press("Enter")]);
  await page.waitForSelector("#wf-list li");
  quiet();
  await own.close();
});

test("the box is open before its engine came; where that does not come, the page stays and it is tried again", async () => {
  const own = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const { page, requests, quiet } = await watched(own, (url) => /\/search-\w+\.js/.test(url));
  let answer = (route) => route.abort();
  await page.route(/\/search-\w+\.js/, (route) => answer(route));
  await page.goto(`${server.base}index.html`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("请示");
  await page.waitForSelector("#wf-search-more button");
  assert.match((await more(page)) ?? "", /按目录找$/);
  assert.match(page.url(), /index\.html$/);
  let arrive = () => {};
  answer = (route) => (arrive = () => route.continue());
  await page.click("#wf-search-more button");
  await page.keyboard.type("请示模板");
  assert.equal(await page.inputValue("#wf-search-q"), "请示模板");
  while (requests.filter((url) => /\/search-\w+\.js/.test(url)).length < 2) await page.waitForTimeout(20);
  await page.waitForTimeout(50);
  arrive();
  await page.waitForSelector("#wf-search-list [role=option]");
  assert.equal(await page.inputValue("#wf-search-q"), "请示模板");
  assert.equal(await page.evaluate(() => document.querySelectorAll("head script[src*='search-']").length), 0);
  quiet();
  await own.close();
});

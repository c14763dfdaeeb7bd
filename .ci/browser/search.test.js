// Search as a person uses it: the box by the keyboard and with an input method, what it says and
// how often, what is marked where a result leads, and what happens when the index cannot be had.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, fileBase, server, watched } from "./harness.js";

const context = () => browser.newContext({ viewport: { width: 1280, height: 720 } });

/** Opens the box on the home page. */
async function box(base, where, mayFail) {
  const watch = await watched(where, mayFail);
  await watch.page.goto(`${base}index.html`);
  await watch.page.keyboard.press("Control+k");
  await watch.page.waitForSelector("#wf-search[open]");
  return watch;
}

const status = (page) => page.textContent("#wf-search-status");
const options = (page) => page.locator("#wf-search-list [role=option]");
const searched = (page) => page.waitForSelector("#wf-search-list [role=option]");

for (const [way, base] of [["a double click", () => fileBase], ["http", () => server.base]]) {
  test(`keyboard alone leads to the words and past them, by ${way}`, async () => {
    const own = await context();
    const { page, quiet } = await box(base(), own);
    await page.keyboard.type("成文日期");
    await searched(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "wf-search-q");
    const seen = new Set();
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press("ArrowDown");
      await page.waitForSelector("#wf-search-list [aria-selected=true]");
      seen.add(await page.getAttribute("#wf-search-q", "aria-activedescendant"));
    }
    assert.ok(seen.size > 6, "the further results come with the arrows");
    while (await page.getAttribute("#wf-search-q", "aria-activedescendant")) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    assert.equal(await options(page).first().getAttribute("aria-selected"), "true");
    await page.keyboard.press("Enter");
    await page.waitForSelector("mark.hit.now");
    assert.ok((await page.textContent("mark.hit.now"))?.match(/成文|日期/));
    const bar = page.locator(".hits");
    const before = await bar.locator("[role=status]").textContent();
    await bar.locator("button").nth(1).click();
    const n = await page.locator("mark.hit").count();
    if (n > 1) assert.notEqual(await bar.locator("[role=status]").textContent(), before);
    await bar.locator("button").nth(2).click();
    assert.equal(await page.locator("mark.hit").count(), 0);
    quiet();
    await own.close();
  });

  test(`pinyin, initials, a wrong character and traditional ones find the same page, by ${way}`, async () => {
    const own = await context();
    const { page, quiet } = await box(base(), own);
    for (const [typed, notice] of [
      ["huiyitongzhi", "会议通知"], ["hytz", "会议通知"], ["会仪通知", "会议通知"], ["會議通知", ""], ["huiyitongz", "会议通知"],
    ]) {
      await page.fill("#wf-search-q", typed);
      await page.waitForFunction((w) => document.querySelector("#wf-search-status")?.textContent?.includes(w || "找到"), notice);
      assert.ok((await options(page).first().textContent())?.includes("会议通知"), typed);
      const said = await status(page);
      if (notice) assert.ok(said?.startsWith(`没有“${typed}”，已显示“${notice}”。`), said ?? "");
      else assert.ok(!said?.includes("已显示"), said ?? "");
      await page.fill("#wf-search-q", "");
      await page.waitForFunction(() => document.querySelectorAll("#wf-search-list [role=option]").length === 0);
    }
    quiet();
    await own.close();
  });
}

test("an input method composes in peace, and what it commits is searched", async () => {
  const own = await context();
  const { page, quiet } = await box(server.base, own);
  const client = await own.newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "qing'shi", selectionStart: 8, selectionEnd: 8 });
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(400);
  assert.equal(await options(page).count(), 0, "letters that are being composed are no query");
  await client.send("Input.insertText", { text: "请示" });
  await searched(page);
  assert.equal(await page.inputValue("#wf-search-q"), "请示");
  quiet();
  await own.close();
});

test("keys of an input method open nothing and choose nothing", async () => {
  const own = await context();
  const { page, quiet } = await box(server.base, own);
  await page.keyboard.type("请示");
  await searched(page);
  await page.evaluate(() => {
    const input = document.querySelector("#wf-search-q");
    for (const key of ["ArrowDown", "Enter", "Escape"]) {
      input?.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    }
  });
  assert.equal(await page.getAttribute("#wf-search-q", "aria-activedescendant"), null);
  assert.ok(page.url().endsWith("index.html"));
  assert.equal(await page.inputValue("#wf-search-q"), "请示", "its Escape empties nothing");
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#wf-search-q"), "", "the first Escape clears");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#wf-search", { state: "hidden" });
  quiet();
  await own.close();
});

test("a set of results is announced once, when the typing rests", async () => {
  const own = await context();
  const { page, quiet } = await box(server.base, own);
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) if (target instanceof Element && target.matches(".live") && target.textContent) window.said.push(target.textContent);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.keyboard.type("请示报告", { delay: 60 });
  await searched(page);
  await page.waitForFunction(() => window.said.length > 0);
  await page.waitForTimeout(1200);
  const said = await page.evaluate(() => window.said);
  assert.equal(said.length, 1, said.join(" | "));
  assert.match(said[0], /^找到\d+条/, "it says nothing of parts where the words stand");
  // What lies outside an open dialog is silent, and so the words stand inside.
  const client = await own.newCDPSession(page);
  const { result } = await client.send("Runtime.evaluate", { expression: "[...document.querySelectorAll('.live')].find((e) => e.textContent)" });
  const { nodes } = await client.send("Accessibility.getPartialAXTree", { objectId: result.objectId, fetchRelatives: false });
  assert.equal(nodes[0].ignored, false);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(900);
  assert.equal(await page.evaluate(() => window.said.length), 1, "going through the list says nothing of its length again");
  await page.fill("#wf-search-q", "座淡会");
  await page.waitForFunction(() => window.said.length > 1);
  assert.equal(await page.evaluate(() => window.said[1]), "没有找到“座淡会”。可减少字数，或按拼音首字母试试。您是不是要找：座谈会");
  quiet();
  await own.close();
});

/** Ways in which a file of the index fails to come. */
const FAULTS = {
  "is missing": (route) => route.fulfill({ status: 404, body: "" }),
  "is cut short": async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ contentType: "text/javascript", body: body.slice(0, body.length / 2) });
  },
  "holds something else": async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ contentType: "text/javascript", body: body.replace(/.(?="\);\n$)/, "~~") });
  },
  "is a page": (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>登录</title>" }),
  "never arrives": () => {},
};

for (const [what, fault] of Object.entries(FAULTS)) {
  for (const part of ["index", "shard"]) {
    test(`a file of the index ${what} (${part}): one message, and a way to try again`, async () => {
      const own = await context();
      const { page } = await box(server.base, own, () => true);
      const wanted = (url) => url.pathname.includes("/search/") && url.pathname.endsWith("/index.js") === (part === "index");
      await page.route(wanted, fault);
      await page.keyboard.type("请示");
      await page.waitForFunction(() => document.querySelector("#wf-search-status")?.textContent?.includes("索引没有加载成功"), null, { timeout: 30_000 });
      assert.equal(await options(page).count(), 0, "a result of a broken index");
      await page.unroute(wanted);
      await page.click("#wf-search-more button");
      await searched(page);
      assert.match((await status(page)) ?? "", /^找到/);
      await own.close();
    });
  }
}

test("from a double click too a file that is missing gives one message, and no result", async () => {
  for (const part of [/search\/index\.js/, /search\/[0-9a-v]{10}\.js/]) {
    const own = await context();
    const { page } = await watched(own, () => true);
    await page.route(part, (route) => route.abort()); // before the page: files are seen from then on
    await page.goto(`${fileBase}index.html`);
    await page.keyboard.press("Control+k");
    await page.waitForSelector("#wf-search[open]");
    await page.keyboard.type("请示");
    await page.waitForFunction(() => document.querySelector("#wf-search-status")?.textContent?.includes("索引没有加载成功"));
    assert.equal(await options(page).count(), 0);
    await page.unroute(part);
    await page.click("#wf-search-more button");
    await searched(page);
    await own.close();
  }
});

test("what the box shows beside results may be missing, or never arrive", async () => {
  for (const fault of [FAULTS["is missing"], FAULTS["is a page"], FAULTS["never arrives"]]) {
    const own = await context();
    const { page } = await watched(own, () => true);
    await page.route(/search\/site\.js/, fault);
    await page.goto(`${server.base}index.html`);
    await page.keyboard.press("Control+k");
    await page.waitForSelector("#wf-search[open]");
    assert.equal(await page.textContent("#wf-search-more"), "按目录找");
    await page.keyboard.type("吃透上情");
    await searched(page);
    assert.match((await status(page)) ?? "", /^找到/);
    assert.ok(!(await page.isVisible("#wf-search-list [role=option] small")), "no place that is not known");
    await own.close();
  }
});

test("an index of another build says once that the site was updated", async () => {
  const own = await context();
  const { page } = await watched(own, () => true);
  await page.goto(`${server.base}index.html`);
  const build = await page.getAttribute("html", "data-build");
  await page.evaluate(() => (document.documentElement.dataset.build = "an older one"));
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#wf-search[open]");
  await page.keyboard.type("请示");
  await page.waitForFunction(() => document.querySelector("#wf-search-status")?.textContent?.includes("网站已更新"));
  assert.equal(await options(page).count(), 0);
  const told = () => page.evaluate(() => [...document.querySelectorAll(".live")].map((e) => e.textContent).join(""));
  await page.waitForFunction(() => [...document.querySelectorAll(".live")].some((e) => e.textContent.includes("网站已更新")));
  await page.evaluate(() => document.querySelectorAll(".live").forEach((e) => (e.textContent = "")));
  await page.keyboard.type("报告");
  await page.waitForTimeout(1200);
  assert.equal(await told(), "", "it is said again with every key");
  await page.evaluate((build) => (document.documentElement.dataset.build = build), build);
  await page.fill("#wf-search-q", "请示");
  await searched(page);
  await own.close();
});

test("a tab that opened its index before the site was published anew still finds", async () => {
  const own = await context();
  const { page } = await box(server.base, own, () => true);
  await page.keyboard.type("请示");
  await searched(page);
  // The files that the tab knows are gone; those of the new index are there under other names.
  let renamed = false;
  await page.route((url) => url.pathname.includes("/search/") && !url.search, (route) => {
    renamed = true;
    return route.fulfill({ status: 404, body: "" });
  });
  await page.fill("#wf-search-q", "督办台账");
  await page.waitForFunction(() => /督办/.test(document.querySelector("#wf-search-list")?.textContent ?? ""));
  assert.ok(renamed);
  await own.close();
});

// The gallery of templates: facets are pages without script and filter at once with it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { arrive, browser, escaped, fileBase, kinds, pages, server, watched } from "./harness.js";

const gallery = "templates/index.html";
const shown = ".gallery .cards>.card:not([hidden])";

for (const [way, base] of Object.entries({ http: () => server.base, file: () => fileBase })) {
  test(`choosing filters, counts, and stands in the address, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, quiet } = await watched(context);
    await page.goto(base() + gallery);
    const all = await page.locator(shown).count();
    assert.ok(all > 3);
    assert.equal(await page.innerText("#wf-count"), `共${all}个模板`);
    await page.getByLabel(/^上行/).check();
    const up = await page.locator(shown).count();
    assert.ok(up > 0 && up < all);
    assert.ok((await page.locator(shown).evaluateAll((cards) => cards.map((c) => c.dataset.direction))).every((d) => d === "上行"));
    assert.match(await page.evaluate(() => [...document.querySelectorAll(".live")].map((l) => l.textContent).join("")), new RegExp(`共${up}个模板`));
    assert.equal(await page.evaluate(() => decodeURIComponent(location.hash)), "#行文方向=上行");
    assert.match(await page.locator("label", { hasText: "通知" }).first().innerText(), /\(0\)/, "a value that would leave nothing says so");
    await page.reload();
    assert.equal(await page.locator(shown).count(), up);
    await page.getByLabel("移除上行").click();
    assert.equal(await page.locator(shown).count(), all);
    quiet();
    await context.close();
  });
}

test("cards stand as the handbook has them, by pinyin, or those used last first", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  const titles = () => page.locator(`${shown} h2`).allInnerTexts();
  await page.goto(fileBase + gallery);
  const common = await titles();
  assert.deepEqual(await page.locator("#wf-sort option").allInnerTexts(), ["常用在前", "按拼音"], "nothing was used yet");
  await page.selectOption("#wf-sort", "sound");
  const firsts = (await titles()).map((title) => title[0]).join("").replace(/(.)\1+/g, "$1");
  assert.match(firsts, /^[^报]*报[^报]*函[^请]*[介接]+[^请]*请[^通]*通[^议]*议[^议]*$/u);
  for (const path of ["templates/han.html", kinds.template]) {
    await page.goto(fileBase + path);
    await arrive(page);
    await page.fill("[data-field=发文机关]", "××局");
  }
  await page.goto(fileBase + gallery);
  assert.equal(await page.inputValue("#wf-sort"), "sound", "the order is remembered");
  await page.selectOption("#wf-sort", "recent");
  const hrefs = await page.locator(`${shown} h2 a`).evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  assert.deepEqual(hrefs.slice(0, 2), ["qingshi.html", "han.html"]);
  const recent = await titles();
  assert.deepEqual(recent.slice(2), common.filter((title) => !recent.slice(0, 2).includes(title)), "the rest as it stood");
  quiet();
  await context.close();
});

test("a choice that leaves nothing shows the way out", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const { page, quiet } = await watched(context);
  await page.goto(`${fileBase}${gallery}#文种=通知&行文方向=上行`);
  assert.equal(await page.innerText("#wf-count"), "没有同时符合的模板。");
  assert.equal(await page.innerText(".facets-box>summary"), "筛选 · 已选2");
  assert.match(await page.innerText(".gallery-chips"), /去掉“.+”还有\d+个/);
  await page.getByRole("button", { name: "全部清除" }).click();
  assert.ok((await page.locator(shown).count()) > 3);
  quiet();
  await context.close();
});

test("without script every value is a page, and its count is true", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(fileBase + gallery);
  const values = await page.locator(".facet li").evaluateAll((items) => items.map((i) => [i.querySelector("a").getAttribute("href"), Number(i.querySelector(".count").textContent)]));
  assert.ok(values.length > 5);
  assert.equal(values.length, pages.filter((p) => p.startsWith("facets/")).length);
  for (const [href, count] of values) {
    await page.goto(new URL(href, fileBase + gallery).href);
    assert.equal(await page.locator(".gallery .cards>.card").count(), count, href);
    assert.equal(await page.locator(".facet [aria-current=page]").count(), 1, href);
  }
  await page.click(".gallery .card h2 a");
  assert.ok(await page.isVisible("#wf-sheet"));
  await context.close();
});

test("axe finds nothing", async () => {
  const { readFileSync } = await import("node:fs");
  const { createRequire } = await import("node:module");
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const facet = pages.find((p) => p.startsWith("facets/"));
  for (const theme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      await page.addInitScript((t) => window.localStorage.setItem("wenfang:set:theme", t), theme);
      for (const path of [gallery, `${gallery}#文种=通知&行文方向=上行`, escaped(facet)]) {
        await page.goto(fileBase + path);
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`), [], `${path} ${theme} ${width}`);
      }
      await context.close();
    }
  }
});

test("templates used last are no searches, and clearing the searches leaves them", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + kinds.template);
  await arrive(page);
  await page.fill("[data-field] >> nth=0", "××县教育局");
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#wf-search-more section");
  assert.doesNotMatch(await page.innerText("#wf-search-more"), /最近搜索/);
  await page.fill("#wf-search-q", "请示");
  await page.evaluate(() => document.querySelector("#wf-search form").addEventListener("submit", (e) => e.preventDefault()));
  await page.keyboard.press("Enter");
  await page.fill("#wf-search-q", "");
  await page.click("#wf-search-more button >> text=清除");
  const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => /:(used|recent)$/.test(key)));
  assert.deepEqual(kept.map(([key, value]) => [key.split(":").pop(), value]), [["used", JSON.stringify([kinds.template])]]);
  quiet();
  await context.close();
});

// axe-core finds nothing on any kind of page, light and dark, narrow and wide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { arrive, browser, escaped, fileBase, kinds } from "./harness.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The search box and the page of results in all their states; ends with the box open over a guide. */
async function searchStates(page, check) {
  const results = `${fileBase}search.html?q=`;
  await page.goto(results + encodeURIComponent("通知"));
  await page.click("#wf-facets a >> nth=1");
  await page.waitForFunction(() => document.querySelectorAll("#wf-facets a")[1]?.getAttribute("aria-current"));
  await check("results by kind");
  await page.goto(results + encodeURIComponent("座淡会"));
  await page.waitForSelector("#wf-maybe a");
  await check("no results");
  await page.route(/search\/index\.js/, (route) => route.abort());
  await page.reload();
  await page.waitForSelector("#wf-summary button");
  await check("results that failed");
  await page.goto(fileBase + kinds.guide);
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#wf-search[open]");
  await page.waitForSelector("#wf-search-more section");
  await check("empty box");
  await page.keyboard.type("请示");
  await page.waitForSelector("#wf-search-more button");
  await check("box that failed");
  await page.unroute(/search\/index\.js/);
  await page.click("#wf-search-more button");
  await page.waitForSelector("#wf-search-list [role=option]");
  await check("search box");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.querySelector("#wf-search-q").getAttribute("aria-activedescendant"));
  await check("search box with an active option");
  await page.evaluate(() => document.querySelector("#wf-search-list").addEventListener("click", (e) => e.preventDefault()));
  await page.keyboard.press("Enter");
  await page.fill("#wf-search-q", "座淡会");
  await page.waitForSelector(".search-maybe");
  await check("box that found nothing");
  await page.fill("#wf-search-q", "");
  await page.waitForFunction(() => document.querySelectorAll("#wf-search-more section").length === 2);
  await check("empty box with recent searches");
  await page.fill("#wf-search-q", "请示");
  await page.waitForSelector("#wf-search-list [role=option]");
}

for (const theme of ["light", "dark"]) {
  for (const width of [360, 1280, 1920]) {
    test(`${theme}, ${width} px`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      await page.addInitScript((t) => window.localStorage.setItem("wenfang:set:theme", t), theme);
      const check = async (/** @type {string} */ name) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const found = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
        assert.deepEqual(found, [], name);
      };
      for (const [kind, path] of Object.entries(kinds)) {
        await page.goto(fileBase + escaped(path) + (kind === "search" ? `?q=${encodeURIComponent("请示")}` : ""));
        if (kind === "search") await page.waitForSelector("#wf-list li");
        if (kind === "template") await arrive(page);
        await check(kind);
      }
      await searchStates(page, check);
      await page.keyboard.press("Escape"); // empties the field
      await page.keyboard.press("Escape"); // closes
      await page.click("[data-open=wf-settings]");
      await page.click("[data-ask=wf-ask-forget]");
      await page.waitForSelector("#wf-ask-forget", { state: "visible" });
      await check("settings");
      await page.keyboard.press("Escape");
      if (width < 1024) {
        await page.click("[data-drawer]");
        await page.waitForSelector("#wf-drawer[open]");
        await check("drawer");
      }
      await page.goto(fileBase + kinds.guide);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await check("opened answers");
      await page.goto(fileBase + kinds.template);
      await arrive(page);
      await page.fill("[data-type=date]", "2026年2月30日");
      await page.focus("[data-copy]");
      await page.click("[data-copy]");
      await page.waitForSelector("#wf-errors", { state: "visible" });
      await check("a form with errors");
      await page.goto(`${fileBase}check.html`);
      await page.click("[data-example]");
      await page.waitForSelector("#wf-findings li", { state: "attached" });
      await check("a draft with findings");
      if (width < 768) await page.click("[data-tab=findings]");
      await page.click("#wf-findings [data-do=ignore] >> nth=0");
      await check("the findings");
      await page.setViewportSize({ width: 1920, height: 1000 });
      await check("the rule beside them");
      await context.close();
    });
  }
}

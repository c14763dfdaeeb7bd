// axe-core finds nothing on any kind of page, light and dark, narrow and wide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { arrive, browser, escaped, fileBase, kinds } from "./harness.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const theme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
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
      await page.goto(fileBase + kinds.guide);
      await page.keyboard.press("Control+k");
      await page.waitForSelector("#wf-search[open]");
      await page.keyboard.type("请示");
      await page.waitForSelector("#wf-search-list [role=option]");
      await check("search box");
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
      await context.close();
    });
  }
}

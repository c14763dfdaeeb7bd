// axe-core finds nothing on any kind of page, light and dark, narrow and wide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { escaped, fileBase, kinds, launch } from "./harness.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const theme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`${theme}, ${width} px`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: true });
      const page = await context.newPage();
      const check = async (/** @type {string} */ name) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const found = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
        assert.deepEqual(found, [], name);
      };
      for (const [kind, path] of Object.entries(kinds)) {
        await page.goto(fileBase + escaped(path) + (kind === "search" ? `?q=${encodeURIComponent("请示")}` : ""));
        if (kind === "search") await page.waitForSelector("#wf-list li");
        await check(kind);
      }
      await page.goto(fileBase + kinds.guide);
      await page.keyboard.press("Control+k");
      await page.waitForSelector("#wf-search[open]");
      await page.keyboard.type("请示");
      await page.waitForSelector("#wf-search-list [role=option]");
      await check("search box");
      await context.close();
    });
  }
}

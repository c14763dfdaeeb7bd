// Every page of the handbook keeps its own policy, asks no other host for anything, and is
// sound HTML: one h1, ids of its own, links that lead somewhere.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, escaped, fileBase, isIcon, pages, server, watched } from "./harness.js";

/** What is wrong with the open page. */
function faults() {
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const known = new Set(ids);
  const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content") ?? "";
  const named = ["aria-labelledby", "aria-describedby", "aria-controls", "for"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].flatMap((e) => (e.getAttribute(name) ?? "").split(" ")),
  );
  const local = [...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.getAttribute("href").slice(1)));
  return {
    h1: document.querySelectorAll("h1").length,
    twice: ids.filter((id, i) => ids.indexOf(id) !== i),
    unknown: [...named, ...local].filter((id) => id !== "" && !known.has(id)),
    // The sheets of a template are drawn by script, their lengths set through the CSSOM.
    inline: [...document.querySelectorAll("main [style], script:not([src]), [onclick]")].filter((e) => !e.closest(".sheet.paged")).length,
    open: /unsafe-|\*|https?:/.test(policy) || !policy.includes("default-src 'none'"),
  };
}

for (const way of ["file", "http"]) {
  test(`every page by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, quiet } = await watched(context, isIcon);
    for (const path of pages) {
      await page.goto((way === "file" ? fileBase : server.base) + escaped(path));
      assert.deepEqual(await page.evaluate(faults), { h1: 1, twice: [], unknown: [], inline: 0, open: false }, path);
      quiet(path);
    }
    await context.close();
  });
}

// From a telephone to a wide desk: no page is wider than its screen, and the drawer works by
// keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";

import { arrive, browser, escaped, fileBase, kinds, watched } from "./harness.js";

/** What reaches beyond the right edge though nothing scrolls or clips it. */
function beyond() {
  if (document.documentElement.scrollWidth <= window.innerWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5)
    .map((e) => e.outerHTML.slice(0, 100));
}

for (const width of [320, 360, 768, 1024, 1280, 1920]) {
  test(`no kind is wider than ${width} px`, async () => {
    for (const size of ["", "huge"]) {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      const { page, quiet } = await watched(context);
      await page.addInitScript((s) => s && window.localStorage.setItem("wenfang:set:size", s), size);
      for (const [kind, path] of Object.entries(kinds)) {
        await page.goto(fileBase + escaped(path) + (kind === "search" ? `?q=${encodeURIComponent("请示")}` : ""));
        if (kind === "search") await page.waitForSelector("#wf-list li");
        if (kind === "template") await arrive(page);
        assert.deepEqual(await page.evaluate(beyond), [], `${kind} ${size}`);
      }
      quiet();
      await context.close();
    }
  });
}

test("the drawer opens, leads on and closes by keyboard", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + kinds.guide);
  const focused = (selector) => page.evaluate((s) => document.activeElement?.matches(s), selector);
  for (const key of ["Enter", " "]) {
    await page.focus("[data-drawer]");
    await page.keyboard.press(key);
    await page.waitForSelector("#wf-drawer[open]");
    assert.ok(await page.locator("#wf-drawer #wf-nav a").first().isVisible());
    assert.ok(await page.evaluate(() => document.querySelector("#wf-drawer").contains(document.activeElement)), "focus is in the drawer");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Tab");
    assert.ok(await focused("#wf-drawer *"), "Tab stays in the drawer");
    await page.keyboard.press("Escape");
    await page.waitForSelector("#wf-drawer[open]", { state: "detached" });
    assert.ok(await focused("[data-drawer]"), "focus comes back");
  }
  await page.keyboard.press("Enter");
  await page.focus("#wf-drawer a[href$='xiaqing.html']");
  await Promise.all([page.waitForURL(/xiaqing\.html/), page.keyboard.press("Enter")]);
  assert.match(await page.textContent("h1"), /下情/);
  quiet();
  await context.close();
});

test("the settings open and close by keyboard, and a theme stays", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + kinds.guide);
  await page.focus("[data-open=wf-settings]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#wf-settings[open]");
  await page.check("#wf-settings input[name=theme][value=dark]");
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-open=wf-settings]")), "focus comes back");
  await page.goto(fileBase + kinds.template);
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  quiet();
  await context.close();
});

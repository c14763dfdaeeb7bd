// A sample: from note to note, by type, without notes, and to its template.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, fileBase, kinds, watched } from "./harness.js";

test("notes one after the other, of the types that are shown", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, requests, quiet } = await watched(context);
  await page.goto(fileBase + kinds.sample);
  const ids = await page.locator(".note").evaluateAll((notes) => notes.map((note) => note.id));
  assert.ok(ids.length > 2);
  const focused = () => page.evaluate(() => document.activeElement.id);
  const seen = [];
  for (let i = 0; i <= ids.length; i++) {
    await page.click("[data-step='1']");
    seen.push(await focused());
  }
  assert.deepEqual(seen, [...ids, ids[0]], "from the last to the first");
  assert.ok(await page.locator(`mark:has(a[href="#${ids[0]}"])`).evaluate((mark) => mark.classList.contains("on")), "its words are marked");
  await page.click("[data-step='-1']");
  assert.equal(await focused(), ids[ids.length - 1]);
  const boxes = page.locator("#wf-filters input");
  const types = await boxes.evaluateAll((inputs) => inputs.map((input) => input.value));
  for (let i = 1; i < types.length; i++) await boxes.nth(i).uncheck();
  await page.click("[data-step='1']");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.type), types[0]);
  await boxes.first().uncheck();
  assert.equal(await page.evaluate(() => [...document.querySelectorAll(".live")].map((live) => live.textContent).join("")), "此类批注本稿没有。");
  assert.ok(!requests.some((url) => /\/(fill|desk|official-parts)-[0-9a-f]+\.js$/.test(url)), "a sample loads nothing of the form");
  await page.click("text=用此模板写一份");
  assert.ok(await page.isVisible("#wf-form"));
  quiet();
  await context.close();
});

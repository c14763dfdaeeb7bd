// A writer fills in a template and takes the text away; a checklist keeps its ticks.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, fileBase, kinds, server, watched } from "./harness.js";

for (const way of ["file", "http"]) {
  test(`fill in, copy, keep, clear, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, quiet } = await watched(context);
    await page.goto((way === "file" ? fileBase : server.base) + kinds.template);
    const bold = await page.locator("#wf-sheet b").count();
    const field = await page.getAttribute(".fill-form [data-field] >> nth=0", "data-field");
    await page.fill(".fill-form [data-field] >> nth=0", "<b>××市××局</b>");
    await page.waitForFunction(() => document.querySelector("#wf-sheet").innerText.includes("<b>××市××局</b>"));
    assert.equal(await page.locator("#wf-sheet b").count(), bold, "a value became markup");
    await page.evaluate(() => {
      window.taken = undefined;
      const set = DataTransfer.prototype.setData;
      DataTransfer.prototype.setData = function (type, value) {
        window.taken = { ...window.taken, [type]: value };
        return set.call(this, type, value);
      };
    });
    await page.click("[data-copy]");
    await page.waitForFunction(() => window.taken?.["text/plain"]);
    const taken = await page.evaluate(() => window.taken);
    assert.match(taken["text/plain"], /<b>××市××局<\/b>/);
    assert.match(taken["text/plain"], /\n　　/);
    assert.match(taken["text/html"], /mso-line-height-rule:exactly/);
    assert.doesNotMatch(taken["text/html"], /<b>××/);
    await page.waitForTimeout(1000);
    await page.reload();
    assert.equal(await page.inputValue(".fill-form [data-field] >> nth=0"), "<b>××市××局</b>");
    await page.click("[data-ask=wf-ask-clear]");
    await page.click("#wf-ask-clear [data-no]");
    assert.equal(await page.inputValue(".fill-form [data-field] >> nth=0"), "<b>××市××局</b>");
    await page.click("[data-ask=wf-ask-clear]");
    await page.click("#wf-ask-clear [data-yes]");
    assert.match(await page.innerText("#wf-sheet"), new RegExp(`【${field}】`));
    await page.reload();
    assert.equal(await page.inputValue(".fill-form [data-field] >> nth=0"), "");
    quiet();
    await context.close();
  });

  test(`ticks stay, by ${way}`, async () => {
    const context = await browser.newContext();
    const { page, quiet } = await watched(context);
    await page.goto((way === "file" ? fileBase : server.base) + kinds.guide);
    await page.check(".checklist input >> nth=1");
    await page.reload();
    assert.ok(await page.isChecked(".checklist input >> nth=1"));
    assert.ok(!(await page.isChecked(".checklist input >> nth=0")));
    quiet();
    await context.close();
  });
}

test("where the browser does not copy, the text stands selected", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.addInitScript(() => {
    document.execCommand = () => false;
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.goto(fileBase + kinds.template);
  await page.fill(".fill-form [data-field] >> nth=0", "××市××局");
  await page.click("[data-copy]");
  await page.waitForSelector("#wf-manual[open]");
  assert.match(await page.evaluate(() => window.getSelection().toString()), /××市××局[^]*\n　　/);
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-copy]")), "focus comes back");
  quiet();
  await context.close();
});

test("where the browser keeps nothing, the form says so and works", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    }),
  );
  await page.goto(fileBase + kinds.template);
  assert.ok(await page.locator("#wf-nostore").isVisible());
  await page.fill(".fill-form [data-field] >> nth=0", "××市××局");
  await page.waitForFunction(() => document.querySelector("#wf-sheet").innerText.includes("××市××局"));
  quiet();
  await context.close();
});

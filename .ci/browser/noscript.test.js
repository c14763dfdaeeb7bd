// Without script every kind of page reads, every menu is links, and nothing waits for a script
// to be shown.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, escaped, fileBase, kinds, pages, server } from "./harness.js";

/** @param {number} width */
async function open(width) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 740 } });
  return { context, page: await context.newPage() };
}

/** Text in the page's body that is not on the screen though no fold and no dialog holds it. */
function unseen() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    const control = box.closest("button,select,label,.js-only,[hidden],details:not([open]),dialog,.hide");
    if (node.data.trim() && !control && box.getClientRects().length === 0) found.push(node.data.trim());
  }
  return found;
}

test("every kind reads and its menus are links", async () => {
  const { context, page } = await open(360);
  for (const [kind, path] of Object.entries(kinds)) {
    await page.goto(server.base + escaped(path));
    assert.ok((await page.innerText("main")).length > 20, kind);
    if (kind === "notfound") continue;
    await page.click("a[href='#wf-nav']");
    const first = page.locator("#wf-nav a").first();
    assert.ok(await first.isVisible(), `${kind}: navigation`);
    assert.ok(await page.locator("form[role=search] input").first().isVisible(), `${kind}: search form`);
    await first.click();
    assert.equal(await page.locator("h1").count(), 1, `${kind}: the first link of the navigation`);
  }
  await context.close();
});

test("no text waits for a script", async () => {
  for (const width of [360, 1280]) {
    const { context, page } = await open(width);
    for (const [kind, path] of Object.entries(kinds)) {
      await page.goto(fileBase + escaped(path));
      assert.deepEqual(await page.evaluate(unseen), [], `${kind} at ${width}`);
    }
    await context.close();
  }
});

test("a search leads to the index of all pages", async () => {
  const { context, page } = await open(1280);
  await page.goto(server.base + kinds.home);
  await page.fill("main form[role=search] input", "请示");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=/);
  const listed = await page.locator(".book-index a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  const content = pages.filter((p) => !/^(tags\/|facets\/|rules\/|check\.html|search\.html|404\.html|index\.html)/.test(p));
  const missing = content.filter((p) => !listed.some((href) => decodeURIComponent(href) === p));
  assert.deepEqual(missing, []);
  await page.click(".book-index a >> nth=3");
  assert.equal(await page.locator("h1").count(), 1);
  await context.close();
});

test("a template shows its sheet with open places, a question its answer", async () => {
  const { context, page } = await open(360);
  await page.goto(server.base + kinds.template);
  assert.match(await page.innerText("#wf-sheet"), /【.+】/);
  assert.ok(!(await page.locator("#wf-form").isVisible()), "a form that does nothing");
  await page.goto(server.base + kinds.guide);
  const answer = page.locator("details.answer").first();
  assert.ok(!(await answer.locator(".explanation").isVisible()));
  await answer.locator("summary").click();
  assert.ok(await answer.locator(".explanation").isVisible());
  await context.close();
});

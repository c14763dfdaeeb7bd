// A writer checks a draft: what is found, corrected, taken back, ignored; files from the disk; speed.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { browser, fileBase, repository, server, watched } from "./harness.js";

const draft = "安教发[2026]12号\n安平市教育局关于开展检查的通知\n各区教育局：\n要认真布署，涉及到三个科室。\n安平市教育局\n2026年3月5日";

/** @param {import("playwright-core").Page} page */
const ids = (page) => page.$$eval("#wf-findings .finding-basis a", (links) => links.map((a) => a.textContent));

/** @param {import("playwright-core").Page} page @param {string} id */
const gone = (page, id) => page.waitForFunction((rule) => !document.querySelector("#wf-findings").textContent.includes(rule), id);
/** @param {import("playwright-core").Page} page @param {string} id */
const there = (page, id) => page.waitForFunction((rule) => document.querySelector("#wf-findings").textContent.includes(rule), id);

for (const way of ["file", "http"]) {
  test(`paste, accept, undo, ignore, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, requests, quiet } = await watched(context);
    await page.goto((way === "file" ? fileBase : server.base) + "check.html");
    await page.waitForFunction(() => document.querySelectorAll("#wf-genre option").length > 10);
    // An empty page has loaded neither rules nor engine, which are most of it.
    const late = (/** @type {string} */ url) => /check-(engine|rules|texts)/.test(url);
    assert.deepEqual(requests.filter(late), []);
    await page.fill("#wf-draft", draft);
    await there(page, "docno-bracket");
    const loaded = requests.length;
    assert.equal(requests.filter(late).length, 3);
    // What has run leaves no element behind, by which the preview would take the page for another.
    assert.equal(await page.$$eval("script[src]", (all) => all.filter((s) => /check-(engine|rules|texts)/.test(s.src)).length), 0);
    assert.deepEqual(await ids(page), ["docno-bracket", "typo-office", "pleonasm"]);
    assert.match(await page.innerText("#wf-check-summary"), /^必改 2 · 建议 1 · 提示 0；约\d+字、1页/);

    // The marks lie under their words, each severity with its shape.
    const marks = await page.$$eval("#wf-mirror .mk", (spans) => spans.map((s) => [s.textContent, getComputedStyle(s).textDecorationStyle]));
    assert.deepEqual(marks, [["[2026]", "wavy"], ["布署", "wavy"], ["涉及到", "dashed"]]);
    const same = await page.evaluate(() => {
      const area = document.querySelector("#wf-draft");
      const mirror = document.querySelector("#wf-mirror");
      return [area.scrollHeight - mirror.scrollHeight, area.clientWidth - mirror.clientWidth];
    });
    assert.ok(Math.abs(same[0]) <= 2 && Math.abs(same[1]) <= 2, `the mirror differs by ${same}`);

    await page.click("#wf-findings [data-do=accept] >> nth=0");
    await gone(page, "docno-bracket");
    assert.equal(await page.inputValue("#wf-draft"), draft.replace("[2026]", "〔2026〕"));
    await page.focus("#wf-draft");
    await page.keyboard.press("Control+z");
    assert.equal(await page.inputValue("#wf-draft"), draft);
    await there(page, "docno-bracket");

    await page.click("#wf-findings [data-do=ignore] >> nth=0");
    await gone(page, "docno-bracket");
    await page.click("#wf-findings [data-do=off] >> nth=0");
    await gone(page, "typo-office");
    assert.deepEqual(await ids(page), ["pleonasm"]);
    await page.click("[data-restore]");
    await there(page, "typo-office");
    await there(page, "docno-bracket");

    // A filter hides cards; what is hidden still counts, and the draft is not clean for it.
    await page.click("[data-severity=error]");
    assert.deepEqual(await ids(page), ["pleonasm"]);
    assert.match(await page.innerText("#wf-check-summary"), /^必改 2 · 建议 1 · 提示 0；(?![^]*未发现必改项)/);
    await page.click("[data-severity=error]");

    // F8 goes round.
    await page.focus("#wf-draft");
    await page.evaluate(() => document.querySelector("#wf-draft").setSelectionRange(0, 0));
    const chosen = () => page.evaluate(() => {
      const area = document.querySelector("#wf-draft");
      return area.value.slice(area.selectionStart, area.selectionEnd);
    });
    const order = [];
    for (const key of ["F8", "F8", "F8", "F8", "Shift+F8"]) {
      await page.keyboard.press(key);
      order.push(await chosen());
    }
    assert.deepEqual(order, ["[2026]", "布署", "涉及到", "[2026]", "涉及到"]);
    await page.click("#wf-findings [data-do=mine] >> nth=1");
    assert.equal(await chosen(), "布署");

    // Another genre, other rules.
    await page.fill("#wf-draft", "情况如上。\n特此报告。");
    await page.waitForFunction(() => document.querySelectorAll("#wf-findings li").length === 0);
    assert.match(await page.innerText("#wf-check-summary"), /机器检查不能代替核稿/);
    await page.selectOption("#wf-genre", "请示");
    await there(page, "genre-qingshi-closing");

    // The link of a card leads to the rule.
    const href = await page.getAttribute("#wf-findings a >> nth=0", "href");
    assert.match(href, /^rules\/genre\.html#genre-/);
    // It opens beside the draft, which is nowhere else.
    assert.equal(await page.getAttribute("#wf-findings a >> nth=0", "target"), "_blank");

    // Nothing is kept, nothing is sent.
    assert.equal(requests.length, loaded);
    assert.equal(await page.evaluate(() => JSON.stringify(Object.assign({}, window.localStorage)).includes("特此")), false);
    // Who leaves a draft is asked; an example is left without.
    const asked = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      dialog.accept();
    });
    await page.reload();
    assert.deepEqual(asked, ["beforeunload"]);
    assert.equal(await page.inputValue("#wf-draft"), "");
    await page.click("[data-example]");
    await page.reload();
    assert.equal(asked.length, 1);
    quiet();
    await context.close();
  });
}

for (const way of ["file", "http"]) {
  test(`files from the disk, copying, taking away, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
    const { page, quiet } = await watched(context);
    await page.goto((way === "file" ? fileBase : server.base) + "check.html");
    assert.match(await page.innerText("#wf-check-summary"), /粘贴或输入文稿/);
    await page.waitForFunction(() => document.querySelectorAll("#wf-genre option").length > 10);
    await page.setInputFiles("#wf-file", join(repository, "internal/manuscript/testdata/libreoffice.docx"));
    await there(page, "docno-bracket");
    assert.match(await page.inputValue("#wf-draft"), /^安教发\[2026\]12号\n/);
    const gbk = join(tmpdir(), `wenfang-gbk-${process.pid}.txt`);
    writeFileSync(gbk, Buffer.from([0xd2, 0xaa, 0xc8, 0xcf, 0xd5, 0xe6, 0xb2, 0xbc, 0xca, 0xf0, 0xa1, 0xa3])); // 要认真布署。
    await page.setInputFiles("#wf-file", gbk);
    await there(page, "typo-office");
    assert.equal(await page.inputValue("#wf-draft"), "要认真布署。");
    await page.setInputFiles("#wf-file", { name: "a.docx", mimeType: "", buffer: Buffer.from("PK no package") });
    await page.waitForSelector("#wf-check-bad", { state: "visible" });
    assert.equal(await page.inputValue("#wf-draft"), "要认真布署。");
    await page.evaluate(() => {
      const set = DataTransfer.prototype.setData;
      DataTransfer.prototype.setData = function (type, value) {
        window.taken = value;
        return set.call(this, type, value);
      };
    });
    await page.click("#wf-check [data-copy]");
    await page.waitForFunction(() => window.taken === "要认真布署。");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-download]")]);
    assert.equal(readFileSync(await download.path(), "utf8"), "\ufeff要认真布署。");
    quiet();
    await context.close();
  });
}

test("a long draft, and a key in it, cost little", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + "check.html");
  await page.waitForFunction(() => document.querySelectorAll("#wf-genre option").length > 10);
  const clean = readFileSync(join(repository, "internal/check/testdata/clean.txt"), "utf8").replaceAll("====", "");
  let text = "";
  for (let n = 1; text.length < 20_000; n++) text += clean.replaceAll("检查", `检查${n}`);
  await page.click("[data-example]");
  await there(page, "docno-bracket");
  const times = await page.evaluate(async (long) => {
    const put = window.wenfang.put;
    const data = await new Promise((done) => {
      window.wenfang.put = (key, content) => done(content);
      const script = document.createElement("script");
      script.src = document.getElementById("wf-check").dataset.checkRules;
      document.head.append(script);
    });
    window.wenfang.put = put;
    const Engine = window.wenfang.check;
    const blocks = (t) => t.split("\n").map((line) => ({ text: line }));
    let engine = new Engine(data);
    let whole = Infinity;
    for (let n = 0; n < 3; n++) {
      engine = new Engine(data);
      const start = performance.now();
      engine.check(blocks(long));
      whole = Math.min(whole, performance.now() - start);
    }
    const keys = [];
    let t = long;
    for (let n = 0; n < 20; n++) {
      t = t.slice(0, 9000 + n) + "字" + t.slice(9000 + n);
      const from = performance.now();
      engine.check(blocks(t));
      keys.push(performance.now() - from);
    }
    return { whole, key: keys.sort((a, b) => a - b)[5] };
  }, text);
  console.log(`20,000 characters: ${times.whole.toFixed(0)} ms; after a key: ${times.key.toFixed(1)} ms`);
  assert.ok(times.whole <= 400, `${times.whole} ms for the whole`);
  assert.ok(times.key <= 16, `${times.key} ms for a key`);
  quiet();
  await context.close();
});

test("on a telephone the draft and the findings take turns", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + "check.html");
  await page.click("#wf-check [data-example]");
  await there(page, "docno-bracket");
  assert.ok(await page.isVisible("#wf-draft"));
  await page.click("[data-tab=findings]");
  assert.ok(!(await page.isVisible("#wf-draft")));
  await page.click("#wf-findings [data-do=mine] >> nth=0");
  assert.ok(await page.isVisible("#wf-draft"));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));

  // Who accepts among the findings stays among them, and undo takes it back all the same.
  await page.click("[data-tab=findings]");
  const before = await page.inputValue("#wf-draft");
  await page.click("#wf-findings [data-do=accept] >> nth=0");
  await page.waitForFunction((text) => document.querySelector("#wf-draft").value !== text, before);
  await gone(page, "docno-bracket");
  assert.ok(await page.isVisible("#wf-findings"));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.n), "0");
  await page.click("[data-tab=draft]");
  await page.focus("#wf-draft");
  await page.keyboard.press("Control+z");
  assert.equal(await page.inputValue("#wf-draft"), before);

  // So it is with a text that takes the place of another.
  await page.fill("#wf-draft", draft);
  await there(page, "pleonasm");
  await page.click("[data-tab=findings]");
  await page.click("#wf-check [data-example]");
  assert.ok(await page.isVisible("#wf-draft"));
  await page.keyboard.press("Control+z");
  assert.equal(await page.inputValue("#wf-draft"), draft);
  quiet();
  await context.close();
});

test("the focus and the places outlive a new list", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + "check.html");
  // Long enough for more than one slice of work.
  await page.fill("#wf-draft", "要认真布署，涉及到三个科室。\n".repeat(300));
  await page.waitForFunction(() => document.querySelectorAll("#wf-findings li").length === 100);
  const card = () => page.evaluate(() => [document.activeElement.className.split(" ")[0], document.activeElement.dataset.n]);
  await page.click("#wf-more");
  await page.waitForFunction(() => document.querySelectorAll("#wf-findings li").length === 200);
  assert.deepEqual(await card(), ["finding", "100"]);
  const third = page.locator("#wf-findings li").nth(2);
  const rule = await third.locator("a").innerText();
  await third.locator("[data-do=off]").click();
  await gone(page, rule);
  assert.deepEqual(await card(), ["finding", "2"]);
  await page.click("[data-restore]");
  await there(page, rule);
  assert.deepEqual(await card(), ["finding", "0"]);

  // F8 after a key goes by the text as it is now.
  await page.focus("#wf-draft");
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("安平市");
  await page.keyboard.press("F8");
  const chosen = await page.waitForFunction(() => {
    const { value, selectionStart, selectionEnd } = document.querySelector("#wf-draft");
    return value.slice(selectionStart, selectionEnd);
  });
  assert.equal(await chosen.jsonValue(), await page.textContent("#wf-mirror .mk"));
  quiet();
  await context.close();
});

test("on a wide screen the rule of the card stands beside it", async () => {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1000 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + "check.html");
  assert.ok(!(await page.isVisible("#wf-rule-side")));
  await page.fill("#wf-draft", draft);
  await there(page, "docno-bracket");
  const side = page.locator("#wf-rule-side");
  assert.match(await side.innerText(), /六角括号[^]*docno-bracket/);
  await page.focus("#wf-findings [data-do=mine] >> nth=2");
  assert.match(await side.innerText(), /pleonasm/);
  await page.focus("#wf-draft");
  await page.keyboard.press("F8");
  await page.keyboard.press("F8");
  assert.match(await side.innerText(), /typo-office|pleonasm/);
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(!(await side.isVisible()));
  quiet();
  await context.close();
});

test("what does not load is said, and tried again", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.route("**/check-engine*", (route) => route.abort());
  await page.goto(server.base + "check.html");
  await page.fill("#wf-draft", draft);
  await page.waitForSelector("#wf-check-bad", { state: "visible" });
  assert.equal(await page.inputValue("#wf-draft"), draft);
  await page.unroute("**/check-engine*");
  await page.click("[data-run]");
  await there(page, "docno-bracket");
  assert.ok(!(await page.isVisible("#wf-check-bad")));
  await context.close();
});

test("search, opened first or in between, takes nothing from the check", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  for (const first of ["", "#wf-draft"]) {
    const { page, quiet } = await watched(context);
    await page.goto(fileBase + "check.html");
    // The engine and its rules come with the focus, before search; or everything comes after it.
    if (first) {
      await page.click(first);
      await page.waitForFunction(() => window.wenfang.check);
    }
    await page.keyboard.press("Control+k");
    await page.fill("#wf-search input", "请示");
    await page.waitForSelector("#wf-search .search-option");
    await page.keyboard.press("Escape");
    if (await page.isVisible("#wf-search")) await page.keyboard.press("Escape");
    await page.fill("#wf-draft", draft);
    await there(page, "docno-bracket");
    assert.ok(!(await page.isVisible("#wf-check-bad")));
    quiet();
    await page.close();
  }
  await context.close();
});

test("rules and a reader that do not come are said for what they are", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  // A server that answers everything: the script runs and hands over nothing.
  await page.route(/check-(rules|texts|word)/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto(server.base + "check.html");
  await page.fill("#wf-draft", draft);
  await page.waitForSelector("#wf-check-bad", { state: "visible" });
  assert.match(await page.innerText("#wf-check-bad"), /规则没有加载成功/);
  await page.unroute(/check-(rules|texts|word)/);
  await page.route(/check-(texts|word)/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.click("[data-run]");
  await page.waitForFunction(() => document.querySelector("#wf-count").textContent === "3" && document.querySelector("#wf-check-bad").textContent.includes("规则没有加载成功"));
  await page.setInputFiles("#wf-file", join(repository, "internal/manuscript/testdata/libreoffice.docx"));
  await page.waitForFunction(() => document.querySelector("#wf-check-bad").textContent.includes("读取 .docx 的程序"));
  await page.unroute(/check-(texts|word)/);
  await page.setInputFiles("#wf-file", join(repository, "internal/manuscript/testdata/libreoffice.docx"));
  await there(page, "docno-bracket");
  assert.ok(!(await page.isVisible("#wf-check-bad")));
  await context.close();
});

test("the page and its rules stay small", () => {
  const folder = fileURLToPath(`${fileBase}assets/`);
  const size = (/** @type {RegExp} */ name) => readdirSync(folder).filter((f) => name.test(f)).reduce((sum, f) => sum + statSync(join(folder, f)).size, 0);
  const page = size(/^check-[0-9a-f]+\.js$/);
  const rules = size(/^check-rules\./);
  assert.ok(page > 0 && page <= 25_000, `the page's script has ${page} bytes`);
  assert.ok(rules > 0 && rules <= 80_000, `the rules have ${rules} bytes`);
});

// What checking a draft costs in a browser: 20,000 characters, a key in them (the engine alone, and the
// page's answer to the key with its layout), and one line of a million characters against a quarter of it.
// Prints the figures and fails where they miss the goals.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { browser, fileBase, repository } from "./harness.js";

const goals = { whole: 400, key: 16 }; // ms

test("checking drafts", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(fileBase + "check.html");
  await page.click("[data-example]");
  await page.waitForSelector("#wf-findings li");
  const clean = readFileSync(join(repository, "internal/check/testdata/clean.txt"), "utf8").replaceAll("====", "");
  let text = "";
  for (let n = 1; text.length < 20_000; n++) text += clean.replaceAll("检查", `检查${n}`);
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
    const clock = (act) => {
      const from = performance.now();
      act();
      return performance.now() - from;
    };
    const middle = (all) => all.sort((a, b) => a - b)[all.length >> 1];
    const first = clock(() => new Engine(data).check(blocks(long)));
    const wholes = Array.from({ length: 5 }, () => {
      const engine = new Engine(data);
      return clock(() => engine.check(blocks(long)));
    });
    const engine = new Engine(data);
    engine.check(blocks(long));
    const typed = (n) => long.slice(0, 9000) + "字".repeat(n) + long.slice(9000);
    const keys = Array.from({ length: 50 }, (_, n) => clock(() => engine.check(blocks(typed(n)))));
    const area = document.getElementById("wf-draft");
    area.value = long;
    area.dispatchEvent(new Event("input"));
    await new Promise((done) => window.setTimeout(done, 2000));
    area.focus();
    area.setSelectionRange(9000, 9000);
    const key = () => clock(() => {
      document.execCommand("insertText", false, "字"); // as a key does, and the page's listeners answer
      document.body.getBoundingClientRect();
    });
    const answers = Array.from({ length: 50 }, key);
    const bare = document.createElement("textarea");
    bare.className = area.className;
    area.parentElement.append(bare);
    bare.value = long;
    bare.focus();
    bare.setSelectionRange(9000, 9000);
    const bares = Array.from({ length: 50 }, key);
    bare.remove();
    const line = "各单位要对照任务清单逐项开展自查，2026年3月底前办结，并将结果报市人民政府办公室。";
    const lines = [250_000, 1_000_000].map((n) => Math.min(...[1, 2].map(() => clock(() => new Engine(data).check([{ text: line.repeat(n / line.length) }])))));
    return { first, whole: middle(wholes), key: middle(keys), answer: middle(answers), bare: middle(bares), quarter: lines[0], million: lines[1] };
  }, text);
  const ms = (n) => `${n.toFixed(1)} ms`;
  console.log(`20,000 characters: ${ms(times.first)} the first time with the engine made, then ${ms(times.whole)} (goal ${goals.whole})`);
  console.log(`a key in them: the engine ${ms(times.key)}, the page's answer with its layout ${ms(times.answer)}, a bare textarea's ${ms(times.bare)} (goal ${goals.key})`);
  console.log(`one line of 250,000 characters ${ms(times.quarter)}, of 1,000,000 ${ms(times.million)}`);
  assert.ok(times.first <= goals.whole && times.key <= goals.key && times.answer <= goals.key);
  assert.ok(times.million <= 10 * times.quarter, "a line of four times the length takes much more than four times as long");
  await page.close();
});

// A writer fills in a template and takes it away: as text, as rich text, as a Word file, on
// paper. What the browser makes is what the program makes. A checklist keeps its ticks.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { compose } from "../../assets/fill/compose.js";
import { profile } from "../../assets/fill/kit.js";
import { fill } from "../../assets/fill/model.js";
import { toHTML } from "../../assets/fill/rich.js";
import { arrive, browser, fileBase, kinds, officeBase, pages, program, repository, server, watched } from "./harness.js";
import { linesOf } from "./ink.js";

const scratch = mkdtempSync(join(tmpdir(), "wenfang-fill-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** What the program makes of a template. */
function exported(format, page, values, site = repository) {
  const data = join(scratch, "values.yaml");
  writeFileSync(data, JSON.stringify(Object.fromEntries(values.map(([field, value]) => [field, value.split("\n")]))));
  return execFileSync(program, ["export", format, page.replace(".html", ""), "--site", site, "--data", data, "--out", "-"]);
}

/** Notes what is put on the clipboard. */
const spy = () => {
  window.taken = undefined;
  const set = DataTransfer.prototype.setData;
  DataTransfer.prototype.setData = function (type, value) {
    window.taken = { ...window.taken, [type]: value };
    return set.call(this, type, value);
  };
};

/** Types every example into its field, as a writer would. */
async function typeExamples(page) {
  const fields = await page.locator("form [data-field]").evaluateAll((inputs) => inputs.map((i) => [i.dataset.field, i.dataset.example, i.tagName]));
  for (const [i, [, example, tag]] of fields.entries()) {
    const input = page.locator("form [data-field]").nth(i);
    if (tag === "SELECT") await input.selectOption(example);
    else await input.fill(example);
  }
  return fields.map(([field, example]) => [field, example]);
}

/** Presses a button, where need be in the menu of the lesser ones. */
async function press(page, selector) {
  const button = page.locator(`${selector}:visible`);
  if ((await button.count()) === 0) await page.click("details.more > summary");
  await button.first().click();
}

const ways = { "http on this machine": () => server.base, "plain http of an office": officeBase, file: () => fileBase };

for (const [way, base] of Object.entries(ways)) {
  test(`fill in, copy, download, print, keep, clear, by ${way}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
    const { page, quiet } = await watched(context);
    await page.goto(base() + kinds.template);
    await arrive(page);
    if (way === "plain http of an office") assert.equal(await page.evaluate(() => [isSecureContext, typeof navigator.clipboard].join()), "false,undefined");
    assert.match(await page.innerText("#wf-left"), /还有\d+处未填/);
    const values = await typeExamples(page);
    assert.equal(await page.innerText("#wf-left"), "已全部填好");
    assert.match(await page.innerText("#wf-sheet"), /关于申请自助服务设备更新经费的请示/);
    assert.match(await page.innerText("#wf-size"), /^共2页，末页\d+行。$/);

    await page.evaluate(spy);
    await page.click("[data-copy]");
    await page.waitForFunction(() => window.taken?.["text/html"]);
    const taken = await page.evaluate(() => window.taken);
    assert.equal(taken["text/plain"], exported("txt", kinds.template, values).toString());
    const { form, kit } = await page.evaluate(() => ({ form: document.getElementById("wf-fill").dataset.form, kit: window.wenfang.official }));
    const set = compose(fill(JSON.parse(form), new Map(values)));
    assert.equal(taken["text/html"], toHTML(set, kit, profile(kit, null)));
    assert.match(taken["text/html"], /text-indent:32pt;mso-char-indent-count:2\.0;line-height:28\.95pt;mso-line-height-rule:exactly/);

    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "[data-docx]")]);
    assert.equal(download.suggestedFilename(), "××市××局关于申请自助服务设备更新经费的请示.docx");
    assert.ok(readFileSync(await download.path()).equals(exported("docx", kinds.template, values)), "the browser's .docx is not the program's");

    const pdf = join(scratch, "print.pdf");
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    const printed = linesOf(pdf);
    assert.deepEqual(printed.map((lines) => lines[lines.length - 1].text), ["—1—", "—2—"], "the sheets alone, numbered");

    await page.waitForTimeout(1000);
    await page.reload();
    assert.equal(await page.innerText("#wf-left"), "已全部填好");
    await arrive(page);
    await press(page, "[data-ask=wf-ask-clear]");
    await page.click("#wf-ask-clear [data-no]");
    assert.equal(await page.innerText("#wf-left"), "已全部填好");
    await press(page, "[data-ask=wf-ask-clear]");
    await page.click("#wf-ask-clear [data-yes]");
    assert.match(await page.innerText("#wf-sheet"), /【请示事项】/);
    await page.reload();
    assert.match(await page.innerText("#wf-left"), /还有\d+处未填/);
    quiet();
    await context.close();
  });

  test(`ticks stay, by ${way}`, async () => {
    const context = await browser.newContext();
    const { page, quiet } = await watched(context);
    await page.goto(base() + kinds.guide);
    await page.check(".checklist input >> nth=1");
    await page.reload();
    assert.ok(await page.isChecked(".checklist input >> nth=1"));
    assert.ok(!(await page.isChecked(".checklist input >> nth=0")));
    quiet();
    await context.close();
  });
}

test("values are text, and lead to their fields", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  await page.goto(fileBase + kinds.template);
  await arrive(page);
  await page.fill("[data-field=发文机关]", "<b>市</b>{{签发人}}&amp;");
  assert.match(await page.innerText("#wf-sheet"), /<b>市<\/b>\{\{签发人\}\}&amp;文件/);
  assert.equal(await page.locator("#wf-sheet b").count(), 0, "a value became markup");
  await page.click(".gw-Mark .ph.filled");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.field), "发文机关");
  assert.ok((await page.locator("#wf-sheet .ph.focus").count()) > 1, "the field in focus shows its places");
  await page.fill("[data-field=成文日期]", "2026年2月30日");
  await press(page, "[data-docx]");
  assert.match(await page.innerText("#wf-errors"), /成文日期：没有这一天/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "wf-errors");
  quiet();
  await context.close();
});

test("authorities and contacts are offered again on another template until 清空; amounts stand in the numerals of accounts", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  const offered = () => page.locator("datalist option").evaluateAll((options) => options.map((o) => o.value));
  await page.goto(fileBase + kinds.template);
  await arrive(page);
  await page.fill("[data-field=发文机关]", "安平市档案局");
  await page.fill("[data-field=联系人]", "王某");
  await page.fill("[data-field=联系电话]", "0000-0000000");
  await page.fill("[data-field=请求金额]", "24.8万元");
  await page.press("[data-field=请求金额]", "Tab");
  assert.match(await page.locator(".field", { has: page.locator("[data-field=请求金额]") }).innerText(), /大写：贰拾肆万捌仟元整/);
  await page.goto(fileBase + "templates/han.html");
  await arrive(page);
  assert.deepEqual(await offered(), ["安平市档案局", "王某", "0000-0000000"]);
  for (const [field, list] of [["发文机关", "wf-authorities"], ["联系人", "wf-contacts"], ["联系电话", "wf-phones"]]) {
    assert.equal(await page.getAttribute(`[data-field=${field}]`, "list"), list);
  }
  await press(page, "[data-ask=wf-ask-clear]");
  await page.click("#wf-ask-clear [data-yes]");
  assert.deepEqual(await offered(), []);
  quiet();
  await context.close();
});

/** Opens every template of a site and returns the pages of its preview, and of its Word file by LibreOffice. */
async function pageCounts(page, base, site, templates) {
  const preview = {};
  const files = templates.map((path) => join(scratch, `${path.replace("/", "-")}.docx`));
  for (const [i, path] of templates.entries()) {
    await page.goto(base + path);
    await arrive(page);
    await press(page, "[data-example][aria-pressed]");
    preview[path] = Number(/共(\d+)页/.exec(await page.innerText("#wf-size"))[1]);
    const values = await page.locator("form [data-field]").evaluateAll((inputs) => inputs.filter((i) => i.dataset.example).map((i) => [i.dataset.field, i.dataset.example]));
    writeFileSync(files[i], exported("docx", path, values, site));
  }
  execFileSync("soffice", ["--headless", `-env:UserInstallation=file://${scratch}/office`, "--convert-to", "pdf", "--outdir", scratch, ...files], { stdio: "ignore" });
  const word = Object.fromEntries(templates.map((path, i) => [path, linesOf(files[i].replace(/docx$/, "pdf")).length]));
  return { preview, word };
}

test("the preview has the pages of the Word file", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, quiet } = await watched(context);
  const ours = await pageCounts(page, fileBase, repository, pages.filter((p) => /^templates\/(?!index)/.test(p)));
  assert.deepEqual(ours.preview, ours.word);
  quiet();
  await context.close();
});

test("joint authorities, tables that lie, an imprint that does not fit", async () => {
  const site = join(scratch, "formats");
  cpSync(join(repository, "internal/official/testdata/pages"), join(site, "content/templates"), { recursive: true });
  execFileSync(program, ["build", "--site", site, "--lang", "zh-CN"], { stdio: "ignore" });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const templates = readdirSync(join(site, "public/templates")).filter((p) => p.endsWith(".html") && !/^(index|mingling)/.test(p)).map((p) => `templates/${p}`);
  const { preview, word } = await pageCounts(page, `${pathToFileURL(join(site, "public"))}/`, site, templates);
  assert.deepEqual(preview, word);
  assert.ok(Object.keys(preview).length >= 6 && preview["templates/shangxing.html"] === 5);
  await page.close();
});

test("where the browser does not copy, the text stands selected", async () => {
  const context = await browser.newContext();
  const { page, quiet } = await watched(context);
  await page.addInitScript(() => {
    document.execCommand = () => false;
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.goto(fileBase + kinds.template);
  await arrive(page);
  await page.fill(".fill-form [data-field] >> nth=0", "××市××局");
  await page.click("[data-copy]");
  await page.click("#wf-ask-open [data-yes]");
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
  await arrive(page);
  assert.ok(await page.locator("#wf-nostore").isVisible());
  await page.fill(".fill-form [data-field] >> nth=0", "××市××局");
  await page.waitForFunction(() => document.querySelector("#wf-sheet").innerText.includes("××市××局"));
  quiet();
  await context.close();
});

test("without script the sheet shows marked blanks and the way to the Word file", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(fileBase + kinds.template);
  assert.match(await page.innerText("#wf-sheet"), /【请示事项】/);
  assert.equal(await page.getAttribute(".sheet-note a", "href"), "qingshi.docx");
  assert.ok(readFileSync(new URL("templates/qingshi.docx", fileBase)).equals(exported("docx", kinds.template, [])));
  assert.ok(!(await page.locator(".fill-form").isVisible()));
  await context.close();
});

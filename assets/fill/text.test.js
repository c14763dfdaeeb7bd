import assert from "node:assert/strict";
import test from "node:test";
import { headingOf, splitLines, widthOf } from "./blocks.js";
import { toHTML } from "./rich.js";
import { toText } from "./text.js";

const block = (role, text, gap = false) => ({ role, runs: [{ text, gap }] });

const notice = [
  block("mark", "××市××局文件"),
  block("number", "×局发〔2026〕12号"),
  block("title", "关于召开会议的通知"),
  block("recipients", "各科室："),
  block("body", "一、会议时间"),
  { role: "body", runs: [{ text: "定于2026年3月12日在", gap: false }, { text: "【会议地点】", gap: true }, { text: "召开。", gap: false }] },
  block("attachments", "附件：1. 会议议程"),
  block("attachments", "2. 参会回执"),
  block("issuer", "××市××局"),
  block("date", "2026年3月5日"),
  block("notes", "（联系人：张××）"),
];

test("plain text has indents, empty lines and the right side of the standard", () => {
  assert.equal(
    toText(notice),
    [
      "××市××局文件",
      "×局发〔2026〕12号",
      "",
      "关于召开会议的通知",
      "",
      "各科室：",
      "　　一、会议时间",
      "　　定于2026年3月12日在【会议地点】召开。",
      "",
      "　　附件：1. 会议议程",
      "　　　　　2. 参会回执",
      "",
      `${"　".repeat(18)}××市××局`,
      `${"　".repeat(18)}2026年3月5日`,
      "　　（联系人：张××）",
      "",
    ].join("\n"),
  );
});

test("the issuer stands centred above the date", () => {
  const lines = toText([block("issuer", "××市××××办公室"), block("date", "2026年11月24日")]).split("\n");
  const centre = (line) => widthOf(line.match(/^　*/)[0]) + widthOf(line.trim()) / 2;
  assert.ok(Math.abs(centre(lines[0]) - centre(lines[1])) <= 0.5);
});

test("rich text carries what Word needs", () => {
  const html = toHTML(notice);
  const paragraphs = html.split("\n");
  const find = (words) => paragraphs.find((p) => p.includes(words));
  assert.match(find("关于召开"), /text-align:center.*line-height:33pt;mso-line-height-rule:exactly.*font-size:22pt;font-family:方正小标宋简体/);
  assert.match(find("一、会议时间"), /text-indent:32pt;mso-char-indent-count:2\.0.*font-family:黑体/);
  assert.match(find("召开。"), /line-height:28\.95pt/);
  assert.match(find("召开。"), /<span lang="EN-US"[^>]*'Times New Roman'[^>]*>2026<\/span>/);
  assert.match(find("召开。"), /mso-highlight:yellow">【会议地点】/);
  assert.match(paragraphs.find((p) => p.includes(">5<")), /margin-right:64pt;mso-para-margin-right:4\.0gd/);
  assert.match(find("局发"), /border-bottom:solid #FF0000 2\.25pt/);
  assert.equal(html.match(/<p /g).length, html.match(/<\/p>/g).length);
});

test("text is never markup", () => {
  const html = toHTML([block("body", `<script>alert("&")</script>`)]);
  assert.ok(!html.includes("<script"));
  assert.ok(html.includes("&lt;script&gt;"));
});

test("rows of a table become one table", () => {
  const html = toHTML([block("body", "如下："), block("row", "甲\t1"), block("row", "乙\t2"), block("body", "完。")]);
  assert.equal(html.match(/<table/g).length, 1);
  assert.equal(html.match(/<tr>/g).length, 2);
  assert.equal(html.match(/<td /g).length, 4);
});

test("headings by their numbers", () => {
  assert.deepEqual(headingOf("一、会议时间"), { level: 1, length: 6 });
  assert.deepEqual(headingOf("（二）讲清楚。后面是正文。"), { level: 2, length: 7 });
  assert.deepEqual(headingOf("（一）请各单位于3月10日前报送。"), { level: 0, length: 0 });
  assert.deepEqual(headingOf("为做好工作，现通知如下："), { level: 0, length: 0 });
});

test("lines are cut across runs and trimmed", () => {
  const lines = splitLines([{ text: "　　甲", gap: false }, { text: "乙\n　　丙", gap: true }, { text: "。 ", gap: false }]);
  assert.deepEqual(lines, [
    [{ text: "甲", gap: false }, { text: "乙", gap: true }],
    [{ text: "丙", gap: true }, { text: "。", gap: false }],
  ]);
});

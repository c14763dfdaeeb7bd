// A document set in paragraphs, from the top of the first page to the imprint, as
// internal/official/compose.go does it, clause by clause of GB/T 9704-2012. Pure.

import { imprintOf, sign, unsealed } from "./closing.js";
import { joinRuns, textOf } from "./model.js";
import { areaWidth, char, cut, faceUpTo, halves, headingOf, pitch, titleRows, width, withFace } from "./words.js";

/**
 * One paragraph as it is set. Style names its form; what differs from it stands beside it, in
 * twips, sizes in half points.
 * @typedef {import("./model.js").Line} Line
 * @typedef {{align: string, at: number}} Tab
 * @typedef {{style: string, runs?: Line, left?: number, right?: number, first?: number, before?: number, line?: number, size?: number,
 *   tabs?: Tab[], break?: boolean, cells?: Line[], turn?: string}} Paragraph
 * @typedef {import("./model.js").Document} Document
 * @typedef {import("./model.js").Block} Block
 */

const markBelowArea = 1984;
const orderBelowArea = 1134;

/** The room between the top of a mark's line and its ink, in hundredths of its size. */
const markRise = 16;
const markMost = 84;
const markLeast = 44;

/** Brings the number of a letter to 7/8 of a character below the double line. */
const belowDouble = 93;

/** What stands in 版头. */
const headed = ["copyno", "secrecy", "urgency", "mark", "number", "signer"];

const headingFaces = ["", "hei", "kai", "", ""];

/**
 * @param {Document} doc
 * @returns {Paragraph[]}
 */
export function compose(doc) {
  const c = new Composer(doc);
  if (doc.format === "信函") c.letterHead();
  else if (doc.format !== "事务" || headed.some((key) => c.lines(key).length > 0)) c.head();
  c.title();
  c.body();
  c.names();
  c.attachmentList();
  sign(c);
  for (const runs of c.lines("notes")) c.add({ style: "Notes", runs });
  imprintOf(c, c.attachments());
  return c.out;
}

export class Composer {
  /** @param {Document} doc */
  constructor(doc) {
    this.doc = doc;
    /** @type {Paragraph[]} */
    this.out = [];
  }

  /** @param {Paragraph} paragraph */
  add(paragraph) {
    this.out.push(tidied(paragraph));
  }

  /** @param {number} n */
  blank(n) {
    for (; n > 0; n--) this.add({ style: "Blank" });
  }

  /** @param {string} key */
  lines(key) {
    return this.doc.elements.get(key) ?? [];
  }

  /**
   * The lines of an element that stands on one.
   * @param {string} key
   * @returns {Line}
   */
  one(key) {
    return this.lines(key).flatMap((line, i) => (i > 0 ? [{ text: "　" }, ...line] : line));
  }

  head() {
    const order = this.doc.format === "命令";
    let below = (order ? orderBelowArea : markBelowArea) - this.corner() * pitch;
    const mark = this.lines("mark");
    const size = markSize(mark);
    below -= Math.trunc((size * 10 * markRise) / 100);
    if (below > 0) this.add({ style: "Gap", line: below });
    const joint = jointMark(mark);
    if (joint) this.add({ style: "JointMark", cells: joint.names, runs: joint.word, size, line: Math.trunc((size * 25) / 2) });
    else for (const runs of mark) this.add({ style: "Mark", runs, size, line: Math.trunc((size * 25) / 2) });
    this.blank(2);
    this.number();
    this.blank(2);
  }

  corner() {
    let n = 0;
    for (const [key, style] of /** @type {[string, string][]} */ ([["copyno", "CopyNumber"], ["secrecy", "Corner"], ["urgency", "Corner"]])) {
      for (const runs of this.lines(key)) {
        this.add({ style, runs });
        n++;
      }
    }
    return n;
  }

  number() {
    const number = this.one("number");
    const signers = this.lines("signer");
    const order = this.doc.format === "命令";
    if (signers.length === 0 || order) {
      this.add({ style: order ? "OrderNumber" : "Number", runs: number });
      return;
    }
    const label = "签发人：";
    const rows = pairs(signers);
    const tab = areaWidth - char - width(label) - Math.max(...rows.map((row) => width(textOf(row))));
    rows.forEach((row, i) => {
      const at = i === 0 ? tab : tab + width(label);
      const lead = i === 0 ? `\t${label}` : "\t";
      if (i < rows.length - 1) this.add({ style: "SignerRow", runs: [{ text: lead }, ...row], tabs: [{ align: "left", at }] });
      else this.add({ style: "NumberUp", runs: [{ text: "\t" }, ...number, { text: lead }, ...row], tabs: [{ align: "left", at: char }, { align: "left", at }] });
    });
  }

  letterHead() {
    const mark = this.lines("mark");
    const size = markSize(mark);
    const joined = mark.flatMap((line, i) => (i > 0 ? [{ text: "\n" }, ...line] : line));
    this.add({ style: "LetterMark", runs: joinRuns(joined), size, line: Math.trunc((size * 25) / 2) });
    const left = [...this.lines("copyno"), ...this.lines("secrecy"), ...this.lines("urgency")];
    for (let i = 0; i < Math.max(1, left.length); i++) {
      const own = withFace(left[i] ?? [], "hei");
      if (i > 0) this.add({ style: "LetterNumber", runs: own });
      else {
        const runs = [...own, { text: "\t" }, ...(this.one("number"))];
        this.add({ style: "LetterNumber", runs, before: belowDouble, tabs: [{ align: "right", at: areaWidth }] });
      }
    }
    this.blank(2);
  }

  title() {
    const titles = this.lines("title");
    for (const line of titles) for (const runs of titleRows(line)) this.add({ style: "Title", runs });
    if (titles.length > 0) this.blank(1);
    for (const runs of this.lines("recipients")) this.add({ style: "Recipients", runs });
  }

  body() {
    let addressed = this.lines("recipients").length > 0;
    this.doc.body.forEach((b, i) => {
      const text = textOf(b.line);
      if (b.row) this.row(b);
      else if (i === 0 && !addressed && isAside(text)) {
        this.add({ style: "TitleNote", runs: b.line });
        this.blank(1);
      } else if (!addressed && this.doc.format === "事务" && isAddress(text) && i < 2) {
        this.add({ style: "Recipients", runs: b.line });
        addressed = true;
      } else if (this.doc.format === "纪要" && /^(出席|请假|列席)：/.test(text)) this.namesLine(b.line);
      else this.paragraph(b);
    });
  }

  /** @param {Block} b */
  paragraph(b) {
    const text = textOf(b.line);
    let { level, length } = headingOf(text);
    if (b.level > 0 && level === 0) [level, length] = [Math.min(4, Math.max(1, b.level - 1)), text.length];
    if (level === 0) this.add({ style: "Body", runs: b.line });
    else if (length === text.length) this.add({ style: `Heading${level}`, runs: b.line });
    else this.add({ style: "Body", runs: faceUpTo(b.line, length, headingFaces[level] ?? "") });
  }

  /** @param {Block} b */
  row(b) {
    this.add({ style: b.head ? "CellHead" : "Cell", cells: b.cells });
  }

  names() {
    for (const [key, label] of /** @type {[string, string][]} */ ([["present", "出席："], ["excused", "请假："], ["observers", "列席："]])) {
      for (const line of this.lines(key)) this.namesLine([{ text: label }, ...line]);
    }
  }

  /** @param {Line} line */
  namesLine(line) {
    if (this.out[this.out.length - 1]?.style !== "Names") this.blank(1);
    this.add({ style: "Names", runs: faceUpTo(line, "出席：".length, "hei") });
  }

  attachmentList() {
    const list = this.lines("attachments");
    if (list.length === 0) return;
    this.blank(1);
    const label = "附件：";
    list.forEach((line, i) => {
      const number = list.length > 1 ? `${i + 1}.` : "";
      const text = (i === 0 ? label : "") + number;
      const first = -width(number) - (i === 0 ? width(label) : 0);
      this.add({ style: "Attachments", runs: text ? [{ text }, ...line] : line, left: 2 * char + width(label) + width(number), first });
    });
  }

  /** Reports whether the last attachment lies. */
  attachments() {
    let lying = false;
    this.doc.attachments.forEach((a, i) => {
      if (a.landscape !== lying) this.add({ style: "Turn", turn: lying ? "landscape" : "portrait" });
      this.add({ style: "AttachmentLabel", runs: [{ text: this.attachmentLabel(i) }], break: a.landscape === lying });
      this.blank(1);
      for (const runs of titleRows(a.title)) this.add({ style: "Title", runs });
      this.blank(1);
      this.attached(a.blocks);
      lying = a.landscape;
    });
    return lying;
  }

  /**
   * 附件 with the number that its title has in 附件说明.
   * @param {number} i
   */
  attachmentLabel(i) {
    const named = this.lines("attachments").map(textOf);
    const at = named.indexOf(textOf(this.doc.attachments[i]?.title ?? []));
    return named.length <= 1 && this.doc.attachments.length <= 1 ? "附件" : `附件${(at < 0 ? i : at) + 1}`;
  }

  /**
   * The text of an attachment; one that is a document itself keeps its recipients and signature.
   * @param {Block[]} blocks
   */
  attached(blocks) {
    const text = (/** @type {number} */ i) => textOf(blocks[i]?.line ?? []);
    const plain = (/** @type {number} */ i) => !!blocks[i] && !blocks[i]?.row && blocks[i]?.level === 0;
    const last = blocks.length - 1;
    const start = plain(0) && isAddress(text(0)) ? 1 : 0;
    if (start) this.add({ style: "Recipients", runs: blocks[0]?.line });
    const signed = last > start && plain(last) && /^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$/.test(text(last)) && plain(last - 1) && isName(text(last - 1));
    for (const b of blocks.slice(start, signed ? -2 : undefined)) {
      if (b.row) this.row(b);
      else this.paragraph(b);
    }
    if (signed) unsealed(this, [blocks[last - 1]?.line ?? []], blocks[last]?.line ?? []);
  }
}

/**
 * Leaves out what says nothing.
 * @param {Paragraph} p
 * @returns {Paragraph}
 */
export function tidied(p) {
  const out = /** @type {any} */ ({});
  for (const [key, value] of Object.entries(p)) {
    if (value !== 0 && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0)) out[key] = value;
  }
  return out;
}

/** The room of 文件 beside joint names, in halves of a character. */
export const jointHalves = 5;

/**
 * Parts 文件 from the names of a joint mark; it is none without.
 * @param {Line[]} mark
 */
function jointMark(mark) {
  const last = mark[mark.length - 1];
  if (mark.length < 2 || !last || !textOf(last).endsWith("文件")) return undefined;
  const at = textOf(last).length - "文件".length;
  const name = cut(last, 0, at);
  return { names: [...mark.slice(0, -1), ...(name.length > 0 ? [name] : [])], word: cut(last, at, Infinity) };
}

/** @param {Line[]} mark */
function markSize(mark) {
  const joint = jointMark(mark);
  let size = markMost;
  for (const line of joint?.names ?? mark) {
    const w = halves(textOf(line));
    if (w > 0) size = Math.min(size, Math.trunc((Math.trunc(areaWidth / 10) * 2) / (w + (joint ? jointHalves : 0))));
  }
  return Math.max(size, markLeast);
}

/**
 * Names two in a row, in 楷体.
 * @param {Line[]} names
 */
function pairs(names) {
  /** @type {Line[]} */
  const rows = [];
  names.forEach((name, i) => {
    const faced = withFace(name, "kai");
    if (i % 2 === 0) rows.push(faced);
    else rows[rows.length - 1]?.push({ text: "　", face: "kai" }, ...faced);
  });
  return rows;
}

/** @param {string} text */
function isAside(text) {
  return text.startsWith("（") && text.endsWith("）") && text.split("（").length === 2;
}

/** @param {string} text */
function isAddress(text) {
  return text.endsWith("：") && halves(text) <= 40 && !text.endsWith("如下：");
}

/** Whether a paragraph may be the name of an authority. @param {string} text */
function isName(text) {
  return headingOf(text).level === 0 && halves(text) <= 50 && !/[。；：！？，]/.test(text);
}

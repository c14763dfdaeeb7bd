// The page that checks a draft: the writer's textarea, marks behind it, cards beside it. Nothing is
// stored and nothing is sent.

import { copyWith } from "../base/copy.js";
import { say } from "../base/say.js";
import { mostCards, newCard, newExplanation } from "./cards.js";
import { loaders } from "./load.js";
import { Mirror } from "./mirror.js";
import { countsOf, keyOf, startsOf, unitAt } from "./text.js";

/** @typedef {import("./engine.js").Finding} Finding */
/** @typedef {import("./engine.js").Engine} Engine */

const idle = 300; // milliseconds without a key before the draft is checked again
const slice = 12; // milliseconds of work before the page may do something else
const long = 20_000; // characters from which progress is shown

/** @type {Record<string, string>} */
const groupPages = {
  发文字号: "docno", 标题: "title", 层次序号: "sequence", 文种结语: "genre", 要素: "element", 日期: "date", 标点: "punctuation", 数字计量: "number",
  易错字: "spelling", 近义混淆: "confused", 用语: "wording", 固定表述: "fixed", 空格字符: "characters", 占位残留: "placeholder", 空话套话: "empty", 篇幅: "length",
};

export function wireCheck() {
  const root = document.getElementById("wf-check");
  if (root) new Desk(root);
}

/** @param {HTMLElement} root @param {string} text */
function showBad(root, text) {
  const bad = root.querySelector("#wf-check-bad");
  if (!(bad instanceof HTMLElement)) return;
  bad.textContent = text;
  bad.hidden = text === "";
}

/** The page at work. */
class Desk {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.load = loaders(this.words);
    /** @type {Engine | null} */
    this.engine = null;
    /** @type {Record<string, import("./load.js").Text> | null} */
    this.texts = null;
    this.area = /** @type {HTMLTextAreaElement} */ (root.querySelector("#wf-draft"));
    this.list = /** @type {HTMLOListElement} */ (root.querySelector("#wf-findings"));
    this.mirror = new Mirror(/** @type {HTMLElement} */ (root.querySelector("#wf-mirror")), this.area);
    this.genre = /** @type {HTMLSelectElement} */ (root.querySelector("#wf-genre"));
    this.progress = /** @type {HTMLProgressElement} */ (root.querySelector("#wf-progress"));
    /** @type {string[]} */
    this.lines = [];
    /** @type {Finding[]} */
    this.all = [];
    /** @type {Finding[]} what is not ignored */
    this.asked = [];
    /** @type {Finding[]} what is not filtered out either */
    this.shown = [];
    /** @type {Set<string>} */
    this.ignored = new Set();
    /** @type {{house: import("./draft.js").House, off: Record<string, boolean>, length: number}} */
    this.unit = JSON.parse(root.dataset.house ?? '{"house":{},"off":{},"length":0}');
    /** @type {Record<string, boolean>} */
    this.off = {};
    /** @type {Set<string>} */
    this.hiddenGroups = new Set();
    this.kept = ""; // a text that is elsewhere too: the example, a file
    this.most = mostCards;
    this.timer = 0;
    this.now = -1; // the finding that F8 went to last
    this.fill();
    this.wire();
    this.run(false);
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  fill() {
    const groups = this.part("#wf-groups");
    for (const group of Object.keys(groupPages)) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => {
        if (box.checked) this.hiddenGroups.delete(group);
        else this.hiddenGroups.add(group);
        this.show();
      });
      label.append(box, group);
      groups.append(label);
    }
  }

  wire() {
    /** @param {string} selector @param {() => void} act */
    const on = (selector, act) => this.part(selector).addEventListener("click", act);
    const file = /** @type {HTMLInputElement} */ (this.part("#wf-file"));
    on("[data-open-file]", () => file.click());
    file.addEventListener("change", () => {
      const chosen = file.files?.[0];
      file.value = "";
      if (chosen) this.open(chosen);
    });
    on("[data-example]", () => this.put(this.words.sample ?? ""));
    on("[data-run]", () => this.run(true));
    const copy = /** @type {HTMLButtonElement} */ (this.part("[data-copy]"));
    copy.addEventListener("click", () => copyWith(copy, this.words.copied ?? "", this.area.value));
    on("[data-download]", () => this.download());
    on("[data-restore]", () => {
      this.ignored.clear();
      this.off = {};
      this.run(true);
    });
    on("#wf-more", () => {
      this.most += mostCards;
      this.show();
    });
    this.genre.addEventListener("change", () => this.run(true));
    for (const box of this.root.querySelectorAll("[data-severity]")) box.addEventListener("change", () => this.show());
    this.area.addEventListener("focus", () => this.load.engine().catch(() => {}), { once: true }); // it will be needed
    this.area.addEventListener("input", () => this.typed());
    this.list.addEventListener("click", (event) => this.act(event));
    this.list.addEventListener("focusin", (event) => {
      const card = event.target instanceof Element ? event.target.closest("li") : null;
      if (card) this.explain(Number(card.dataset.n));
    });
    for (const tab of this.root.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => this.tab(/** @type {HTMLElement} */ (tab).dataset.tab ?? ""));
    this.root.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.area.value === "" || this.area.value === this.kept) return;
      event.preventDefault();
      event.returnValue = ""; // what older browsers ask for
    });
  }

  /** @param {string} name */
  tab(name) {
    this.part(".check-cols").dataset.shown = name;
    for (const tab of this.root.querySelectorAll("[data-tab]")) tab.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (tab).dataset.tab === name));
    this.mirror.follow();
  }

  /** The marks follow the text at once; what they say comes when the keys rest. */
  typed() {
    const lines = this.area.value.split("\n");
    const { lines: old, shown } = this;
    let same = 0;
    while (same < lines.length && same < old.length && lines[same] === old[same]) same++;
    let tail = 0;
    while (tail < lines.length - same && tail < old.length - same && lines[lines.length - 1 - tail] === old[old.length - 1 - tail]) tail++;
    const moved = lines.length - old.length;
    const kept = shown.filter((f) => f.para < same || f.para >= old.length - tail);
    this.mirror.show(lines, kept.map((f) => (f.para < same ? f : { ...f, para: f.para + moved })));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.run(false), idle);
  }

  /**
   * Checks the draft in slices.
   * @param {boolean} tell
   * @param {() => void} then what waits for the findings
   */
  run(tell, then = () => {}) {
    window.clearTimeout(this.timer);
    if (this.engine) this.check(this.engine, tell, then);
    else if (this.area.value !== "") {
      this.needs(this.load.engine(), (engine) => {
        this.engine = engine;
        this.run(tell, then);
      });
    }
  }

  /**
   * Goes on when a part of the page is there, or says that it did not come.
   * @template T
   * @param {Promise<T>} part
   * @param {(part: T) => void} then
   * @param {string | undefined} otherwise
   */
  needs(part, then, otherwise = this.words.wait) {
    part.then(
      (loaded) => {
        showBad(this.root, "");
        then(loaded);
      },
      () => showBad(this.root, otherwise ?? ""),
    );
  }

  /** @param {Engine} engine @param {boolean} tell @param {() => void} then */
  check(engine, tell, then) {
    const lines = this.area.value.split("\n");
    const job = engine.start(lines.map((text) => ({ text })), {
      genre: this.genre.value,
      off: { ...this.unit.off, ...this.off },
      house: this.unit.house,
      length: this.unit.length,
    });
    const big = this.area.value.length > long;
    const work = () => {
      const end = performance.now() + slice;
      const done = job.step(() => performance.now() > end);
      this.progress.hidden = done || !big;
      this.progress.max = lines.length;
      this.progress.value = job.at;
      if (!done) {
        if (big) this.part("#wf-check-summary").textContent = this.word("working", { n: job.at, m: lines.length });
        this.timer = window.setTimeout(work, 0);
        return;
      }
      this.lines = lines;
      this.all = job.findings;
      this.show();
      if (tell) say(this.word("done", { error: this.number("error") }));
      then();
    };
    work();
  }

  /**
   * A filter hides findings, it does not mend them: they count.
   * @param {string} severity
   */
  number(severity) {
    return this.asked.filter((f) => f.severity === severity).length;
  }

  /** @param {string} name @param {Record<string, string | number>} values */
  word(name, values) {
    let text = this.words[name] ?? "";
    for (const [key, value] of Object.entries(values)) text = text.replace(`{${key}}`, String(value));
    return text;
  }

  /** @param {Finding} f */
  quote(f) {
    const line = this.lines[f.para];
    return line.slice(unitAt(line, f.start), unitAt(line, f.end));
  }

  /** The card that has the focus, or that follows where a control of the list has it; -1 elsewhere. */
  focused() {
    const active = document.activeElement;
    const card = active?.closest("#wf-findings li");
    if (card instanceof HTMLElement) return Number(card.dataset.n);
    if (active?.closest("#wf-more")) return this.list.children.length;
    return active?.closest("#wf-back") ? 0 : -1;
  }

  /** Shows what is neither ignored nor filtered out. The focus stays in the list though the cards are new. */
  show() {
    const focused = this.focused();
    const severities = Array.from(this.root.querySelectorAll("[data-severity]"), (b) => (/** @type {HTMLInputElement} */ (b).checked ? /** @type {HTMLElement} */ (b).dataset.severity : ""));
    this.asked = this.all.filter((f) => !this.ignored.has(keyOf(f, this.lines[f.para])));
    this.shown = this.asked.filter((f) => severities.includes(f.severity) && !this.hiddenGroups.has(this.engine?.byID.get(f.rule)?.group ?? ""));
    this.mirror.show(this.lines, this.shown);
    if (this.shown.length > 0 && !this.texts) {
      this.needs(this.load.texts(), (texts) => {
        this.texts = texts;
        this.show();
      });
    }
    this.list.replaceChildren();
    this.shown.slice(0, this.most).forEach((_, n) => {
      const card = this.card(n);
      if (card) this.list.append(newCard(card, n, this.words));
    });
    this.explain(0);
    const more = this.part("#wf-more");
    more.hidden = this.shown.length <= this.most;
    more.textContent = this.word("more", { n: this.shown.length - this.most });
    this.part("#wf-count").textContent = String(this.shown.length);
    const ignored = this.all.length - this.asked.length;
    const off = Object.keys(this.off).length;
    this.part("#wf-back").hidden = ignored + off === 0;
    this.part("#wf-back span").textContent = this.word("back", { n: ignored, m: off });
    this.summarise();
    this.now = -1;
    if (focused >= 0) this.focusCard(focused);
  }

  /**
   * What a card says of a finding, once the words are there.
   * @param {number} n
   */
  card(n) {
    const f = this.shown[n];
    const rule = f && this.engine?.byID.get(f.rule);
    const text = this.texts?.[f?.rule];
    if (!rule || !text) return null;
    return { f, rule, text, quote: this.quote(f), href: `${this.words.rules}${groupPages[rule.group]}.html#${rule.id}` };
  }

  /**
   * Shows the rule of a finding beside the cards, where the window is wide.
   * @param {number} n
   */
  explain(n) {
    const card = this.card(n);
    this.part("#wf-rule-side").hidden = !card;
    if (card) this.part("#wf-rule-text").replaceChildren(...newExplanation(card, this.words));
  }

  summarise() {
    const counts = countsOf(this.lines);
    const line = this.part("#wf-check-summary");
    const numbers = { error: this.number("error"), warning: this.number("warning"), info: this.number("info"), ...counts };
    line.textContent = counts.chars === 0 ? this.words.empty ?? "" : this.word("summary", numbers);
    if (counts.chars > 0 && numbers.error === 0) line.append(document.createElement("br"), this.words.clean ?? "");
  }

  /**
   * Puts the caret on a finding. A draft that is not on view could take neither focus nor words.
   * @param {number} n
   */
  select(n) {
    const f = this.shown[n];
    this.tab("draft");
    const start = startsOf(this.lines)[f.para];
    const line = this.lines[f.para];
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start + unitAt(line, f.start), start + unitAt(line, f.end));
    this.mirror.reveal(f.para, unitAt(line, f.start));
    for (const card of this.list.children) card.classList.toggle("now", /** @type {HTMLElement} */ (card).dataset.n === String(n));
    this.list.children[n]?.scrollIntoView({ block: "nearest" });
    this.now = n;
    this.explain(n);
  }

  /** @param {MouseEvent} event */
  act(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    const card = button?.closest("li");
    if (!(button instanceof HTMLElement) || !card) return;
    const n = Number(card.dataset.n);
    const f = this.shown[n];
    if (this.stale()) {
      this.run(false); // the text moved under the card
      return;
    }
    button.focus(); // which not every browser does
    switch (button.dataset.do) {
      case "accept":
        this.accept(n);
        break;
      case "mine":
        this.select(n);
        break;
      case "ignore":
        this.ignored.add(keyOf(f, this.lines[f.para]));
        this.show();
        break;
      case "off":
        this.off[f.rule] = true;
        this.run(false);
        break;
    }
  }

  /**
   * Writes the fix as the writer would: the browser's own undo takes it back.
   * Who went through the findings goes on with them.
   * @param {number} n
   */
  accept(n) {
    const f = this.shown[n];
    const { shown } = this.part(".check-cols").dataset;
    this.select(n);
    const done = f.fix === "" ? document.execCommand("delete") : document.execCommand("insertText", false, f.fix);
    if (!done) {
      this.area.setRangeText(f.fix);
      this.typed();
    }
    if (shown === "findings") {
      this.tab(shown);
      this.focusCard(n);
    }
    this.run(false);
    say(this.words.accepted ?? "");
  }

  /**
   * After a card is gone the next one has the focus.
   * @param {number} n
   */
  focusCard(n) {
    const card = this.list.children[Math.min(n, this.list.children.length - 1)];
    if (card instanceof HTMLElement) card.focus();
    else this.part("#wf-check-summary").focus();
  }

  /** Whether the findings are those of an earlier text. */
  stale() {
    return this.area.value !== this.lines.join("\n");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape" && event.target instanceof Element && event.target.closest(".finding")) {
      this.tab("draft");
      this.area.focus();
      return;
    }
    if (event.key !== "F8" || event.isComposing) return;
    event.preventDefault();
    const go = () => this.go(event.shiftKey);
    if (this.stale()) this.run(false, go);
    else go();
  }

  /** @param {boolean} back */
  go(back) {
    const n = this.shown.length;
    if (n === 0) return;
    if (back) this.select(((this.now >= 0 ? this.now : this.atCaret()) - 1 + n) % n);
    else this.select(this.now >= 0 ? (this.now + 1) % n : this.atCaret());
  }

  /** The first finding at or behind the caret. */
  atCaret() {
    const starts = startsOf(this.lines);
    const caret = this.area.selectionStart;
    const n = this.shown.findIndex((f) => starts[f.para] + unitAt(this.lines[f.para], f.start) >= caret);
    return n < 0 ? 0 : n;
  }

  /** @param {string} text */
  put(text) {
    showBad(this.root, "");
    this.tab("draft");
    this.area.focus({ preventScroll: true });
    this.area.select();
    if (!document.execCommand("insertText", false, text)) this.area.value = text;
    this.kept = this.area.value;
    this.area.setSelectionRange(0, 0);
    this.area.scrollTop = 0;
    this.ignored.clear();
    this.most = mostCards;
    this.run(true);
  }

  /** @param {File} file */
  open(file) {
    const reader = /\.docx$/i.test(file.name) ? this.load.word().then((read) => (/** @type {Uint8Array} */ data) => read(data).join("\n")) : Promise.resolve(decode);
    this.needs(reader, async (read) => {
      try {
        this.put(read(new Uint8Array(await file.arrayBuffer())));
      } catch {
        showBad(this.root, this.words.bad ?? "");
      }
    }, this.words.unread);
  }

  download() {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob(["\ufeff", this.area.value], { type: "text/plain;charset=utf-8" }));
    a.download = this.words.name ?? "";
    document.body.append(a);
    a.click();
    a.remove();
    this.kept = this.area.value;
    window.setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
  }
}

/**
 * UTF-8 where it is valid, else GB 18030. A package is no text.
 * @param {Uint8Array} data
 */
function decode(data) {
  if (data[0] === 0x50 && data[1] === 0x4b) throw new Error("package");
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    text = new TextDecoder("gb18030").decode(data);
  }
  if (text.includes("\0")) throw new Error("binary");
  return text.replace(/\r\n?/g, "\n");
}

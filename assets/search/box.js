// The search box: a dialog with a combobox (APG pattern, nothing selected by itself). Keys are
// left alone while an input method composes.

import { say } from "../base/say.js";
import { load, prefix, save } from "../base/store.js";
import { find, kindWords, showMarked, summary } from "./load.js";

const SHOWN = 6; // at first, and as many again when they are looked for
const MOST = 12;
const KEEP = 8;
const RECENT = `${prefix}recent`;

/** @typedef {import("./load.js").Shown} Shown */

/** @type {Box | undefined} */
let box;

export function openBox() {
  box ??= new Box();
  box.open();
}

class Box {
  constructor() {
    this.dialog = /** @type {HTMLDialogElement} */ (document.getElementById("wf-search"));
    this.input = /** @type {HTMLInputElement} */ (document.getElementById("wf-search-q"));
    this.list = /** @type {HTMLElement} */ (document.getElementById("wf-search-list"));
    this.status = /** @type {HTMLElement} */ (document.getElementById("wf-search-status"));
    this.extra = /** @type {HTMLElement} */ (document.getElementById("wf-search-more"));
    /** @type {HTMLAnchorElement[]} */
    this.options = [];
    this.active = -1;
    this.turn = 0;
    this.timer = 0;
    this.speech = 0;
    this.more = false; // there are more results to show
    this.extending = Promise.resolve();
    /** @type {Map<string, HTMLElement>} */
    this.groups = new Map();
    this.kinds = kindWords();
    this.wire();
  }

  wire() {
    this.input.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.later();
    });
    this.input.addEventListener("compositionend", () => this.later());
    document.addEventListener("wenfang:changed", () => this.dialog.open && this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.dialog.querySelector("[data-search-close]")?.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("cancel", (event) => {
      if (this.input.value === "") return;
      event.preventDefault();
      this.input.value = "";
      this.later();
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.querySelector("form")?.addEventListener("submit", () => this.remember());
    this.list.addEventListener("click", () => this.remember());
    this.list.addEventListener("scroll", () => this.atEnd() && this.extend());
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.focus();
    this.input.select();
    this.run();
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.run(), 80);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.go(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.remember();
      const option = this.options[this.active];
      if (event.ctrlKey || event.metaKey) window.open(option?.href, "_blank", "noopener");
      else option?.click();
    }
  }

  /**
   * Past the last option that is shown the further ones come first.
   * @param {number} step
   */
  async go(step) {
    if (step > 0 && this.active === this.options.length - 1) await this.extend();
    this.move(step);
  }

  atEnd() {
    return this.list.scrollTop + this.list.clientHeight >= this.list.scrollHeight - 8;
  }

  /** Shows further results below the first, once. */
  extend() {
    if (this.more) this.extending = this.addMore();
    this.more = false;
    return this.extending;
  }

  async addMore() {
    const turn = this.turn;
    const { shown } = await find(this.input.value.trim(), {}, SHOWN, MOST).catch(() => ({ shown: [] }));
    if (turn === this.turn) this.group(shown);
  }

  /**
   * Round the options by way of none.
   * @param {number} step
   */
  move(step) {
    const n = this.options.length + 1;
    this.select(((this.active + 1 + step + n) % n) - 1);
  }

  /** @param {number} index */
  select(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  async run() {
    const query = this.input.value.trim();
    const turn = ++this.turn;
    if (query === "") {
      this.showRecent();
      return;
    }
    const waiting = window.setTimeout(() => turn === this.turn && this.tell(this.dialog.dataset.loading ?? ""), 150);
    try {
      const answer = await find(query, {}, 0, SHOWN);
      if (turn === this.turn) this.show(query, answer);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    } finally {
      window.clearTimeout(waiting);
    }
  }

  clear() {
    this.select(-1);
    this.options = [];
    this.more = false;
    this.groups.clear();
    this.list.replaceChildren();
    this.extra.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
  }

  /** @param {string} text */
  tell(text) {
    this.status.textContent = text;
  }

  /**
   * Spoken once the typing rests, never with every key.
   * @param {string} text
   */
  speak(text) {
    window.clearTimeout(this.speech);
    this.speech = window.setTimeout(() => say(text), 700);
  }

  /**
   * @param {string} query
   * @param {import("./load.js").Answer & {shown: Shown[]}} answer
   */
  show(query, answer) {
    this.clear();
    const words = this.dialog.dataset;
    const text = summary(query, answer, answer.shown[0], words.count ?? "");
    const root = document.documentElement.dataset.root ?? "";
    this.tell(text);
    this.speak(text);
    if (answer.all.length === 0) {
      this.extra.append(link(`${root}search.html`, words.list ?? ""));
      return;
    }
    this.more = answer.all.length > SHOWN;
    this.group(answer.shown);
    this.input.setAttribute("aria-expanded", "true");
    this.extra.append(link(`${root}search.html?q=${encodeURIComponent(query)}`, words.all ?? ""));
    if (this.list.scrollHeight <= this.list.clientHeight) this.extend();
  }

  /**
   * Results stand in groups by kind, the groups in the order of their best result.
   * @param {Shown[]} shown
   */
  group(shown) {
    for (const r of shown) {
      let group = this.groups.get(r.kind);
      if (!group) {
        group = document.createElement("div");
        const name = document.createElement("div");
        name.className = "search-group";
        name.id = `wf-search-${r.kind}`;
        name.textContent = this.kinds.get(r.kind) ?? r.kind;
        group.setAttribute("role", "group");
        group.setAttribute("aria-labelledby", name.id);
        group.append(name);
        this.list.append(group);
        this.groups.set(r.kind, group);
      }
      group.append(this.option(r));
    }
    // The arrows go as the eye does, group by group.
    const now = this.options[this.active];
    this.options = /** @type {HTMLAnchorElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
    if (now) this.active = this.options.indexOf(now);
  }

  /** @param {Shown} r */
  option(r) {
    const a = document.createElement("a");
    a.className = "search-option";
    a.id = `wf-search-o${this.options.length}`;
    a.href = r.href;
    a.tabIndex = -1;
    a.setAttribute("role", "option");
    a.setAttribute("aria-selected", "false");
    const title = document.createElement("b");
    title.textContent = r.title;
    a.append(title);
    if (r.heading) a.append(` › ${r.heading}`);
    const text = document.createElement("span");
    showMarked(text, r.excerpt);
    a.append(text);
    this.options.push(a);
    return a;
  }

  /** @param {unknown} error */
  fail(error) {
    this.clear();
    const words = this.dialog.dataset;
    const outdated = error instanceof Error && error.message === "outdated";
    const text = (outdated ? words.outdated : words.failed) ?? "";
    this.tell(text);
    this.speak(text);
    this.extra.append(
      button(words.retry ?? "", () => (outdated ? location.reload() : this.run())),
      link(`${document.documentElement.dataset.root ?? ""}search.html`, words.list ?? ""),
    );
  }

  showRecent() {
    this.clear();
    const recent = recentQueries();
    this.tell(recent.length > 0 ? (this.dialog.dataset.recent ?? "") : "");
    for (const query of recent) {
      this.extra.append(
        button(query, () => {
          this.input.value = query;
          this.input.focus();
          this.run();
        }),
      );
    }
    if (recent.length > 0) {
      this.extra.append(
        button(this.dialog.dataset.forget ?? "", () => {
          save(RECENT, null);
          this.showRecent();
        }),
      );
    }
    this.extra.append(link(`${document.documentElement.dataset.root ?? ""}search.html`, this.dialog.dataset.list ?? ""));
  }

  remember() {
    const query = this.input.value.trim();
    if (query === "") return;
    const queries = [query, ...recentQueries().filter((q) => q !== query)].slice(0, KEEP);
    save(RECENT, JSON.stringify(queries));
  }
}

/** @returns {string[]} */
function recentQueries() {
  try {
    const list = JSON.parse(load(RECENT) ?? "[]");
    return Array.isArray(list) ? list.filter((q) => typeof q === "string") : [];
  } catch {
    return [];
  }
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

/**
 * @param {string} href
 * @param {string} text
 */
function link(href, text) {
  const a = document.createElement("a");
  a.href = href;
  a.textContent = text;
  return a;
}

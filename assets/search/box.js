// The search box: a dialog with a combobox (APG pattern, nothing selected by itself). Keys are
// left alone while an input method composes.

import { say } from "../base/say.js";
import { block, button, link, maybeLine } from "./controls.js";
import { List } from "./list.js";
import { find, kindWords, maybe, summary } from "./load.js";
import { forget, recentQueries, remember } from "./recent.js";
import { tasks } from "./site.js";

const SHOWN = 6; // at first, and as many again when they are looked for
const MOST = 12;
const root = document.documentElement.dataset.root ?? "";

/** @typedef {import("./load.js").Shown} Shown */
/** @typedef {import("./load.js").Answer & {shown: Shown[]}} Answer */

/** @type {Box | undefined} */
let box;

/** Fills the box, which is open already, by what has been typed into it. */
export function openBox() {
  box ??= new Box();
  box.run();
}

/** @param {string} query */
const pageOf = (query) => `${root}search.html?q=${encodeURIComponent(query)}`;

class Box {
  constructor() {
    this.dialog = /** @type {HTMLDialogElement} */ (document.getElementById("wf-search"));
    this.input = /** @type {HTMLInputElement} */ (document.getElementById("wf-search-q"));
    this.status = /** @type {HTMLElement} */ (document.getElementById("wf-search-status"));
    this.extra = /** @type {HTMLElement} */ (document.getElementById("wf-search-more"));
    this.list = new List(this.input, /** @type {HTMLElement} */ (document.getElementById("wf-search-list")), kindWords());
    this.turn = 0;
    this.timer = 0;
    this.speech = 0;
    this.failed = ""; // what was said of a failure, said once
    this.more = false; // there are more results to show
    this.extending = Promise.resolve();
    this.wire();
  }

  get query() {
    return this.input.value.trim();
  }

  /** @param {string} name */
  word(name) {
    return this.dialog.dataset[name] ?? "";
  }

  wire() {
    this.input.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.later();
    });
    this.input.addEventListener("compositionend", () => this.later());
    document.addEventListener("wenfang:changed", () => this.dialog.open && this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) this.empty(event);
    });
    this.dialog.addEventListener("cancel", (event) => this.empty(event)); // Back on a telephone
    this.dialog.addEventListener("close", () => window.clearTimeout(this.speech));
    this.dialog.querySelector("form")?.addEventListener("submit", () => remember(this.query));
    this.list.box.addEventListener("click", () => remember(this.query));
    this.list.box.addEventListener("scroll", () => this.list.scrolledDown && this.extend());
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.run(), 80);
  }

  /**
   * What would close the box empties the field first.
   * @param {Event} event
   */
  empty(event) {
    if (this.input.value === "") return;
    event.preventDefault();
    this.ask("");
  }

  /**
   * Asks something that was not typed.
   * @param {string} query
   */
  ask(query) {
    this.input.value = query;
    this.input.focus();
    window.clearTimeout(this.timer);
    this.run();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.go(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") this.enter(event);
  }

  /**
   * The active option, else the page of all results; with Ctrl in another tab.
   * @param {KeyboardEvent} event
   */
  enter(event) {
    const option = this.list.current;
    const apart = event.ctrlKey || event.metaKey;
    if (!option && !apart) return; // the form is sent
    event.preventDefault();
    if (this.query === "") return;
    remember(this.query);
    if (apart) window.open(option?.href ?? pageOf(this.query), "_blank", "noopener");
    else option?.click();
  }

  /**
   * Past the last option that is shown the further ones come first.
   * @param {number} step
   */
  async go(step) {
    if (step > 0 && this.list.atLast) await this.extend();
    this.list.move(step);
  }

  /** Shows further results below the first, once. */
  extend() {
    if (this.more) this.extending = this.addMore();
    this.more = false;
    return this.extending;
  }

  async addMore() {
    const turn = this.turn;
    const { shown } = await find(this.query, {}, SHOWN, MOST).catch(() => ({ shown: [] }));
    if (turn === this.turn) this.list.add(shown);
  }

  async run() {
    const query = this.query;
    const turn = ++this.turn;
    window.clearTimeout(this.speech);
    if (query === "") {
      this.start(turn);
      return;
    }
    const waiting = window.setTimeout(() => turn === this.turn && this.tell(this.word("loading")), 150);
    try {
      const answer = await find(query, {}, 0, SHOWN);
      window.clearTimeout(waiting);
      if (turn === this.turn) await this.show(query, answer, turn);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    } finally {
      window.clearTimeout(waiting);
    }
  }

  clear() {
    this.list.clear();
    this.more = false;
    this.extra.replaceChildren();
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
   * @param {Answer} answer
   * @param {number} turn
   */
  async show(query, answer, turn) {
    this.clear();
    this.failed = "";
    const text = summary(query, answer, answer.shown[0], this.word("count"));
    this.tell(text);
    this.speak(text);
    const some = answer.all.length > 0;
    this.extra.append(some ? link(pageOf(query), this.word("all")) : link(`${root}search.html`, this.word("list")));
    if (some) {
      this.more = answer.all.length > SHOWN;
      this.list.add(answer.shown);
      if (this.list.box.scrollHeight <= this.list.box.clientHeight) this.extend();
    }
    const meant = await maybe(query, answer);
    if (turn !== this.turn || meant.length === 0) return;
    this.extra.prepend(maybeLine(meant, (other) => this.wayTo(other)));
    this.speak(`${text}${this.word("maybe")}${meant.join("、")}`);
  }

  /**
   * Leads to the results of another query, here or in another tab.
   * @param {string} query
   */
  wayTo(query) {
    const a = link(pageOf(query), query);
    a.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.ask(query);
    });
    return a;
  }

  /** @param {unknown} error */
  fail(error) {
    this.clear();
    const outdated = error instanceof Error && error.message === "outdated";
    const text = this.word(outdated ? "outdated" : "failed");
    this.tell(text);
    if (text !== this.failed) this.speak(text);
    this.failed = text;
    this.extra.append(
      button(this.word("retry"), () => (outdated ? location.reload() : this.ask(this.query))),
      link(`${root}search.html`, this.word("list")),
    );
  }

  /**
   * The empty field: recent searches and common tasks.
   * @param {number} turn
   */
  async start(turn) {
    this.clear();
    this.tell("");
    this.extra.append(link(`${root}search.html`, this.word("list")));
    const recent = recentQueries();
    if (recent.length > 0) {
      const clear = button(this.word("forget"), () => {
        forget();
        say(this.word("forgotten"));
        this.ask("");
      });
      clear.className = "plain";
      this.extra.prepend(block(this.word("recent"), recent.map((query) => button(query, () => this.ask(query))), [clear]));
    }
    const pages = await tasks();
    if (turn !== this.turn || pages.length === 0) return;
    const list = block(this.word("tasks"), pages.map(([title, url]) => link(root + url, title)));
    this.extra.insertBefore(list, this.extra.lastChild);
  }
}

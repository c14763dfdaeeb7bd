// The page of results: everything that answers the query, twenty at a time, narrowed by kind and
// tag. What is asked stands in the address, in its fragment too, which works on file://: every
// way to narrow or to go on is a link.

import { block, button, link, maybeLine } from "./controls.js";
import { dressed, find, kindWords, maybe, showMarked, summary } from "./load.js";
import { place } from "./site.js";

const PER_PAGE = 20;
const TAGS = 15;

/** @typedef {import("./rank.js").Found} Found */
/** @typedef {import("./load.js").Shown} Shown */
/** @typedef {import("./load.js").Answer & {shown: Shown[]}} Answer */
/** @typedef {{query: string, exact: boolean, kind: string, tag: string, page: number}} State page counts from 0 */

export function startPage() {
  const root = document.getElementById("wf-results");
  const input = document.getElementById("wf-page-q");
  if (root && input instanceof HTMLInputElement) new Results(root, input).start();
}

/** What the address asks: ?q= of a form, or a fragment #q=…&kind=…&tag=…&exact=1&page=2. */
function asked() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const query = hash.get("q") ?? new URLSearchParams(location.search).get("q") ?? "";
  return {
    query: query.trim(), exact: hash.has("exact"), kind: hash.get("kind") ?? "", tag: hash.get("tag") ?? "",
    page: Math.max(0, (Number.parseInt(hash.get("page") ?? "", 10) || 1) - 1),
  };
}

/** @param {State} state */
function addressOf({ query, exact, kind, tag, page }) {
  const parts = [`q=${encodeURIComponent(query)}`];
  if (exact) parts.push("exact=1");
  if (kind) parts.push(`kind=${encodeURIComponent(kind)}`);
  if (tag) parts.push(`tag=${encodeURIComponent(tag)}`);
  if (page > 0) parts.push(`page=${page + 1}`);
  return `#${parts.join("&")}`;
}

class Results {
  /**
   * @param {HTMLElement} root
   * @param {HTMLInputElement} input
   */
  constructor(root, input) {
    this.root = root;
    this.input = input;
    this.exact = /** @type {HTMLInputElement | null} */ (document.getElementById("wf-exact"));
    this.summary = document.getElementById("wf-summary");
    this.kinds = kindWords();
    this.state = asked();
    this.title = root.querySelector("h1")?.textContent ?? "";
    this.fullTitle = document.title;
    this.turn = 0;
  }

  start() {
    this.input.value ||= this.state.query; // what was typed while the engine came stays
    window.addEventListener("hashchange", () => {
      const before = this.state;
      this.state = asked();
      this.input.value = this.state.query;
      this.draw().then(() => this.state.page !== before.page && this.toTop());
    });
    this.exact?.addEventListener("change", () => {
      location.hash = addressOf({ ...this.state, exact: this.exact?.checked ?? false, kind: "", tag: "", page: 0 });
    });
    document.addEventListener("wenfang:changed", () => this.draw());
    this.draw();
  }

  /** @param {string} name */
  word(name) {
    return this.root.dataset[name] ?? document.getElementById("wf-search")?.dataset[name] ?? "";
  }

  /** @param {Partial<State>} change */
  way(change) {
    return addressOf({ ...this.state, page: 0, ...change });
  }

  async draw() {
    const { state } = this;
    const turn = ++this.turn;
    if (this.exact) this.exact.checked = state.exact;
    if (state.query === "") {
      this.blank();
      return;
    }
    const waiting = window.setTimeout(() => turn === this.turn && this.tell(this.word("loading")), 150);
    try {
      const answer = await find(state.query, { exact: state.exact }, 0, 1);
      const kept = answer.all.filter((r) => matches(r, state.kind, state.tag));
      state.page = Math.max(0, Math.min(state.page, Math.ceil(kept.length / PER_PAGE) - 1));
      const start = state.page * PER_PAGE;
      const shown = await dressed(kept.slice(start, start + PER_PAGE), state.query);
      window.clearTimeout(waiting);
      if (turn !== this.turn) return;
      this.show(answer, kept, shown);
      const meant = await maybe(state.query, answer);
      if (turn === this.turn) this.suggest(answer, meant);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    } finally {
      window.clearTimeout(waiting);
    }
  }

  /** Nothing is asked: the index of all pages. */
  blank() {
    this.name(this.title, this.fullTitle);
    this.tell(this.word("prompt"));
    this.reveal(false);
  }

  /**
   * @param {string} title
   * @param {string} whole of the window
   */
  name(title, whole) {
    document.title = whole;
    const h = this.root.querySelector("h1");
    if (h) h.textContent = title;
  }

  /** @param {string} text */
  tell(text) {
    if (this.summary) this.summary.textContent = text;
  }

  /**
   * Results, or the index of all pages.
   * @param {boolean} results
   */
  reveal(results) {
    const hide = (/** @type {string} */ selector, /** @type {boolean} */ hidden) => {
      for (const part of this.root.querySelectorAll(selector)) if (part instanceof HTMLElement) part.hidden = hidden;
    };
    hide(".search-cols", !results);
    hide(".book-index", results);
    hide(".search-exact", this.state.query === "");
    document.getElementById("wf-maybe")?.replaceChildren();
  }

  /**
   * @param {Answer} answer
   * @param {Found[]} kept
   * @param {Shown[]} shown
   */
  show(answer, kept, shown) {
    const { query, page } = this.state;
    const name = this.word("title").replace("{q}", query);
    this.name(name, `${name} - ${this.fullTitle}`);
    const pages = Math.ceil(kept.length / PER_PAGE);
    const where = pages > 1 ? this.word("pageof").replace("{n}", String(page + 1)).replace("{of}", String(pages)) : "";
    this.tell(summary(query, { ...answer, all: kept }, answer.shown[0], this.word("found")) + where);
    this.reveal(answer.all.length > 0);
    this.facets(answer.all);
    this.list(shown);
    this.pages(pages);
  }

  /**
   * What was probably meant; where the exact words are nowhere, the words as such.
   * @param {Answer} answer
   * @param {string[]} meant
   */
  suggest(answer, meant) {
    const line = document.getElementById("wf-maybe");
    if (!line) return;
    const { query, exact } = this.state;
    const whole = (/** @type {string} */ text) => link(addressOf({ query: text, exact: false, kind: "", tag: "", page: 0 }), text);
    if (meant.length > 0) line.append(maybeLine(meant, whole));
    else if (exact && answer.all.length === 0) line.append(maybeLine([query], whole));
  }

  /** @param {unknown} error */
  fail(error) {
    const outdated = error instanceof Error && error.message === "outdated";
    this.reveal(false);
    this.tell(this.word(outdated ? "outdated" : "failed"));
    this.summary?.append(" ", button(this.word("retry"), () => (outdated ? location.reload() : this.draw())));
  }

  /** Another page begins at its summary, for the eye and for the keyboard. */
  toTop() {
    if (!this.summary) return;
    this.summary.tabIndex = -1;
    this.summary.focus();
    this.root.scrollIntoView();
  }

  /** @param {Shown[]} items */
  list(items) {
    const ol = /** @type {HTMLOListElement | null} */ (document.getElementById("wf-list"));
    if (!ol) return;
    ol.start = this.state.page * PER_PAGE + 1;
    ol.replaceChildren(
      ...items.map((item) => {
        const li = document.createElement("li");
        const h = document.createElement("h2");
        const a = link(item.href, "");
        showMarked(a, item.titleMarked);
        if (item.heading) {
          a.append(" › ");
          showMarked(a, item.headingMarked);
        }
        h.append(a);
        const p = document.createElement("p");
        showMarked(p, item.excerpt);
        li.append(h, place(item.url, [this.kinds.get(item.kind) ?? item.kind], item.tags), p);
        return li;
      }),
    );
  }

  /** @param {Found[]} all */
  facets(all) {
    const box = document.getElementById("wf-facets");
    if (!box) return;
    const { kind, tag } = this.state;
    const kinds = count(all.filter((r) => matches(r, "", tag)).map((r) => r.kind), kind, Infinity);
    const tags = count(all.filter((r) => matches(r, kind, "")).flatMap((r) => r.tags), tag, TAGS);
    const had = document.activeElement instanceof HTMLElement && box.contains(document.activeElement) ? document.activeElement.dataset.facet : undefined;
    box.replaceChildren(
      ...this.facet("filterKind", kinds, kind, (v) => this.kinds.get(v) ?? v, (v) => this.way({ kind: v })),
      ...this.facet("filterTag", tags, tag, (v) => v, (v) => this.way({ tag: v })),
    );
    // The links are new, and the keyboard stays where it was.
    [...box.querySelectorAll("a")].find((a) => a.dataset.facet === had)?.focus();
  }

  /**
   * @param {string} name
   * @param {[string, number][]} values
   * @param {string} chosen
   * @param {(value: string) => string} label
   * @param {(value: string) => string} way
   * @returns {HTMLElement[]}
   */
  facet(name, values, chosen, label, way) {
    if (values.length === 0) return [];
    const one = (/** @type {string} */ value, /** @type {string} */ text) => {
      const a = link(way(value), text);
      a.dataset.facet = `${name} ${value}`;
      if (value === chosen) a.setAttribute("aria-current", "true");
      return a;
    };
    return [block(this.word(name), [one("", this.word("filterAll")), ...values.map(([v, n]) => one(v, `${label(v)} (${n})`))])];
  }

  /** @param {number} n */
  pages(n) {
    const nav = document.getElementById("wf-pages");
    if (!nav) return;
    const now = this.state.page;
    const near = [...new Set([0, now - 2, now - 1, now, now + 1, now + 2, n - 1])].filter((i) => i >= 0 && i < n);
    nav.hidden = n < 2;
    nav.replaceChildren(
      ...near.flatMap((i, at) => {
        const a = link(this.way({ page: i }), String(i + 1));
        a.setAttribute("aria-label", this.word("page").replace("{n}", String(i + 1)));
        if (i === now) a.setAttribute("aria-current", "page");
        return at > 0 && i > (near[at - 1] ?? 0) + 1 ? ["…", a] : [a];
      }),
    );
  }
}

/**
 * @param {Found} r
 * @param {string} kind or "" for any
 * @param {string} tag
 */
const matches = (r, kind, tag) => (!kind || r.kind === kind) && (!tag || r.tags.includes(tag));

/**
 * How often each value comes, the most frequent first; the chosen one is always among them.
 * @param {string[]} values
 * @param {string} chosen
 * @param {number} most
 * @returns {[string, number][]}
 */
function count(values, chosen, most) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  if (chosen) counts.set(chosen, counts.get(chosen) ?? 0);
  return [...counts].sort((a, b) => b[1] - a[1]).filter(([v], i) => i < most || v === chosen);
}

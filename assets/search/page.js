// The page of results: everything that answers the query, twenty at a time, narrowed by kind
// and tag.

import { dressed, find, kindWords, showMarked, summary } from "./load.js";

const PER_PAGE = 20;

/** @typedef {import("./rank.js").Found} Found */
/** @typedef {{query: string, exact: boolean, kind: string, tag: string, page: number}} State */
/** @typedef {import("./load.js").Answer} Answer */

export function startPage() {
  const root = document.getElementById("wf-results");
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("wf-page-q"));
  if (!root || !input) return;
  /** @type {State} */
  const state = { query: asked(), exact: false, kind: "", tag: "", page: 0 };
  input.value = state.query;
  const draw = () => show(root, state, draw).catch((error) => fail(error, draw));
  window.addEventListener("hashchange", () => {
    Object.assign(state, { query: asked(), kind: "", tag: "", page: 0 });
    input.value = state.query;
    draw();
  });
  const exact = document.getElementById("wf-exact");
  exact?.addEventListener("change", () => {
    Object.assign(state, { exact: exact instanceof HTMLInputElement && exact.checked, kind: "", tag: "", page: 0 });
    draw();
  });
  if (state.query) draw();
}

/** The query of the address: ?q= of a form, or #q=. */
function asked() {
  const found = /[#&]q=([^&]*)/.exec(location.hash) ?? /[?&]q=([^&#]*)/.exec(location.search);
  try {
    return decodeURIComponent((found?.[1] ?? "").replace(/\+/g, " ")).trim();
  } catch {
    return "";
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} query
 */
const title = (root, query) => (root.dataset.title ?? "").replace("{q}", query);

/**
 * @param {unknown} error
 * @param {() => void} again
 */
function fail(error, again) {
  const words = document.getElementById("wf-search")?.dataset ?? {};
  const outdated = error instanceof Error && error.message === "outdated";
  const summary = document.getElementById("wf-summary");
  if (!summary) return;
  summary.textContent = (outdated ? words.outdated : words.failed) ?? "";
  const retry = document.createElement("button");
  retry.type = "button";
  retry.textContent = words.retry ?? "";
  retry.addEventListener("click", () => (outdated ? location.reload() : again()));
  summary.append(" ", retry);
}

let turn = 0;

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {() => void} draw
 */
async function show(root, state, draw) {
  const own = ++turn;
  const asked = { ...state };
  const answer = await find(asked.query, { exact: asked.exact }, 0, 1);
  const kept = answer.all.filter((r) => (!asked.kind || r.kind === asked.kind) && (!asked.tag || r.tags.includes(asked.tag)));
  const start = asked.page * PER_PAGE;
  const shown = await dressed(kept.slice(start, start + PER_PAGE), asked.query);
  if (own !== turn) return;
  const name = title(root, asked.query);
  document.title = name;
  const heading = root.querySelector("h1");
  if (heading) heading.textContent = name;
  const said = document.getElementById("wf-summary");
  if (said) said.textContent = summary(asked.query, { ...answer, all: kept }, answer.shown[0], root.dataset.found ?? "");
  for (const part of root.querySelectorAll(".search-cols")) if (part instanceof HTMLElement) part.hidden = answer.all.length === 0;
  for (const part of root.querySelectorAll(".search-exact")) if (part instanceof HTMLElement) part.hidden = false;
  const index = root.querySelector(".book-index");
  if (index instanceof HTMLElement) index.hidden = answer.all.length > 0;
  facets(root, state, answer.all, draw);
  list(shown, start);
  pages(root, state, kept.length, draw);
}

/**
 * @param {import("./load.js").Shown[]} items
 * @param {number} start
 */
function list(items, start) {
  const ol = /** @type {HTMLOListElement | null} */ (document.getElementById("wf-list"));
  if (!ol) return;
  const kinds = kindWords();
  ol.start = start + 1;
  ol.replaceChildren(
    ...items.map((item) => {
      const li = document.createElement("li");
      const h = document.createElement("h2");
      const a = document.createElement("a");
      a.href = item.href;
      a.textContent = item.heading ? `${item.title} › ${item.heading}` : item.title;
      h.append(a);
      const where = document.createElement("small");
      where.textContent = [kinds.get(item.kind) ?? item.kind, ...item.tags].join(" · ");
      const p = document.createElement("p");
      showMarked(p, item.excerpt);
      li.append(h, where, p);
      return li;
    }),
  );
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Found[]} all
 * @param {() => void} draw
 */
function facets(root, state, all, draw) {
  const box = document.getElementById("wf-facets");
  if (!box) return;
  const kinds = kindWords();
  const had = [...box.querySelectorAll("button")].find((b) => b === document.activeElement)?.value;
  const byKind = count(all.map((r) => r.kind));
  const byTag = count(all.flatMap((r) => r.tags)).slice(0, 15);
  box.replaceChildren(
    ...facet(root.dataset.filterKind ?? "", byKind, state.kind, (v) => kinds.get(v) ?? v, (v) => {
      state.kind = state.kind === v ? "" : v;
      state.page = 0;
      draw();
    }),
    ...facet(root.dataset.filterTag ?? "", byTag, state.tag, (v) => v, (v) => {
      state.tag = state.tag === v ? "" : v;
      state.page = 0;
      draw();
    }),
  );
  // The buttons are new, and the keyboard stays where it was.
  [...box.querySelectorAll("button")].find((b) => b.value === had)?.focus();
}

/**
 * @param {string[]} values
 * @returns {[string, number][]}
 */
function count(values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/**
 * @param {string} name
 * @param {[string, number][]} values
 * @param {string} chosen
 * @param {(value: string) => string} label
 * @param {(value: string) => void} choose
 * @returns {Element[]}
 */
function facet(name, values, chosen, label, choose) {
  if (values.length === 0) return [];
  const h = document.createElement("h2");
  h.textContent = name;
  const ul = document.createElement("ul");
  for (const [value, n] of values) {
    const b = document.createElement("button");
    b.type = "button";
    b.value = `${name} ${value}`;
    b.textContent = `${label(value)} (${n})`;
    b.setAttribute("aria-pressed", String(value === chosen));
    b.addEventListener("click", () => choose(value));
    const li = document.createElement("li");
    li.append(b);
    ul.append(li);
  }
  return [h, ul];
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {number} total
 * @param {() => void} draw
 */
function pages(root, state, total, draw) {
  const nav = document.getElementById("wf-pages");
  const n = Math.ceil(total / PER_PAGE);
  if (!nav) return;
  nav.replaceChildren(
    ...Array.from({ length: n > 1 ? Math.min(n, 50) : 0 }, (_, i) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = String(i + 1);
      b.setAttribute("aria-label", (root.dataset.page ?? "").replace("{n}", String(i + 1)));
      if (i === state.page) b.setAttribute("aria-current", "page");
      b.addEventListener("click", () => {
        state.page = i;
        draw();
        root.scrollIntoView();
      });
      return b;
    }),
  );
}

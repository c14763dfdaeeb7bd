// The page of results: everything that answers the query, twenty at a time, narrowed by kind
// and tag.

import { dress, kindWords, reader, showMarked } from "./load.js";

const PER_PAGE = 20;

/** @typedef {import("./rank.js").Found} Found */
/** @typedef {{query: string, kind: string, tag: string, page: number}} State */

export function startPage() {
  const root = document.getElementById("wf-results");
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("wf-page-q"));
  if (!root || !input) return;
  /** @type {State} */
  const state = { query: asked(), kind: "", tag: "", page: 0 };
  input.value = state.query;
  /** @type {Found[]} */
  let all = [];
  const draw = () => show(root, state, all, draw);
  const run = () => {
    document.title = state.query ? title(root, state.query) : document.title;
    reader()
      .then((r) => r.find(state.query))
      .then((results) => {
        all = results;
        draw();
      })
      .catch((error) => fail(error, run));
  };
  window.addEventListener("hashchange", () => {
    Object.assign(state, { query: asked(), kind: "", tag: "", page: 0 });
    input.value = state.query;
    run();
  });
  if (state.query) run();
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

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Found[]} all
 * @param {() => void} draw
 */
function show(root, state, all, draw) {
  const words = document.getElementById("wf-search")?.dataset ?? {};
  const heading = root.querySelector("h1");
  if (heading) heading.textContent = title(root, state.query);
  const kept = all.filter((r) => (!state.kind || r.kind === state.kind) && (!state.tag || r.tags.includes(state.tag)));
  const summary = document.getElementById("wf-summary");
  if (summary) {
    const none = `${(words.none ?? "").replace("{q}", state.query)}${words.noneHint ?? ""}`;
    summary.textContent = kept.length === 0 ? none : (words.count ?? "").replace("{n}", String(kept.length)).replace(/[，,].*/, "");
  }
  const columns = root.querySelector(".search-cols");
  if (columns instanceof HTMLElement) columns.hidden = all.length === 0;
  const index = root.querySelector(".book-index");
  if (index instanceof HTMLElement) index.hidden = all.length > 0;
  facets(root, state, all, draw);
  list(state, kept);
  pages(root, state, kept.length, draw);
}

/**
 * @param {State} state
 * @param {Found[]} kept
 */
async function list(state, kept) {
  const ol = /** @type {HTMLOListElement | null} */ (document.getElementById("wf-list"));
  if (!ol) return;
  const start = state.page * PER_PAGE;
  const r = await reader();
  const kinds = kindWords();
  const items = await Promise.all(kept.slice(start, start + PER_PAGE).map((result) => dress(r, result, state.query)));
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
      where.textContent = kinds.get(item.kind) ?? item.kind;
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

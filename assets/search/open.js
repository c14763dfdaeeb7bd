// The small part of search that every page loads: keys and buttons, the page API, and the
// loading of the rest when it is first needed. With search never used nothing more is loaded.

import { say } from "../base/say.js";
import { loadScript } from "../base/script.js";
import { setting } from "../base/settings.js";
import { button, link } from "./controls.js";

/**
 * What the big bundle puts on window.wenfang when it has loaded.
 * @typedef {object} Engine
 * @property {(query: string, options?: {limit?: number, exact?: boolean}) => Promise<object[]>} search
 * @property {() => void} openBox
 * @property {() => void} startPage
 * @property {(query: string) => void} markHits
 */

/** @type {Promise<Engine> | undefined} */
let loading;

/** The engine, loaded once; a failure may be tried again. */
function engine() {
  const { root = "", search = "" } = document.documentElement.dataset;
  loading ??= loadScript(root + search)
    .then(() => {
      const { engine } = /** @type {any} */ (window).wenfang;
      if (!engine) throw new Error("search did not load");
      return engine;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Opens the box at once, so that what is typed goes into it; the engine fills it when it is there. */
function open() {
  const dialog = document.getElementById("wf-search");
  const input = document.getElementById("wf-search-q");
  const status = document.getElementById("wf-search-status");
  if (!(dialog instanceof HTMLDialogElement) || !(input instanceof HTMLInputElement) || !status) return;
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
  status.textContent = dialog.dataset.loading ?? "";
  engine().then(
    (e) => dialog.open && e.openBox(),
    () => failed(dialog, status),
  );
}

/**
 * The page stays, with what was typed into it: the index of all pages is a link.
 * @param {HTMLElement} dialog
 * @param {HTMLElement} status
 */
function failed({ dataset }, status) {
  status.textContent = dataset.failed ?? "";
  say(dataset.failed ?? "");
  const list = link(`${document.documentElement.dataset.root ?? ""}search.html`, dataset.list ?? "");
  document.getElementById("wf-search-more")?.replaceChildren(button(dataset.retry ?? "", open), list);
}

export function wireSearch() {
  const w = /** @type {any} */ (window);
  w.wenfang = Object.assign(w.wenfang ?? {}, {
    ready: Promise.resolve(),
    /** @type {Engine["search"]} */
    search: (query, options) => engine().then((e) => e.search(query, options)),
  });
  for (const button of document.querySelectorAll("[data-search-open]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", open);
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
    const slash = event.code === "Slash" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (!control && !(slash && setting("keys") !== "off" && !inField(event.target))) return;
    event.preventDefault();
    open();
  });
  if (document.getElementById("wf-results")) startPage();
  const hit = /[#&]hl=([^&]*)/.exec(location.hash) ?? /[?&]hl=([^&#]*)/.exec(location.search);
  if (hit?.[1]) engine().then((e) => e.markHits(decodeURIComponent(hit[1] ?? ""))).catch(() => {});
}

/** The page of results; without the engine it has the index of all pages, and says so where something is asked. */
function startPage() {
  const line = document.getElementById("wf-summary");
  if (line) line.textContent = "";
  engine().then((e) => e.startPage()).catch(() => {
    const words = document.getElementById("wf-search")?.dataset;
    if (!line || !words || !/[?#&]q=[^&]/.test(location.href)) return;
    line.append(words.failed ?? "", " ", button(words.retry ?? "", startPage));
  });
}

/** @param {EventTarget | null} target */
function inField(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

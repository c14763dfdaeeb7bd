// The page's side of the preview: it hears of every change, asks whether it changed itself,
// and if so takes over what is new. One tab of a browser holds the connection and tells the
// others, since a browser opens only six to one server.

import { morph } from "./morph.js";
import { showProblems } from "./problems.js";

const CHANNEL = "wenfang-preview";
let etag = document.querySelector("script[data-etag]")?.getAttribute("data-etag") ?? "";
let version = -1;

/** @typedef {{version: number, problems: import("./problems.js").Problem[]}} State */

export function start() {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : undefined;
  /** @param {State} state */
  const heard = (state) => {
    if (state.version !== version && version >= 0) refresh();
    else if (version < 0) refresh();
    version = state.version;
    showProblems(state.problems);
  };
  channel?.addEventListener("message", (event) => heard(event.data));
  const lead = () =>
    new Promise(() => {
      const events = new EventSource("/-/events");
      events.addEventListener("message", (event) => {
        const state = JSON.parse(event.data);
        heard(state);
        channel?.postMessage(state);
      });
    });
  if (channel && navigator.locks) navigator.locks.request(CHANNEL, lead);
  else lead();
  // A tab that was frozen heard nothing.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
}

let asking = false;
let again = false;

/** Asks the server for this page; nothing happens when it is the same. */
function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname + location.search);
  request.setRequestHeader("If-None-Match", etag);
  request.responseType = "document";
  request.addEventListener("loadend", () => {
    asking = false;
    const page = request.responseXML;
    if (request.status !== 304 && request.status !== 0 && page) {
      etag = request.getResponseHeader("ETag") ?? "";
      take(page);
    }
    if (again) {
      again = false;
      refresh();
    }
  });
  request.send();
}

/**
 * @param {Document} page
 */
function take(page) {
  if (scripts(document) !== scripts(page)) {
    location.reload();
    return;
  }
  swapStyles(page);
  document.title = page.title;
  for (const name of ["data-build", "data-kind", "data-search"]) {
    document.documentElement.setAttribute(name, page.documentElement.getAttribute(name) ?? "");
  }
  page.querySelectorAll("script[data-etag]").forEach((s) => s.remove());
  const own = document.querySelector("script[data-etag]");
  own?.remove();
  morph(document.body, page.body);
  if (own) document.body.append(own);
  for (const hidden of document.querySelectorAll("[data-search-open],[data-open]")) hidden.removeAttribute("hidden");
  document.dispatchEvent(new CustomEvent("wenfang:updated"));
}

/** @param {Document} doc */
const scripts = (doc) => [...doc.querySelectorAll("head script[src]")].map((s) => s.getAttribute("src")).join();

/**
 * New style sheets load before the old ones go: the page is never bare.
 * @param {Document} page
 */
function swapStyles(page) {
  const old = [...document.querySelectorAll("link[rel='stylesheet']")];
  const wanted = [...page.querySelectorAll("link[rel='stylesheet']")];
  wanted.forEach((link, i) => {
    const before = old[i];
    if (before?.getAttribute("href") === link.getAttribute("href")) return;
    const fresh = /** @type {HTMLLinkElement} */ (document.importNode(link, true));
    fresh.addEventListener("load", () => before?.remove());
    if (before) before.after(fresh);
    else document.head.append(fresh);
  });
}

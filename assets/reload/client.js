// The page's side of the preview: it hears of every change, asks whether it changed itself,
// and if so takes over what is new.

import { listen } from "./line.js";
import { Merge } from "./merge.js";
import { keepView } from "./view.js";
import { Panel } from "./panel.js";

/**
 * @typedef {object} State what the server tells; see hub.go
 * @property {string} version
 * @property {string[]} changed files other than pages that changed since the state before
 * @property {import("./panel.js").Problem[]} problems
 */

const HIDDEN_WAIT = 1000;

/** @param {HTMLScriptElement} script the one that runs; its attributes say what was sent */
export function start(script) {
  new Client(script);
}

/** @param {Element} element */
const isOurs = (element) => element.matches("script[data-etag]");

class Client {
  /** @param {HTMLScriptElement} script */
  constructor(script) {
    const { etag = "", version = "", status = "" } = script.dataset;
    this.etag = etag;
    this.version = version;
    this.status = Number(status);
    this.asking = false;
    this.again = false;
    this.wait = 0;
    const root = document.documentElement;
    // The copy lies in a document that loads nothing.
    const copy = document.implementation.createHTMLDocument("").importNode(root, true);
    this.merge = new Merge(root, copy, isOurs, replaceStyle);
    this.panel = new Panel(script.dataset);
    const address = () => `${script.dataset.events ?? ""}?since=${encodeURIComponent(this.version)}`;
    listen(address, (/** @type {State} */ state) => this.heard(state), (lost) => this.panel.lost(lost));
    // A tab that was frozen heard nothing; one that was hidden did not hurry.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.refresh());
  }

  /** @param {State} state */
  heard(state) {
    this.panel.show(state.problems);
    if (state.version === this.version) return;
    this.version = state.version;
    refreshImages(state.changed, state.version);
    window.clearTimeout(this.wait);
    if (document.visibilityState === "visible") this.refresh();
    // The tab being read comes first.
    else this.wait = window.setTimeout(() => this.refresh(), HIDDEN_WAIT * (1 + Math.random()));
  }

  /** Asks the server for this page; nothing happens when it is the same. */
  refresh() {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    const request = new XMLHttpRequest();
    request.open("GET", location.pathname + location.search);
    request.setRequestHeader("If-None-Match", this.etag);
    request.timeout = 30_000;
    request.addEventListener("loadend", () => {
      this.asking = false;
      this.answered(request);
      if (this.again) {
        this.again = false;
        this.refresh();
      }
    });
    request.send();
  }

  /** @param {XMLHttpRequest} request */
  answered(request) {
    const { status } = request;
    if (status === 0) return; // the server is gone, and the line says so
    document.dispatchEvent(new CustomEvent("wenfang:changed")); // this page or another
    if (status >= 500 && this.status < 500) {
      // The last good page stays, and what the server says of the new one is shown over it.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      this.panel.failed([...page.querySelectorAll("main p")].map((p) => p.textContent ?? ""));
      return;
    }
    this.panel.failed([]);
    if (status === 304) return;
    this.etag = request.getResponseHeader("ETag") ?? "";
    // Another kind of answer has another policy.
    if (status !== this.status || status !== 200) location.reload();
    else this.take(new DOMParser().parseFromString(request.responseText, "text/html"));
  }

  /** @param {Document} page */
  take(page) {
    if (scripts(document) !== scripts(page)) {
      location.reload(); // other scripts can only start anew
      return;
    }
    keepView(() => this.merge.take(page.documentElement));
    document.dispatchEvent(new CustomEvent("wenfang:updated"));
  }
}

/** @param {Document} doc */
const scripts = (doc) => [...doc.querySelectorAll("script[src]:not([data-etag])")].map((s) => s.getAttribute("src")).join();

/**
 * A new style sheet loads before the old one goes: the page is never bare.
 * @param {Element} live
 * @param {string} name
 * @param {string} value
 * @returns {Element | undefined}
 */
function replaceStyle(live, name, value) {
  if (name !== "href" || !live.matches("link[rel='stylesheet']")) return undefined;
  const fresh = /** @type {Element} */ (live.cloneNode(true));
  const done = () => live.remove();
  fresh.addEventListener("load", done);
  fresh.addEventListener("error", done);
  fresh.setAttribute(name, value);
  live.after(fresh);
  return fresh;
}

/**
 * An image keeps its address when its bytes change.
 * @param {string[]} changed
 * @param {string} version
 */
function refreshImages(changed, version) {
  const paths = new Set(changed.map((path) => new URL(path.split("/").map(encodeURIComponent).join("/"), location.origin).pathname));
  for (const image of document.images) {
    const address = new URL(image.src, location.href);
    if (!paths.has(address.pathname)) continue;
    address.search = `?${encodeURIComponent(version)}`;
    image.src = address.href;
  }
}

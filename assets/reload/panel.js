// What the preview says over a page: the problems of the site, that this page could not be
// made anew, that the server is gone. Everything shown is text. It lies beside the body, out of
// the way of the page's scripts, and only while there is something to say.

import { styles } from "./panel-style.js";

/** @typedef {{path: string, line: number, col: number, severity: string, message: string, hint: string, excerpt: string}} Problem */

const CLOSED = "wenfang:preview:closed";
/** A server that is being started again is not gone. */
const PATIENCE = 1500;

export class Panel {
  /** @param {DOMStringMap} words */
  constructor(words) {
    this.words = words;
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {Problem[]} */
    this.failure = [];
    this.timer = 0;
    this.gone = false;
    this.host = document.createElement("div");
    this.host.id = "wf-problems";
    this.box = make("section", "box");
    this.box.setAttribute("aria-label", words.problems ?? "");
    this.list = make("div", "list");
    this.close = /** @type {HTMLButtonElement} */ (make("button", "close", words.close));
    this.title = make("h2", "title");
    const top = make("div", "top");
    top.append(this.title, this.close);
    this.box.append(top, this.list);
    this.open = /** @type {HTMLButtonElement} */ (make("button", "open"));
    this.status = make("p", "status");
    this.status.setAttribute("role", "status");
    this.host.append(this.status, this.open, this.box);
    this.open.hidden = this.box.hidden = this.status.hidden = true;
    this.wire();
  }

  wire() {
    this.close.addEventListener("click", () => this.shut());
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.shut());
    this.open.addEventListener("click", () => {
      this.unfold(true);
      this.close.focus();
    });
  }

  shut() {
    remember([...this.failure, ...this.problems].map(keyOf));
    this.unfold(false);
    this.open.focus();
  }

  /** @param {Problem[]} problems */
  show(problems) {
    if (JSON.stringify(problems) === JSON.stringify(this.problems)) return;
    this.problems = problems;
    this.draw();
  }

  /** @param {string[]} lines why this page could not be made anew; none takes it away */
  failed(lines) {
    const [path = "", ...rest] = lines;
    const failure = lines.length > 0 ? [{ path, line: 0, col: 0, severity: "error", message: rest.join("\n"), hint: "", excerpt: "" }] : [];
    if (JSON.stringify(failure) === JSON.stringify(this.failure)) return;
    this.failure = failure;
    this.draw();
  }

  /** @param {boolean} lost */
  lost(lost) {
    if (lost === this.gone) return;
    this.gone = lost;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(
      () => {
        this.status.hidden = !lost;
        this.status.textContent = lost ? (this.words.lost ?? "") : "";
        this.attach();
      },
      lost ? PATIENCE : 0,
    );
  }

  draw() {
    const all = [...this.failure, ...this.problems];
    const title = `${this.words.problems ?? ""} ${all.length}`;
    this.title.textContent = title;
    this.open.textContent = title;
    this.list.replaceChildren(...all.map(item));
    if (all.length === 0) {
      remember([]);
      this.open.hidden = this.box.hidden = true;
      this.attach();
      return;
    }
    const closed = new Set(remembered());
    this.unfold(!all.every((p) => closed.has(keyOf(p))));
  }

  /** @param {boolean} open */
  unfold(open) {
    this.box.hidden = !open;
    this.open.hidden = open;
    this.attach();
  }

  attach() {
    const silent = this.box.hidden && this.open.hidden && this.status.hidden;
    if (silent) {
      this.host.remove();
    } else if (!this.host.isConnected) {
      document.documentElement.append(this.host);
      dress();
    }
  }
}

/** The policy of a page forbids a style element, not a sheet that script makes. */
function dress() {
  if (document.adoptedStyleSheets.some((sheet) => dressed.has(sheet))) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  dressed.add(sheet);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** @type {WeakSet<CSSStyleSheet>} */
const dressed = new WeakSet();

/** @param {Problem} problem */
function item(problem) {
  const box = make("div", "item");
  const place = [problem.path, problem.line || undefined, problem.line ? problem.col || undefined : undefined].filter((part) => part !== undefined);
  box.append(make("p", "place", place.join(":")));
  if (problem.message) box.append(make("p", "message", problem.message));
  if (problem.excerpt) box.append(make("pre", "excerpt", problem.excerpt));
  if (problem.hint) box.append(make("p", "hint", problem.hint));
  return box;
}

/**
 * @param {string} name
 * @param {string} className
 * @param {string} [text]
 */
function make(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  if (element instanceof HTMLButtonElement) element.type = "button";
  return element;
}

/** @param {Problem} problem */
const keyOf = (problem) => `${problem.path} ${problem.message}`;

/**
 * Problems that were put away stay away when the next page is opened; new ones do not.
 * @param {string[]} keys
 */
function remember(keys) {
  try {
    if (keys.length > 0) window.sessionStorage.setItem(CLOSED, JSON.stringify(keys));
    else window.sessionStorage.removeItem(CLOSED);
  } catch {
    // Nothing is kept: they come again.
  }
}

/** @returns {string[]} */
function remembered() {
  try {
    const keys = JSON.parse(window.sessionStorage.getItem(CLOSED) ?? "[]");
    return Array.isArray(keys) ? keys : [];
  } catch {
    return [];
  }
}

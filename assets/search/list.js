// The list of the box: a listbox of links in groups by kind. The focus stays in the field, which
// names the active option; nothing is active by itself.

import { showMarked } from "./load.js";
import { Preview } from "./preview.js";
import { place } from "./site.js";

/** @typedef {import("./load.js").Shown} Shown */

export class List {
  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} box
   * @param {Map<string, string>} kinds names of kinds
   */
  constructor(input, box, kinds) {
    this.input = input;
    this.box = box;
    this.kinds = kinds;
    this.preview = new Preview();
    /** @type {HTMLAnchorElement[]} */
    this.options = [];
    this.active = -1;
    /** @type {Map<string, HTMLElement>} */
    this.groups = new Map();
    /** @type {WeakMap<Element, Shown>} */
    this.results = new WeakMap();
    box.addEventListener("mouseover", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.preview.show(this.results.get(option));
    });
  }

  get current() {
    return this.options[this.active];
  }

  get atLast() {
    return this.active === this.options.length - 1;
  }

  get scrolledDown() {
    return this.box.scrollTop + this.box.clientHeight >= this.box.scrollHeight - 8;
  }

  clear() {
    this.select(-1);
    this.options = [];
    this.groups.clear();
    this.box.replaceChildren();
    this.preview.show(undefined);
    this.input.setAttribute("aria-expanded", "false");
  }

  /**
   * Results stand in groups by kind, the groups in the order of their best result.
   * @param {Shown[]} shown
   */
  add(shown) {
    for (const r of shown) this.group(r.kind).append(this.option(r));
    // The arrows go as the eye does, group by group.
    const now = this.current;
    const first = this.options.length === shown.length;
    this.options = /** @type {HTMLAnchorElement[]} */ ([...this.box.querySelectorAll("[role=option]")]);
    if (now) this.active = this.options.indexOf(now);
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    if (first) this.preview.show(this.options[0] && this.results.get(this.options[0]));
  }

  /** @param {string} kind */
  group(kind) {
    let group = this.groups.get(kind);
    if (group) return group;
    group = document.createElement("div");
    const name = document.createElement("div");
    name.className = "search-group";
    name.id = `wf-search-${kind}`;
    name.textContent = this.kinds.get(kind) ?? kind;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", name.id);
    group.append(name);
    this.box.append(group);
    this.groups.set(kind, group);
    return group;
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
    showMarked(title, r.titleMarked);
    if (r.heading) {
      title.append(" › ");
      showMarked(title, r.headingMarked);
    }
    const text = document.createElement("span");
    showMarked(text, r.excerpt);
    a.append(title, place(r.url), text);
    this.results.set(a, r);
    this.options.push(a);
    return a;
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
    this.current?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.current;
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
    this.preview.show(this.results.get(option));
  }
}

// The gallery of templates: the links of its facets become boxes that filter the cards at once.
// The choice stands in the address.

import { recentPages } from "../base/recent.js";
import { say } from "../base/say.js";
import { load, pathOf, prefix, save } from "../base/store.js";
import { countOf, fits, fromHash, sorted, toHash, tooMuch } from "./choice.js";

/** @typedef {import("./choice.js").Values} Values */
/** @typedef {{facet: string, value: string, input: HTMLInputElement, count: HTMLElement}} Box */

export function wireGallery() {
  const root = document.getElementById("wf-gallery");
  if (root) new Gallery(root).start();
}

class Gallery {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.cards = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".cards>.card")]);
    this.items = this.cards.map((card) => ({
      genre: listOf(card.dataset.genre), direction: listOf(card.dataset.direction), scenes: listOf(card.dataset.scenes),
      size: listOf(card.dataset.size),
    }));
    /** @type {Record<string, string>} */
    this.labels = {};
    /** @type {Box[]} */
    this.boxes = [];
    this.state = document.createElement("div");
    this.state.className = "gallery-chips";
  }

  start() {
    for (const nav of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-facet]"))) this.upgrade(nav);
    this.root.querySelector(".gallery-state")?.append(this.state);
    this.wireSort();
    const box = this.root.querySelector(".facets-box");
    const wide = window.matchMedia("(min-width:1024px)");
    const fit = () => box instanceof HTMLDetailsElement && (box.open = wide.matches);
    fit();
    wide.addEventListener("change", fit);
    const read = () => {
      const choice = fromHash(location.hash, this.labels);
      for (const { facet, value, input } of this.boxes) input.checked = !!choice[facet]?.includes(value);
      this.show();
    };
    window.addEventListener("hashchange", read);
    read();
  }

  /**
   * Links become boxes with labels.
   * @param {HTMLElement} nav
   */
  upgrade(nav) {
    const facet = nav.dataset.facet ?? "";
    const title = nav.querySelector("h2")?.textContent ?? "";
    this.labels[facet] = title;
    const set = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = title;
    set.className = "facet";
    set.append(legend);
    for (const link of nav.querySelectorAll("li>a")) {
      const input = Object.assign(document.createElement("input"), { type: "checkbox" });
      const count = Object.assign(document.createElement("span"), { className: "count" });
      const label = document.createElement("label");
      const value = link.textContent ?? "";
      label.append(input, value, " ", count);
      set.append(label);
      this.boxes.push({ facet, value, input, count });
      input.addEventListener("change", () => this.chosen());
    }
    nav.replaceWith(set);
  }

  /** The order of the cards, which is remembered; what was used last is offered where anything was. */
  wireSort() {
    const select = document.getElementById("wf-sort");
    if (!(select instanceof HTMLSelectElement)) return;
    const paths = this.cards.map((card) => pathOf(card.querySelector("a")?.href ?? ""));
    const recent = recentPages().filter((path) => paths.includes(path));
    if (recent.length === 0) select.querySelector("[value=recent]")?.remove();
    const key = `${prefix}gallery-sort`;
    const kept = load(key);
    if ([...select.options].some((o) => o.value === kept)) select.value = kept ?? "";
    const order = () => {
      const cards = sorted(this.cards.map((_, i) => ({ i, sound: Number(this.cards[i]?.dataset.sound), recent: recent.indexOf(paths[i] ?? "") })), select.value);
      this.root.querySelector(".cards")?.append(...cards.map(({ i }) => /** @type {HTMLElement} */ (this.cards[i])));
    };
    if (select.value !== "common") order();
    select.addEventListener("change", () => {
      save(key, select.value);
      order();
    });
  }

  /** @returns {Values} */
  choice() {
    /** @type {Values} */
    const choice = {};
    for (const { facet, value, input } of this.boxes) if (input.checked) choice[facet] = [...(choice[facet] ?? []), value];
    return choice;
  }

  chosen() {
    const hash = toHash(this.choice(), this.labels);
    try {
      history.replaceState(null, "", `#${hash}`);
    } catch {
      location.hash = hash; // history is not there on every file://
    }
    say(this.show());
  }

  /** Shows the cards that are left and returns what is said of them. */
  show() {
    const choice = this.choice();
    const words = this.root.dataset;
    let left = 0;
    this.cards.forEach((card, i) => {
      const shown = fits(/** @type {Values} */ (this.items[i]), choice);
      card.hidden = !shown;
      if (shown) left++;
    });
    for (const box of this.boxes) {
      const n = countOf(this.items, choice, box.facet, box.value);
      box.count.textContent = n > 0 ? String(n) : "(0)";
      box.input.disabled = n === 0 && !box.input.checked;
    }
    const chosen = this.boxes.filter((box) => box.input.checked);
    const text = (words.count ?? "").replace("{n}", String(left));
    const count = document.getElementById("wf-count");
    if (count) count.textContent = left > 0 ? text : (words.none ?? "");
    const summary = this.root.querySelector(".facets-box>summary");
    if (summary) summary.textContent = chosen.length > 0 ? (words.filtered ?? "").replace("{n}", String(chosen.length)) : (words.filter ?? "");
    this.state.replaceChildren(...this.chips(chosen, left === 0 ? tooMuch(this.items, choice) : undefined));
    return left > 0 ? text : (words.none ?? "");
  }

  /**
   * What is chosen, each with a button to remove it, and a way out of a choice that leaves nothing.
   * @param {Box[]} chosen
   * @param {{facet: string, value: string, left: number} | undefined} much
   */
  chips(chosen, much) {
    const words = this.root.dataset;
    /** @param {string} text @param {Box[]} boxes */
    const button = (text, boxes, label = text) => {
      const b = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      b.setAttribute("aria-label", label);
      b.addEventListener("click", () => {
        for (const { input } of boxes) input.checked = false;
        this.chosen();
        const next = this.state.querySelector("button") ?? this.root.querySelector("summary");
        if (next instanceof HTMLElement) next.focus();
      });
      return b;
    };
    /** @type {HTMLElement[]} */
    const out = chosen.map((box) => button(`${box.value} ×`, [box], (words.remove ?? "").replace("{value}", box.value)));
    if (much) {
      const line = document.createElement("p");
      line.textContent = (words.without ?? "").replace("{value}", much.value).replace("{n}", String(much.left));
      out.push(line, button(words.clear ?? "", chosen.filter((box) => box.facet === much.facet && box.value === much.value)));
    }
    if (chosen.length > 1) out.push(button(words.all ?? "", chosen));
    return out;
  }
}

/** @param {string | undefined} text */
function listOf(text) {
  return (text ?? "").split("|").filter(Boolean);
}

// A sample: its notes can be hidden and chosen by type, its text copied without them.

import { copyWith } from "../base/copy.js";
import { say } from "../base/say.js";
import { compose } from "./compose.js";
import { pageKit, profile } from "./kit.js";
import { fill } from "./model.js";
import { toHTML } from "./rich.js";
import { toText } from "./text.js";
import { headingOf } from "./words.js";

export function wireSample() {
  const bar = document.getElementById("wf-sample");
  const sheet = document.getElementById("wf-sheet");
  if (!bar || !sheet) return;
  const plain = bar.querySelector("[data-notes]");
  const filters = document.getElementById("wf-filters");
  const notes = () => /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll(".note")]);
  plain?.toggleAttribute("hidden", notes().length === 0);
  plain?.addEventListener("click", () => {
    const hidden = document.body.classList.toggle("no-notes");
    plain.setAttribute("aria-pressed", String(hidden));
    if (filters) filters.hidden = hidden || filters.querySelector("input") === null;
  });
  wireSteps(bar, () => notes().filter((note) => !note.classList.contains("off")));
  const button = bar.querySelector("[data-copy]");
  if (button instanceof HTMLElement) {
    button.addEventListener("click", () => {
      const kit = pageKit();
      if (!kit) return;
      const set = compose(fill(JSON.parse(bar.dataset.form || "{}"), new Map()));
      void copyWith(button, bar.dataset.copied ?? "", toText(set, kit), toHTML(set, kit, profile(kit, null)));
    });
  }
  const prepare = () => {
    markHeadings(sheet);
    if (filters) fillFilters(filters, notes());
    wirePairs(sheet);
  };
  prepare();
  document.addEventListener("wenfang:updated", prepare);
  filters?.addEventListener("change", () => {
    const off = new Set([...filters.querySelectorAll("input")].filter((b) => !b.checked).map((b) => b.value));
    for (const note of notes()) note.classList.toggle("off", off.has(note.dataset.type ?? ""));
    const shown = notes().filter((note) => !note.classList.contains("off")).length;
    say(shown > 0 ? (bar.dataset.shown ?? "").replace("{n}", String(shown)) : (bar.dataset.none ?? ""));
  });
}

/**
 * The buttons that lead from note to note, around the ends.
 * @param {HTMLElement} bar
 * @param {() => HTMLElement[]} shown
 */
function wireSteps(bar, shown) {
  /** @type {HTMLElement | undefined} */
  let current;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll("[data-step]"))) {
    button.hidden = shown().length < 2;
    button.addEventListener("click", () => {
      const notes = document.body.classList.contains("no-notes") ? [] : shown();
      const step = Number(button.dataset.step);
      const at = current ? notes.indexOf(current) : -1;
      current = notes[at < 0 ? (step > 0 ? 0 : notes.length - 1) : (at + step + notes.length) % notes.length];
      if (!current) return;
      current.tabIndex = -1;
      current.scrollIntoView({ block: "center" });
      current.focus({ preventScroll: true });
    });
  }
}

/**
 * One box for each type of note that the sample has, with its count.
 * @param {HTMLElement} filters
 * @param {HTMLElement[]} notes
 */
function fillFilters(filters, notes) {
  const counts = new Map();
  for (const note of notes) {
    const type = note.dataset.type ?? "";
    if (type) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  for (const label of filters.querySelectorAll("label")) label.remove();
  for (const [type, count] of counts) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    box.value = type;
    const label = document.createElement("label");
    label.append(box, `${type} ${count}`);
    filters.append(label);
  }
  filters.hidden = counts.size < 2;
}

/**
 * The words and their note point at each other.
 * @param {HTMLElement} sheet
 */
function wirePairs(sheet) {
  for (const ref of sheet.querySelectorAll("a.ref")) {
    const words = ref.closest("mark");
    const note = document.getElementById(ref.getAttribute("href")?.slice(1) ?? "");
    if (!words || !note) continue;
    for (const side of [words, note]) {
      for (const [event, state] of /** @type {[string, boolean][]} */ ([["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]])) {
        side.addEventListener(event, () => {
          words.classList.toggle("on", state);
          note.classList.toggle("on", state);
        });
      }
    }
  }
}

/**
 * Headings of level 1 are set in 黑体, of level 2 in 楷体.
 * @param {Element} sheet
 */
function markHeadings(sheet) {
  for (const p of sheet.querySelectorAll(".sheet-body p")) {
    if (p.closest(".notes")) continue;
    const text = [...p.childNodes].map((n) => (n instanceof Element && n.matches(".ref") ? "" : n.textContent)).join("");
    const { level, length } = headingOf(text);
    p.classList.toggle("lv1", level === 1 && length === text.length);
    p.classList.toggle("lv2", level === 2 && length === text.length);
  }
}

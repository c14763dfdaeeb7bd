// The sheet of a template while it is filled in.

import { headingOf } from "./blocks.js";
import { shown } from "./values.js";

/**
 * Puts the value of a field in its places; without one the mark of the field stands there, or
 * its example where the writer wants to see examples.
 * @param {Element} sheet
 * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} input
 * @param {boolean} examples
 */
export function put(sheet, input, examples) {
  const { field = "", type = "", example = "" } = input.dataset;
  const filled = input.value.trim() !== "";
  for (const place of sheet.querySelectorAll(".ph")) {
    if (place.getAttribute("data-field") !== field) continue;
    const where = whereIs(place);
    const mark = `【${field}】`;
    const value = filled ? shown(type, input.value, where) : mark;
    place.setAttribute("data-value", value);
    showLines(place, filled || !examples || !example ? value : shown(type, example, where));
    place.classList.toggle("filled", filled);
    place.classList.toggle("example", !filled && examples && example !== "");
  }
  for (const part of sheet.querySelectorAll(".when")) {
    if (part instanceof HTMLElement && part.dataset.field === field) part.hidden = (part.dataset.when === "set") !== filled;
  }
}

/**
 * Each line after the first is a block, which is indented as a paragraph is.
 * @param {Element} place
 * @param {string} text
 */
function showLines(place, text) {
  const [first = "", ...more] = text.split("\n");
  const blocks = more.map((line) => {
    const block = document.createElement("span");
    block.className = "ph-line";
    block.textContent = line;
    return block;
  });
  place.replaceChildren(first, ...blocks);
}

/**
 * A place is a paragraph of its own, but for the mark that ends it; a part of a sentence; or
 * a part of another element of the document.
 * @param {Element} place
 */
function whereIs(place) {
  const parent = place.parentElement;
  if (!parent?.closest(".sheet-body")) return "line";
  const others = [...parent.childNodes].filter((n) => n !== place).map((n) => n.textContent).join("");
  return parent.tagName === "P" && /^[\s。；]*$/.test(others) ? "alone" : "sentence";
}

/**
 * The inputs whose marks still stand in the sheet.
 * @template {HTMLElement} T
 * @param {Element} sheet
 * @param {T[]} inputs
 * @returns {T[]}
 */
export function remaining(sheet, inputs) {
  const open = new Set();
  for (const place of sheet.querySelectorAll(".ph:not(.filled)")) {
    if (!place.closest("[hidden]")) open.add(place.getAttribute("data-field"));
  }
  return inputs.filter((input) => open.has(input.dataset.field));
}

/**
 * Headings of level 1 are set in 黑体, of level 2 in 楷体.
 * @param {Element} sheet
 */
export function markHeadings(sheet) {
  for (const p of sheet.querySelectorAll(".sheet-body p")) {
    if (p.closest(".notes")) continue;
    const text = [...p.childNodes].map((n) => (n instanceof Element && n.matches(".ref") ? "" : n.textContent)).join("");
    const { level, length } = headingOf(text);
    p.classList.toggle("lv1", level === 1 && length === text.length);
    p.classList.toggle("lv2", level === 2 && length === text.length);
  }
}

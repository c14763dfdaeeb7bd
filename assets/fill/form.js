// The form of a template: what is typed appears in the sheet at once, stays in this browser,
// and is taken away as text with or without format. Values are text, never markup.

import { copy, copyByHand } from "../base/copy.js";
import { say } from "../base/say.js";
import { load, prefix, save } from "../base/store.js";
import { sheetHTML } from "./rich.js";
import { sheetText } from "./text.js";

export function wireFill() {
  const root = document.getElementById("wf-fill");
  const sheet = document.getElementById("wf-sheet");
  const form = root?.querySelector("form");
  const bar = root?.querySelector(".fill-bar");
  if (!root || !sheet || !form || !(bar instanceof HTMLElement)) return;
  form.hidden = false;
  bar.hidden = false;
  const inputs = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-field]"))];
  const key = `${prefix}fill:${location.pathname.split("/").slice(-3).join("/")}`;

  const left = () => new Set([...sheet.querySelectorAll(".ph:not(.filled)")].map((p) => p.getAttribute("data-field"))).size;
  const show = () => {
    for (const input of inputs) put(sheet, input.dataset.field ?? "", input.value);
    const n = left();
    const status = document.getElementById("wf-left");
    if (status) status.textContent = n === 0 ? (root.dataset.complete ?? "") : (root.dataset.left ?? "").replace("{n}", String(n));
  };
  restore(inputs, key);
  show();
  let timer = 0;
  form.addEventListener("input", () => {
    show();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => keep(inputs, key), 800);
  });
  window.addEventListener("pagehide", () => keep(inputs, key));
  form.addEventListener("submit", (event) => event.preventDefault());
  wireFocus(form, sheet);
  on(bar, "[data-copy]", (button) => copySheet(sheet, button, root));
  on(bar, "[data-print]", () => window.print());
  on(bar, "[data-example]", () => {
    for (const input of inputs) if (!input.value) input.value = exampleOf(input);
    show();
    keep(inputs, key);
  });
  wireReset(bar, root, () => {
    for (const input of inputs) input.value = input.defaultValue ?? "";
    save(key, null);
    show();
  });
}

/**
 * Puts a value in its places; without one the mark of the field stands there.
 * @param {Element} sheet
 * @param {string} field
 * @param {string} value
 */
function put(sheet, field, value) {
  for (const place of sheet.querySelectorAll(".ph")) {
    if (place.getAttribute("data-field") !== field) continue;
    place.textContent = value.trim() === "" ? `【${field}】` : value;
    place.classList.toggle("filled", value.trim() !== "");
  }
}

/** @param {HTMLInputElement} input */
function exampleOf(input) {
  const hint = document.getElementById(`${input.id}-hint`);
  const example = hint?.querySelector("span")?.textContent ?? "";
  return example.replace(/^[^：.]*[：.]\s?(?:g\. )?/, "");
}

/**
 * @param {HTMLInputElement[]} inputs
 * @param {string} key
 */
function keep(inputs, key) {
  const values = inputs.filter((i) => i.value !== (i.defaultValue ?? "")).map((i) => [i.dataset.field, i.value]);
  save(key, values.length > 0 ? JSON.stringify(values) : null);
}

/**
 * @param {HTMLInputElement[]} inputs
 * @param {string} key
 */
function restore(inputs, key) {
  try {
    const values = new Map(/** @type {[string, string][]} */ (JSON.parse(load(key) ?? "[]")));
    for (const input of inputs) {
      const value = values.get(input.dataset.field ?? "");
      if (typeof value === "string") input.value = value;
    }
  } catch {
    // What is kept cannot be read: the form starts empty.
  }
}

/**
 * The field in focus shows its places in the sheet.
 * @param {HTMLElement} form
 * @param {Element} sheet
 */
function wireFocus(form, sheet) {
  /** @param {Event} event */
  const mark = (event) => {
    const field = event.target instanceof HTMLElement ? event.target.dataset.field : undefined;
    for (const place of sheet.querySelectorAll(".ph")) {
      place.classList.toggle("focus", event.type === "focusin" && place.getAttribute("data-field") === field);
    }
  };
  form.addEventListener("focusin", mark);
  form.addEventListener("focusout", mark);
}

/**
 * @param {Element} sheet
 * @param {HTMLElement} button
 * @param {HTMLElement} root
 */
export function copySheet(sheet, button, root) {
  const text = sheetText(sheet);
  if (!copy(text, sheetHTML(sheet))) {
    say(root.dataset.copyfail ?? "");
    copyByHand(text);
    return;
  }
  const label = button.textContent;
  button.textContent = root.dataset.copied ?? "";
  say(root.dataset.copied ?? "");
  window.setTimeout(() => (button.textContent = label), 5000);
}

/**
 * @param {Element} root
 * @param {string} selector
 * @param {(button: HTMLElement) => void} act
 */
export function on(root, selector, act) {
  const button = root.querySelector(selector);
  if (button instanceof HTMLElement) button.addEventListener("click", () => act(button));
}

/**
 * @param {HTMLElement} bar
 * @param {HTMLElement} root
 * @param {() => void} reset
 */
function wireReset(bar, root, reset) {
  let asked = false;
  let label = "";
  on(bar, "[data-reset]", (button) => {
    if (!asked) {
      asked = true;
      label = button.textContent ?? "";
      button.textContent = root.dataset.clearask ?? "";
      return;
    }
    reset();
    asked = false;
    button.textContent = label;
    say(root.dataset.cleared ?? "");
  });
}

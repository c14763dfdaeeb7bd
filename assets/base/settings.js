// The reader's settings. They are one for all handbooks of a browser; the early script puts
// them on the page before it is painted.

import { say } from "./say.js";
import { forgetAll, load, save } from "./store.js";

/** @param {string} name */
const keyOf = (name) => `wenfang:set:${name}`;

/**
 * @param {string} name
 * @returns {string}
 */
export function setting(name) {
  return load(keyOf(name)) ?? "";
}

export function wireSettings() {
  const dialog = document.getElementById("wf-settings");
  if (!dialog) return;
  for (const set of dialog.querySelectorAll("[data-setting]")) {
    const name = set.getAttribute("data-setting") ?? "";
    for (const input of set.querySelectorAll("input")) {
      input.checked = input.value === setting(name);
      input.addEventListener("change", () => {
        save(keyOf(name), input.value || null);
        apply(name, input.value);
        say(dialog.dataset.done ?? "");
      });
    }
  }
  wireClear(dialog);
}

/**
 * @param {string} name
 * @param {string} value
 */
function apply(name, value) {
  if (value) document.documentElement.setAttribute(`data-${name}`, value);
  else document.documentElement.removeAttribute(`data-${name}`);
}

/**
 * The button that forgets everything asks once more before it does.
 * @param {HTMLElement} dialog
 */
function wireClear(dialog) {
  const button = dialog.querySelector("[data-clear]");
  if (!(button instanceof HTMLButtonElement)) return;
  const text = button.textContent ?? "";
  let asked = false;
  button.addEventListener("click", () => {
    if (!asked) {
      asked = true;
      button.textContent = dialog.dataset.sure ?? "";
      return;
    }
    forgetAll();
    for (const name of ["theme", "size", "justify", "keys"]) apply(name, "");
    for (const input of dialog.querySelectorAll("input")) input.checked = input.value === "";
    asked = false;
    button.textContent = text;
    say(dialog.dataset.cleared ?? "");
  });
}

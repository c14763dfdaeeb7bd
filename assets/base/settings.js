// The reader's settings, and what is kept in this browser. Settings are one for all handbooks
// of a browser; the early script puts them on the page before it is painted.

import { say } from "./say.js";
import { all, forgetAll, load, prefix, save } from "./store.js";

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
  const show = () => {
    for (const input of inputs(dialog)) {
      input.checked = input.value === setting(input.name);
      if (input.checked) apply(input.name, input.value);
    }
  };
  show();
  for (const input of inputs(dialog)) {
    input.addEventListener("change", () => {
      save(keyOf(input.name), input.value || null);
      apply(input.name, input.value);
      tell(dialog, "done");
    });
  }
  dialog.querySelector("[data-ask]")?.addEventListener("confirmed", () => {
    forgetAll();
    replaced();
    show();
    tell(dialog, "cleared");
  });
  dialog.querySelector("[data-export]")?.addEventListener("click", exportAll);
  wireImport(dialog, show);
}

/** @param {Element} dialog */
function inputs(dialog) {
  return /** @type {NodeListOf<HTMLInputElement>} */ (dialog.querySelectorAll("[data-setting] input"));
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
 * @param {HTMLElement} dialog
 * @param {string} name
 * @param {number} [n]
 */
function tell(dialog, name, n = 0) {
  const text = (dialog.dataset[name] ?? "").replace("{n}", String(n));
  const line = dialog.querySelector("[data-status]");
  if (line) line.textContent = text;
  say(text);
}

/** What is kept is not what this page would keep: a form drops what it had not stored yet. */
const replaced = () => document.dispatchEvent(new CustomEvent("wenfang:kept"));

/** A file carries what is kept to another computer. */
function exportAll() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ wenfang: 1, data: all() }, null, 1)], { type: "application/json" }));
  link.download = `${prefix.split(":")[1] || "wenfang"}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/**
 * @param {HTMLElement} dialog
 * @param {() => void} show
 */
function wireImport(dialog, show) {
  const chooser = dialog.querySelector("input[type=file]");
  if (!(chooser instanceof HTMLInputElement)) return;
  dialog.querySelector("[data-import]")?.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const file = chooser.files?.[0];
    if (!file) return;
    file.text().then((text) => {
      const data = entriesOf(text);
      for (const [key, value] of data) save(key, value);
      replaced();
      show();
      tell(dialog, data.length > 0 ? "imported" : "badfile", data.length);
    });
    chooser.value = "";
  });
}

/**
 * The entries of an exported file that belong to this site or to the settings.
 * @param {string} text
 * @returns {[string, string][]}
 */
function entriesOf(text) {
  try {
    const data = JSON.parse(text).data;
    return Object.keys(data)
      .filter((key) => (key.startsWith(prefix) || key.startsWith("wenfang:set:")) && typeof data[key] === "string")
      .map((key) => [key, data[key]]);
  } catch {
    return [];
  }
}

// What was typed into a template, kept in this browser under the path of its page.

import { load, pagePath, prefix, save } from "../base/store.js";

/** @typedef {import("./draft.js").Input} Input */

const key = `${prefix}fill:${pagePath}`;

/** What a field holds before anybody typed. @param {Input} input */
export function initial(input) {
  if (input instanceof HTMLSelectElement) return [...input.options].find((o) => o.defaultSelected)?.value ?? "";
  return input.defaultValue;
}

/** @param {Input[]} inputs */
export function keep(inputs) {
  const values = inputs.filter((i) => i.value !== initial(i)).map((i) => [i.dataset.field, i.value]);
  save(key, values.length > 0 ? JSON.stringify(values) : null);
}

/** @param {Input[]} inputs */
export function restore(inputs) {
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

// Helps beside fields: the names and numbers that were written before, on this computer only, and
// amounts of money in the numerals of accounts.

import { load, prefix, save } from "../base/store.js";
import { capital } from "./capital.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Input */

/** What is remembered: names of authorities, contacts, their telephones; by the names of fields. */
const kinds = [
  { key: `${prefix}authorities`, list: "wf-authorities", field: /(机关|单位)$/ },
  { key: `${prefix}contacts`, list: "wf-contacts", field: /联系人$/ },
  { key: `${prefix}phones`, list: "wf-phones", field: /电话$/ },
];
const most = 12;

/**
 * @param {string} key
 * @returns {string[]}
 */
function remembered(key) {
  try {
    const names = JSON.parse(load(key) ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** @param {Input} input */
function kindOf(input) {
  return input instanceof HTMLInputElement ? kinds.find((kind) => kind.field.test(input.dataset.field ?? "")) : undefined;
}

/**
 * Offers what was written before.
 * @param {HTMLElement} root
 * @param {Input[]} inputs
 */
export function offerNames(root, inputs) {
  for (const { key, list: id } of kinds) {
    const list = root.querySelector(`#${id}`) ?? root.appendChild(Object.assign(document.createElement("datalist"), { id }));
    list.replaceChildren(...remembered(key).map((value) => Object.assign(document.createElement("option"), { value })));
  }
  for (const input of inputs) {
    const kind = kindOf(input);
    if (kind) input.setAttribute("list", kind.list);
  }
}

/**
 * Remembers what was written into a field for an authority, a contact or a telephone.
 * @param {HTMLElement} root
 * @param {Input} input
 */
export function rememberName(root, input) {
  const kind = kindOf(input);
  const name = input.value.trim();
  if (!kind || !name || name.length > 60) return;
  save(kind.key, JSON.stringify([name, ...remembered(kind.key).filter((n) => n !== name)].slice(0, most)));
  offerNames(root, [input]);
}

/** @param {HTMLElement} root */
export function forgetNames(root) {
  for (const { key } of kinds) save(key, null);
  offerNames(root, []);
}

/**
 * Shows an amount in the numerals of accounts under its field.
 * @param {Input} input
 */
export function showCapital(input) {
  const id = `${input.id}-capital`;
  const text = input instanceof HTMLInputElement ? capital(input.value) : "";
  let line = document.getElementById(id);
  if (!text) {
    line?.remove();
    return;
  }
  line ??= Object.assign(document.createElement("p"), { id, className: "hint" });
  line.textContent = (input.closest("[data-capital]")?.getAttribute("data-capital") ?? "").replace("{amount}", text);
  input.closest(".field")?.append(line);
}

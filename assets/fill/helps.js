// Helps beside fields: the names of authorities that were written before, on this computer only,
// and amounts of money in the numerals of accounts.

import { load, prefix, save } from "../base/store.js";
import { capital } from "./capital.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Input */

const key = `${prefix}authorities`;
const most = 12;

/** @returns {string[]} */
function remembered() {
  try {
    const names = JSON.parse(load(key) ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** @param {Input} input */
function isAuthority(input) {
  return input instanceof HTMLInputElement && /(机关|单位)$/.test(input.dataset.field ?? "");
}

/**
 * Offers the names that were written before.
 * @param {HTMLElement} root
 * @param {Input[]} inputs
 */
export function offerAuthorities(root, inputs) {
  const id = "wf-authorities";
  const list = root.querySelector(`#${id}`) ?? root.appendChild(Object.assign(document.createElement("datalist"), { id }));
  list.replaceChildren(...remembered().map((value) => Object.assign(document.createElement("option"), { value })));
  for (const input of inputs) if (isAuthority(input)) input.setAttribute("list", id);
}

/**
 * Remembers what was written into a field for an authority.
 * @param {HTMLElement} root
 * @param {Input} input
 */
export function rememberAuthority(root, input) {
  const name = input.value.trim();
  if (!isAuthority(input) || !name || name.length > 60) return;
  save(key, JSON.stringify([name, ...remembered().filter((n) => n !== name)].slice(0, most)));
  offerAuthorities(root, [input]);
}

/** @param {HTMLElement} root */
export function forgetAuthorities(root) {
  save(key, null);
  offerAuthorities(root, []);
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

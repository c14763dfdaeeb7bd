// What is remembered in this browser. On file:// all sites of a computer may share one
// storage, so every key of a site carries its id. Where storage is refused, values last until
// the page is closed, and the first refusal is told once.

import { say, word } from "./say.js";

/** @type {Map<string, string>} */
const memory = new Map();
let told = false;

/** The prefix of this site's keys. */
export const prefix = `wenfang:${document.documentElement.dataset.site || ""}:v1:`;

/**
 * @param {string} key
 * @returns {string | null}
 */
export function load(key) {
  try {
    return window.localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/**
 * Saves a value; null forgets it. Reports whether the browser kept it.
 * @param {string} key
 * @param {string | null} value
 * @returns {boolean}
 */
export function save(key, value) {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, value);
    return true;
  } catch {
    if (!told) say(word("nostore"));
    told = true;
    return false;
  }
}

/** Forgets everything that the handbook keeps in this browser. */
export function forgetAll() {
  memory.clear();
  try {
    for (const key of Object.keys(window.localStorage)) {
      if (key.startsWith("wenfang:")) window.localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}

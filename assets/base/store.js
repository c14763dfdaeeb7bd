// What is remembered in this browser. On file:// all sites of a computer may share one
// storage, so every key of a site carries its id. Where storage is refused, values last until
// the page is closed, and the first refusal is told once.

import { say, word } from "./say.js";

/** @type {Map<string, string>} */
const memory = new Map();
let told = false;

const { site, root } = document.documentElement.dataset;

/** The prefix of this site's keys. */
export const prefix = `wenfang:${site ?? ""}:v1:`;

/** The path of the open page from the site's root, the same on a server and on a disk. */
export const pagePath = pathOf(location.href);

/** The path of a page of this site from the site's root. @param {string} url */
export function pathOf(url) {
  return decodePath(new URL(url, location.href).pathname.slice(new URL(root || "./", location.href).pathname.length)) || "index.html";
}

/** @param {string} path */
function decodePath(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

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

/** Whether the browser keeps anything at all. */
export function canSave() {
  const probe = `${prefix}probe`;
  try {
    window.localStorage.setItem(probe, "1");
    window.localStorage.removeItem(probe);
    return true;
  } catch {
    return false;
  }
}

/** Everything of ours by key: of this site, and the settings. */
export function all() {
  /** @type {Record<string, string>} */
  const found = {};
  const ours = (/** @type {string} */ key) => key.startsWith(prefix) || key.startsWith("wenfang:set:");
  for (const [key, value] of memory) if (ours(key)) found[key] = value;
  try {
    for (const key of Object.keys(window.localStorage)) {
      if (ours(key)) found[key] = window.localStorage.getItem(key) ?? "";
    }
  } catch {
    // Only what the page remembers.
  }
  return found;
}

/** Forgets everything of ours. */
export function forgetAll() {
  for (const key of Object.keys(all())) save(key, null);
}

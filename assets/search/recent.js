// Searches that led somewhere, kept in this browser and nowhere else. Where nothing can be kept
// there are none.

import { canSave, load, prefix, save } from "../base/store.js";

const KEY = `${prefix}recent`;
const KEEP = 8;

/** @returns {string[]} the last first */
export function recentQueries() {
  if (!canSave()) return [];
  try {
    const list = JSON.parse(load(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter((q) => typeof q === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string} query */
export function remember(query) {
  if (query === "" || !canSave()) return;
  save(KEY, JSON.stringify([query, ...recentQueries().filter((q) => q !== query)].slice(0, KEEP)));
}

export function forget() {
  save(KEY, null);
}

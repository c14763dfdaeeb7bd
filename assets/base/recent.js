// The templates that were used, the last one first: paths of their pages.

import { load, prefix, save } from "./store.js";

const key = `${prefix}used`;
const most = 24;

/** @returns {string[]} */
export function recentPages() {
  try {
    const paths = JSON.parse(load(key) ?? "[]");
    return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string} path */
export function used(path) {
  const [first] = recentPages();
  if (first !== path) store([path, ...recentPages().filter((p) => p !== path)].slice(0, most));
}

/** @param {string} path */
export function forget(path) {
  const paths = recentPages();
  if (paths.includes(path)) store(paths.filter((p) => p !== path));
}

/** @param {string[]} paths */
function store(paths) {
  save(key, paths.length > 0 ? JSON.stringify(paths) : null);
}

// What the box shows of the site beside results: common tasks, and the folders in which results
// stand. Search works without it: where it cannot be had, nothing is said.

import { file } from "./load.js";

/** @typedef {[title: string, inner?: Record<string, any>]} Folder inner: folders by name */
/** @typedef {{tasks: [title: string, url: string][], folders: Record<string, Folder>}} Site */

/** @type {Promise<Site | undefined> | undefined} */
let loading;

document.addEventListener("wenfang:changed", () => (loading = undefined));

function site() {
  loading ??= file("site").then(
    (content) => /** @type {Site} */ (/** @type {unknown} */ (content)),
    () => undefined,
  );
  return loading;
}

/** Pages that readers need most. */
export async function tasks() {
  return (await site())?.tasks ?? [];
}

/**
 * The titles of the folders above a page, from the top.
 * @param {string} url relative to the root of the site
 * @returns {Promise<string[]>}
 */
async function crumbs(url) {
  let inner = (await site())?.folders;
  /** @type {string[]} */
  const titles = [];
  const names = decodeURIComponent((url.split("#")[0] ?? "").replace(/^\.\//, "")).split("/");
  const above = names.slice(0, names[names.length - 1] === "index.html" ? -2 : -1);
  for (const name of above) {
    const folder = /** @type {Folder | undefined} */ (inner && Object.prototype.hasOwnProperty.call(inner, name) ? inner[name] : undefined);
    if (!folder) break;
    titles.push(folder[0]);
    inner = folder[1];
  }
  return titles;
}

/**
 * An element that says where a page stands, once that is known.
 * @param {string} url
 * @param {string[]} [before] what is said of the page first
 * @param {string[]} [after]
 */
export function place(url, before = [], after = []) {
  const small = document.createElement("small");
  const show = (/** @type {string[]} */ titles) => {
    small.textContent = [...before, ...(titles.length > 0 ? [titles.join(" › ")] : []), ...after].join(" · ");
    small.hidden = small.textContent === "";
  };
  show([]);
  crumbs(url).then(show);
  return small;
}

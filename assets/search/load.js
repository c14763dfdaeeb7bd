// Files of the index are classic scripts that hand over a string by wenfang.put, since a page
// opened from a disk may load nothing else. Whatever goes wrong is one error; a wrong result
// is never shown.

import { readDirectory } from "./decode.js";
import { excerpt, marks } from "./excerpt.js";
import { Reader } from "./rank.js";

const TIMEOUT = 8000;
const root = document.documentElement.dataset.root ?? "";

/** @type {Map<string, (content: string) => void>} */
const waiting = new Map();

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};
/**
 * @param {string} key
 * @param {string} content
 */
w.wenfang.put = (key, content) => waiting.get(key)?.(content);

/**
 * Loads one file of the index.
 * @param {string} key
 * @returns {Promise<string>}
 */
function file(key) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const done = () => {
      window.clearTimeout(timer);
      waiting.delete(key);
      script.remove();
    };
    const fail = () => {
      done();
      reject(new Error("load"));
    };
    const timer = window.setTimeout(fail, TIMEOUT);
    waiting.set(key, (content) => {
      done();
      resolve(content);
    });
    script.onerror = fail;
    // A server that answers with something else runs no put: that is a failure too.
    script.onload = () => window.setTimeout(() => waiting.has(key) && fail(), 0);
    script.src = `${root}search/${key}.js`;
    document.head.append(script);
  });
}

/** @type {Promise<Reader> | undefined} */
let opened;

/** The reader of this site's index. A failure may be tried again. */
export function reader() {
  opened ??= file("index").then((content) => {
    const dir = readDirectory(content);
    if (dir.build !== document.documentElement.dataset.build) throw new Error("outdated");
    return new Reader(file, dir);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/**
 * The page API: sections that answer a query, best first.
 * @param {string} query
 * @param {{limit?: number, exact?: boolean}} [options]
 */
export async function search(query, options = {}) {
  const results = await (await reader()).search(query, { limit: options.limit ?? 10, exact: options.exact ?? false });
  return results.map((r) => ({
    url: root + r.url, path: r.path, title: r.title, heading: r.heading, anchor: r.anchor, kind: r.kind, score: r.score,
  }));
}

/**
 * Results with what a list shows of them.
 * @param {string} query
 * @param {number} limit
 */
export async function find(query, limit) {
  const r = await reader();
  const all = await r.find(query);
  const shown = await Promise.all(all.slice(0, limit).map((result) => dress(r, result, query)));
  return { all, shown };
}

/**
 * @param {Reader} r
 * @param {import("./rank.js").Found} found
 * @param {string} query
 */
export async function dress(r, found, query) {
  const [result, text] = await Promise.all([r.name(found), r.textOf(found.section)]);
  return { ...result, href: hrefOf(result, query), excerpt: excerpt(text, marks(text, query)) };
}

/**
 * Where a result leads; the words travel in the fragment, which works on file:// too.
 * @param {import("./rank.js").Result} result
 * @param {string} query
 */
export function hrefOf(result, query) {
  const [page, anchor] = result.url.split("#");
  return `${root}${page}?hl=${encodeURIComponent(query)}${anchor ? `#${anchor}` : ""}`;
}

/**
 * Text with its marks as nodes.
 * @param {HTMLElement} into
 * @param {{text: string, marks: [number, number][]}} e
 */
export function showMarked(into, e) {
  let at = 0;
  for (const [start, stop] of e.marks) {
    into.append(e.text.slice(at, start));
    const mark = document.createElement("mark");
    mark.textContent = e.text.slice(start, stop);
    into.append(mark);
    at = stop;
  }
  into.append(e.text.slice(at));
}

/** Words for kinds of pages, which the layout puts on the dialog. */
export function kindWords() {
  const dialog = document.getElementById("wf-search");
  return new Map((dialog?.dataset.kinds ?? "").split(";").map((pair) => /** @type {[string, string]} */ (pair.split("="))));
}

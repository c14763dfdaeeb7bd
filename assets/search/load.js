// Files of the index are classic scripts that hand over a string by wenfang.put, since a page
// opened from a disk may load nothing else. Whatever goes wrong is one error; a wrong result
// is never shown.

import { readDirectory } from "./decode.js";
import { excerpt, marks } from "./excerpt.js";
import { Reader } from "./rank.js";
import { suggestions } from "./suggest.js";

const TIMEOUT = 8000;
const INDEX = "index";
const root = document.documentElement.dataset.root ?? "";

/** @type {Map<string, (content: string) => void>} */
const waiting = new Map();

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};
const before = w.wenfang.put; // of another part of the page, which gets what is not the index's
/**
 * @param {string} key
 * @param {string} content
 */
w.wenfang.put = (key, content) => {
  const taken = waiting.get(key);
  if (taken) taken(content);
  else before?.(key, content);
};

let failures = 0; // and other reasons to ask past the browser's cache

/**
 * Loads one file of the index.
 * @param {string} key
 * @returns {Promise<string>}
 */
export function file(key) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const done = () => {
      window.clearTimeout(timer);
      waiting.delete(key);
      script.remove();
    };
    const fail = (/** @type {string} */ why) => {
      done();
      reject(new Error(why));
    };
    const timer = window.setTimeout(() => fail("slow"), TIMEOUT);
    waiting.set(key, (content) => {
      done();
      resolve(content);
    });
    script.onerror = () => fail("load");
    // A server that answers with something else runs no put: that is a failure too.
    script.onload = () => window.setTimeout(() => waiting.has(key) && fail("load"), 0);
    script.src = `${root}search/${key}.js${failures > 0 ? `?${failures}` : ""}`;
    document.head.append(script);
  });
}

/** @type {Promise<Reader> | undefined} */
let opened;

// In the preview an edit makes another index.
document.addEventListener("wenfang:changed", () => {
  opened = undefined;
  failures++;
});

function reader() {
  opened ??= file(INDEX).then((content) => {
    const dir = readDirectory(content);
    if (dir.build !== document.documentElement.dataset.build) throw new Error("outdated");
    return new Reader(file, dir);
  });
  return opened;
}

/**
 * Asks the index. Where a file of it cannot be had, the site may have been published anew since
 * the page was opened: the index is opened once more, and asked again.
 * @template T
 * @param {(r: Reader) => Promise<T>} question
 * @returns {Promise<T>}
 */
export async function ask(question) {
  try {
    return await question(await reader());
  } catch (error) {
    opened = undefined;
    failures++;
    if (error instanceof Error && (error.message === "outdated" || error.message === "slow")) throw error;
  }
  try {
    return await question(await reader());
  } catch (error) {
    opened = undefined;
    throw error;
  }
}

/**
 * The page API: sections that answer a query, best first.
 * @param {string} query
 * @param {{limit?: number, exact?: boolean}} [options]
 */
export async function search(query, options = {}) {
  const results = await ask((r) => r.search(query, { limit: options.limit ?? 10, exact: options.exact ?? false }));
  return results.map((r) => ({
    url: root + r.url, path: r.path, title: r.title, heading: r.heading, anchor: r.anchor, kind: r.kind, score: r.score,
  }));
}

/** @typedef {import("./rank.js").Found} Found */
/** @typedef {Awaited<ReturnType<typeof dress>>} Shown */
/** @typedef {{all: Found[], whole: boolean}} Answer */

/**
 * Everything that answers a query, and its first results with what a list shows of them.
 * @param {string} query
 * @param {{exact?: boolean}} options
 * @param {number} from
 * @param {number} to
 * @returns {Promise<Answer & {shown: Shown[]}>}
 */
export function find(query, options, from, to) {
  return ask(async (r) => {
    const { found, whole } = await r.find(query, options);
    return { all: found, whole, shown: await Promise.all(found.slice(from, to).map((result) => dress(r, result, query))) };
  });
}

/**
 * Some results with what a list shows of them.
 * @param {Found[]} some
 * @param {string} query
 */
export const dressed = (some, query) => ask((r) => Promise.all(some.map((found) => dress(r, found, query))));

/**
 * What was probably meant, where nothing that was found holds a query.
 * @param {string} query
 * @param {Answer & {shown: Shown[]}} answer
 */
export async function maybe(query, { all, whole, shown }) {
  if (all.length > 0 && (whole || shown[0]?.words)) return [];
  return ask((r) => suggestions(r, query)).catch(() => []);
}

/**
 * @param {Reader} r
 * @param {Found} found
 * @param {string} query
 */
async function dress(r, found, query) {
  const [result, text] = await Promise.all([r.name(found), r.textOf(found.section)]);
  const words = result.words || query;
  const marked = (/** @type {string} */ s) => ({ text: s, marks: marks(s, words) });
  const whole = marked(text);
  return {
    ...result, href: hrefOf(result, words), whole, excerpt: excerpt(text, whole.marks),
    titleMarked: marked(result.title), headingMarked: marked(result.heading),
  };
}

/**
 * What a list of results says of itself: how many there are, and how they were found if not by
 * what was typed.
 * @param {string} query
 * @param {Answer} answer
 * @param {Shown | undefined} best
 * @param {string} count the words for a number of results
 */
export function summary(query, { all, whole }, best, count) {
  const words = document.getElementById("wf-search")?.dataset ?? {};
  if (all.length === 0) return `${(words.none ?? "").replace("{q}", query)}${words.noneHint ?? ""}`;
  const exact = all.filter((f) => f.exact).length;
  let notice = "";
  if (!whole && best?.words) notice = (words.instead ?? "").replace("{q}", query).replace("{w}", best.words);
  else if (!whole) notice = words.partial ?? "";
  const exactly = whole && exact < all.length ? (words.exactly ?? "").replace("{n}", String(exact)) : "";
  return `${notice}${count.replace("{n}", String(all.length)).replace("{exactly}", exactly)}`;
}

/**
 * Where a result leads; the words travel in the fragment, which works on file:// too.
 * @param {import("./rank.js").Result} result
 * @param {string} query
 */
function hrefOf(result, query) {
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

// What the page that checks a draft loads only when it is needed, as classic scripts: the engine with
// its rules for the first text, what is said of the rules for the first card, the reader of Word files
// for the first of those.

import { loadScript } from "../base/script.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** why, source, force, the wrong example, the right one
 * @typedef {[string, string, string, string, string]} Text */

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};

/** @type {Map<string, any>} */
const came = new Map();
const before = w.wenfang.put;
w.wenfang.put = (/** @type {string} */ key, /** @type {any} */ content) => {
  if (key.startsWith("check-")) came.set(key, content);
  else before?.(key, content);
};

/**
 * What a script handed over. A server that answers with something else hands over nothing.
 * @param {string} key
 */
function taken(key) {
  if (!came.has(key)) throw new Error(`${key} did not come`);
  return came.get(key);
}

/**
 * Loads something once; a failure may be tried again.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>}
 */
function once(load) {
  /** @type {Promise<T> | undefined} */
  let loaded;
  return () => {
    loaded = loaded ?? load();
    loaded.catch(() => (loaded = undefined));
    return loaded;
  };
}

/** @param {DOMStringMap} words the addresses */
export function loaders(words) {
  return {
    /** @type {() => Promise<Engine>} */
    engine: once(async () => {
      await Promise.all([loadScript(words.engine ?? ""), loadScript(words.checkRules ?? "")]);
      return new w.wenfang.check(taken("check-rules"));
    }),
    /** @type {() => Promise<Record<string, Text>>} */
    texts: once(async () => {
      await loadScript(words.checkTexts ?? "");
      return taken("check-texts");
    }),
    /** @type {() => Promise<(data: Uint8Array) => string[]>} */
    word: once(async () => {
      await loadScript(words.word ?? "");
      if (!w.wenfang.readWord) throw new Error("the reader did not come");
      return w.wenfang.readWord;
    }),
  };
}

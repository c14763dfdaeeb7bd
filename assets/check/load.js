// What the page that checks a draft loads only when it is needed, as classic scripts: the engine with
// its rules for the first text, what is said of the rules for the first card, the reader of Word files
// for the first of those.

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
 * Runs a script once; a failure may be tried again.
 * @param {string} src
 * @returns {Promise<void>}
 */
function run(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("load"));
    script.src = src;
    document.head.append(script);
  });
}

/**
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
      await Promise.all([run(words.engine ?? ""), run(words.checkRules ?? "")]);
      return new w.wenfang.check(came.get("check-rules"));
    }),
    /** @type {() => Promise<Record<string, Text>>} */
    texts: once(async () => {
      await run(words.checkTexts ?? "");
      return came.get("check-texts");
    }),
    /** @type {() => Promise<(data: Uint8Array) => string[]>} */
    word: once(async () => {
      await run(words.word ?? "");
      return w.wenfang.readWord;
    }),
  };
}

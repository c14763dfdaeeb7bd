// What was probably meant where no section holds a query: the query with one character of a run
// moved, added, changed or left out so that the text holds it, else parts that it holds, or the
// words without their filters. Everything suggested finds something.

import { adjoin, parseQuery } from "./query.js";

const MOST = 3;
const TRIED = 8; // candidates of one loss that are looked up whole
const RUNS = 6; // of a query that is looked into
const LONGEST = 16; // characters of a run that is changed
const STRANGE = 3; // places in a run that are looked at
const SHARDS = 2;

/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {Pick<import("./rank.js").Reader, "term" | "beginning" | "find">} Index */
/** @typedef {{chars: string[], loss: number, weight: number}} Candidate loss: of what was typed; weight: sections of its rarest pair */

/**
 * @param {Index} index
 * @param {string} text
 * @returns {Promise<string[]>} queries, the likeliest first
 */
export async function suggestions(index, text) {
  const query = parseQuery(text);
  if (query.kinds.length > 0 || query.tags.length > 0 || query.runs.some((run) => run.exact)) {
    const bare = spelled(query);
    return bare && (await holds(index, bare)) > 0 ? [bare] : [];
  }
  /** @type {string[]} */
  const parts = [];
  for (const [i, run] of query.runs.slice(0, RUNS).entries()) {
    const strange = run.han && run.chars.length <= LONGEST ? await strangePairs(index, run.chars) : [];
    if (strange.length > 0) {
      const found = await best(index, query, i, await candidates(index, run.chars, strange.slice(0, STRANGE)));
      if (found.length > 0) return found;
    }
    if (strange.length > 0 || query.runs.length > 1) parts.push(...between(run.chars, strange));
  }
  return kept(index, parts);
}

/**
 * How many sections hold a query as it is.
 * @param {Index} index
 * @param {string} text
 */
async function holds(index, text) {
  const { found } = await index.find(text, { exact: true });
  return found.length;
}

/**
 * The places of pairs that stand nowhere.
 * @param {Index} index
 * @param {string[]} chars
 */
async function strangePairs(index, chars) {
  const known = await Promise.all(chars.slice(1).map((c, i) => index.term((chars[i] ?? "") + c)));
  return known.flatMap((p, i) => (p ? [] : [i]));
}

/**
 * Runs one step away from a run, all of whose pairs the text holds. Only a step beside a
 * strange pair can mend it.
 * @param {Index} index
 * @param {string[]} chars
 * @param {number[]} strange
 */
async function candidates(index, chars, strange) {
  /** @type {Candidate[]} */
  const found = [];
  for (const at of strange) {
    for (const [run, loss] of await steps(index, chars, at)) {
      const weight = await rarest(index, run);
      if (weight > 0) found.push({ chars: run, loss, weight });
    }
  }
  found.sort((x, y) => y.weight - x.weight);
  return [0, 1, 2].flatMap((loss) => found.filter((c) => c.loss === loss).slice(0, TRIED));
}

/**
 * Runs that differ from one at a pair: first what keeps every character, then what changes one,
 * then what leaves one out.
 * @param {Index} index
 * @param {string[]} chars
 * @param {number} at
 */
async function steps(index, chars, at) {
  const [a = "", b = ""] = chars.slice(at, at + 2);
  const put = (/** @type {number} */ from, /** @type {number} */ out, /** @type {string[]} */ into) => [...chars.slice(0, from), ...into, ...chars.slice(from + out)];
  /** @type {[run: string[], loss: number][]} */
  const runs = [[put(at, 2, [b, a]), 0]];
  if (chars.length === 2) return runs;
  for (const c of await followers(index, a)) runs.push([put(at + 1, 0, [c]), 0], [put(at + 1, 1, [c]), 1]);
  if (at > 0) for (const c of await followers(index, chars[at - 1] ?? "")) runs.push([put(at, 1, [c]), 1]);
  runs.push([put(at, 1, []), 2], [put(at + 1, 1, []), 2]);
  return runs;
}

/**
 * The characters that follow a character in the text.
 * @param {Index} index
 * @param {string} char
 */
async function followers(index, char) {
  const pairs = await index.beginning(char, SHARDS);
  return [...pairs.keys()].map((term) => [...term]).flatMap(([, second, more]) => (second && !more ? [second] : []));
}

/**
 * @param {Index} index
 * @param {string[]} chars
 */
async function rarest(index, chars) {
  let least = chars.length > 1 ? Infinity : 0;
  for (let i = 0; i + 1 < chars.length && least > 0; i++) {
    least = Math.min(least, (await index.term((chars[i] ?? "") + (chars[i + 1] ?? "")))?.df ?? 0);
  }
  return least;
}

/**
 * The query with each of some runs in place of one, if a section holds it then; the least loss
 * alone, the most sections first.
 * @param {Index} index
 * @param {Query} query
 * @param {number} which
 * @param {Candidate[]} some
 */
async function best(index, query, which, some) {
  const tried = await Promise.all(some.map(async ({ chars, loss }) => {
    const text = spelled(query, which, chars);
    return { text, loss, n: await holds(index, text) };
  }));
  const good = tried.filter(({ n }) => n > 0).sort((x, y) => x.loss - y.loss || y.n - x.n);
  return [...new Set(good.filter(({ loss }) => loss === good[0]?.loss).map(({ text }) => text))].slice(0, MOST);
}

/**
 * The parts of a run that lie between its strange pairs.
 * @param {string[]} chars
 * @param {number[]} strange
 */
function between(chars, strange) {
  const cuts = [-1, ...strange, chars.length - 1];
  return cuts.slice(1).map((cut, i) => chars.slice((cuts[i] ?? 0) + 1, cut + 1)).filter((part) => part.length > 1).map((part) => part.join(""));
}

/**
 * @param {Index} index
 * @param {string[]} texts
 */
async function kept(index, texts) {
  const few = [...new Set(texts)].slice(0, TRIED);
  const counts = await Promise.all(few.map((text) => holds(index, text)));
  return few.filter((_, i) => (counts[i] ?? 0) > 0).slice(0, MOST);
}

/**
 * A query as it is typed, with other characters in one of its runs.
 * @param {Query} query
 * @param {number} [which]
 * @param {string[]} [chars]
 */
function spelled(query, which, chars) {
  return query.runs.reduce((text, run, i) => {
    const before = query.runs[i - 1];
    return text + (before && !adjoin(before, run) ? " " : "") + (i === which && chars ? chars : run.chars).join("");
  }, "");
}

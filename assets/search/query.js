// Reading a query, as Go's parseQuery does.

import { runs } from "./tokenize.js";

const MAX_QUERY = 200;

/**
 * A run of Han characters or a word of a query, or the sound of one; as Go's queryRun.
 * @typedef {object} QueryRun
 * @property {boolean} han
 * @property {string[]} chars
 * @property {boolean} exact stood in quotation marks
 * @property {boolean} prefix a word that may go on, a lone Han character, or a sound cut short
 * @property {number} group runs of one group stand side by side
 * @property {number} pos in its group
 * @property {string[]} [sound] terms of the sound that is looked for in place of the characters
 * @property {number} [wide] width of the sound
 */
/** @typedef {{runs: QueryRun[], kinds: string[], tags: string[], groups: number, other: boolean}} Query other: it is not what was typed */

const QUESTION_WORDS = [
  "为什么要", "有什么区别", "怎么办理", "什么时候", "应该怎么", "应该如何",
  "是什么意思", "什么意思", "怎么样", "怎么办", "为什么", "有哪些", "是什么", "什么是", "怎么写",
  "如何", "怎样", "怎么", "请问", "哪些", "什么", "吗", "呢",
];

/** @type {Record<string, string>} */
const QUOTES = { "“": "”", '"': '"', "「": "」", "『": "』", "”": "”" };

/**
 * @param {string} input
 * @returns {Query}
 */
export function parseQuery(input) {
  /** @type {Query} */
  const query = { runs: [], kinds: [], tags: [], groups: 0, other: false };
  let text = [...input].slice(0, MAX_QUERY).join("");
  while (text !== "") {
    const open = text[0] ?? "";
    const shut = QUOTES[open];
    if (shut) {
      const end = text.indexOf(shut, 1);
      if (end > 0) {
        add(query, text.slice(1, end), true);
        text = text.slice(end + 1);
      } else text = text.slice(1);
      continue;
    }
    const end = text.search(/[“”"「『]/);
    plain(query, end < 0 ? text : text.slice(0, end));
    text = end < 0 ? "" : text.slice(end);
  }
  const last = query.runs[query.runs.length - 1];
  if (last) last.prefix = last.prefix || (!last.han && !last.exact);
  return query;
}

/**
 * @param {Query} query
 * @param {string} text
 */
function plain(query, text) {
  /** @type {string[]} */
  const words = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const filter = /^(kind|tag)[:：](.+)$/.exec(word);
    if (filter?.[1] === "kind") query.kinds.push(filter[2] ?? "");
    else if (filter?.[1] === "tag") query.tags.push(filter[2] ?? "");
    else words.push(word);
  }
  add(query, dropQuestion(words.join(" ")), false);
}

/** @param {string} text */
function dropQuestion(text) {
  let rest = text;
  for (const word of QUESTION_WORDS) rest = rest.split(word).join(" ");
  const left = [...rest.replace(/^[？? ]+|[？? ]+$/g, "").replace(/\s+/g, "")].length;
  return left >= 2 ? rest : text;
}

/**
 * @param {Query} query
 * @param {string} text
 * @param {boolean} exact
 */
export function add(query, text, exact) {
  for (const run of runs(text)) {
    query.runs.push({ han: run.han, chars: run.chars, exact, prefix: run.han && run.chars.length === 1, group: query.groups, pos: run.pos });
  }
  query.groups++;
}

/**
 * The terms of a run; of one that may go on the last term is the prefix.
 * @param {QueryRun} run
 * @returns {string[]}
 */
export function termsOf(run) {
  if (run.sound) return run.sound;
  if (!run.han || run.chars.length === 1) return [run.chars.join("")];
  return run.chars.slice(0, -1).map((c, i) => c + (run.chars[i + 1] ?? ""));
}

/**
 * The number of positions that a run takes.
 * @param {QueryRun} run
 */
export function widthOf(run) {
  return run.sound ? (run.wide ?? 0) : run.han ? run.chars.length : 1;
}

/**
 * Whether a run follows another at once, and can be written so.
 * @param {QueryRun} run
 * @param {QueryRun} next
 */
export function adjoin(run, next) {
  return run.group === next.group && run.pos + widthOf(run) === next.pos && (run.han || next.han);
}

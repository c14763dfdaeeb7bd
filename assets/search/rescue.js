// Other readings of a query, as Go's Reader.alternatives: other names of the same thing, and, for
// runs that no section holds, what sounds or looks like them.

import { add } from "./query.js";
import { SYLLABLES } from "./syllables.js";
import { runs as runsOf } from "./tokenize.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").QueryRun} QueryRun */
/** @typedef {import("./score.js").Scored} Scored */
/** @typedef {import("./rank.js").Reader} Reader */
/** @typedef {{query: Query, weight: number}} Alternative */

const MOST = 8;
const MAX_CUTS = 4;
const MAX_SPELLED = 60;
const EDIT_LETTERS = 4;
const EDIT_SHARDS = 4;

/**
 * @param {Reader} reader
 * @param {Scored} scored
 * @returns {Promise<Alternative[]>}
 */
export async function alternatives(reader, scored) {
  const readings = await replaced(scored.query, async (run, i) =>
    scored.held[i] && scored.words[i] ? [] : spelled(reader, run, !scored.held[i], scored.strange[i] ?? false),
  );
  return [...synonyms(reader.dir.synonyms, scored.query), ...readings];
}

/**
 * The readings of a query that have words of the text which sound like runs with a strange pair
 * of characters.
 * @param {Reader} reader
 * @param {Scored} scored
 */
export function respelled(reader, scored) {
  return replaced(scored.query, async (run, i) =>
    scored.held[i] || !scored.strange[i] || !run.han ? [] : soundWords(reader, run),
  );
}

/**
 * A query with runs replaced, in every combination up to a number.
 * @param {Query} query
 * @param {(run: QueryRun, i: number) => Promise<QueryRun[][]>} instead
 * @returns {Promise<Alternative[]>}
 */
async function replaced(query, instead) {
  let readings = [query];
  for (const [i, run] of query.runs.entries()) {
    const choices = await instead(run, i);
    if (choices.length === 0) continue;
    readings = readings
      .flatMap((reading) =>
        choices.map((choice) => {
          const at = reading.runs.length - query.runs.length + i; // runs before this one may have become several
          const placed = choice.map((other) => ({ ...other, group: run.group, pos: other.pos + run.pos }));
          return { ...reading, runs: [...reading.runs.slice(0, at), ...placed, ...reading.runs.slice(at + 1)], other: true };
        }),
      )
      .slice(0, MOST);
  }
  return readings.filter((reading) => reading.other).map((reading) => ({ query: reading, weight: 1 }));
}

const PLAIN = { exact: false, prefix: false, group: 0, pos: 0 };

/**
 * What may stand in place of a run.
 * @param {Reader} reader
 * @param {QueryRun} run
 * @param {boolean} unknown no section holds it
 * @param {boolean} strange a pair of its characters stands nowhere
 * @returns {Promise<QueryRun[][]>}
 */
async function spelled(reader, run, unknown, strange) {
  if (run.han) {
    const parts = splitAtParticle(run);
    const list = strange ? await homophones(reader, run) : [];
    return parts.length > 1 ? [...list, parts] : list;
  }
  const letters = run.chars.join("");
  /** @type {QueryRun[][]} */
  const found = cutSyllables(letters).map(({ cut, whole }) => [
    { ...PLAIN, han: true, chars: run.chars, sound: syllableTerms(cut), wide: cut.length, prefix: !whole || cut.length === 1 },
  ]);
  const n = letters.length;
  if (n >= 2 && n <= MAX_SPELLED && /^[a-hj-tw-z]+$/.test(letters)) {
    const sound = n === 2 ? [`-${letters}`] : [...letters.slice(2)].map((_, i) => `-${letters.slice(i, i + 3)}`);
    found.push([{ ...PLAIN, han: true, chars: run.chars, sound, wide: n, prefix: n === 2 }]);
  }
  if (!unknown) return found;
  const word = await nearWord(reader, run.chars);
  return word ? [...found, [{ ...PLAIN, han: false, chars: [...word] }]] : found;
}

/**
 * Cuts a run at 的: 请示的格式 asks for 请示 and for 格式.
 * @param {QueryRun} run
 * @returns {QueryRun[]}
 */
function splitAtParticle(run) {
  /** @type {QueryRun[]} */
  const parts = [];
  let start = 0;
  for (let i = 0; i <= run.chars.length; i++) {
    if (i < run.chars.length && run.chars[i] !== "的") continue;
    if (i > start) parts.push({ ...PLAIN, han: true, chars: run.chars.slice(start, i), prefix: i - start === 1, pos: start });
    start = i + 1;
  }
  return parts;
}

/** @param {string[]} syllables */
function syllableTerms(syllables) {
  if (syllables.length === 1) return [`'${syllables[0]}`];
  return syllables.slice(0, -1).map((s, i) => `'${s} ${syllables[i + 1]}`);
}

/**
 * The run of Han characters that sounds as one does.
 * @param {Reader} reader
 * @param {QueryRun} run
 * @returns {Promise<QueryRun[][]>}
 */
async function homophones(reader, run) {
  const syllables = await syllablesOf(reader, run);
  if (syllables.length === 0) return [];
  return [[{ ...PLAIN, han: true, chars: run.chars, sound: syllableTerms(syllables), wide: syllables.length }]];
}

/**
 * The syllables of a run of several characters, none if one has none.
 * @param {Reader} reader
 * @param {QueryRun} run
 */
async function syllablesOf(reader, run) {
  if (run.chars.length < 2) return [];
  const sounds = await reader.sounds();
  const syllables = run.chars.map((c) => sounds.get(c) ?? "");
  return syllables.includes("") ? [] : syllables;
}

const MAX_SOUND_WORD = 8;
const MAX_CHAINS = 8;
const MAX_SOUND_WORDS = 2;

/** @typedef {import("./decode.js").Pair} Pair */

/**
 * Runs of pairs that stand in the text and sound as a run does, those of frequent pairs first.
 * @param {Reader} reader
 * @param {QueryRun} run
 * @returns {Promise<QueryRun[][]>}
 */
async function soundWords(reader, run) {
  const syllables = await syllablesOf(reader, run);
  if (syllables.length === 0 || syllables.length > MAX_SOUND_WORD) return [];
  /** @type {Pair[]} */
  let chains = [];
  for (let i = 0; i + 1 < syllables.length; i++) {
    chains = lengthened(chains, await reader.pairsAlike(`${syllables[i]} ${syllables[i + 1]}`), i === 0);
  }
  return chains
    .filter((c) => c.chars.join("") !== run.chars.join(""))
    .slice(0, MAX_SOUND_WORDS)
    .map((c) => [{ ...PLAIN, han: true, chars: c.chars }]);
}

/**
 * Puts pairs behind the chains that end as they begin. A chain is as frequent as its rarest pair.
 * @param {Pair[]} chains
 * @param {Pair[]} pairs
 * @param {boolean} first
 */
function lengthened(chains, pairs, first) {
  /** @type {Pair[]} */
  const longer = [];
  for (const { chars, df } of pairs) {
    if (chars.length !== 2) continue; // of a damaged file
    if (first) longer.push({ chars, df });
    else
      for (const c of chains) {
        if (c.chars[c.chars.length - 1] === chars[0]) longer.push({ chars: [...c.chars, chars[1] ?? ""], df: Math.min(c.df, df) });
      }
  }
  return longer.sort((a, b) => b.df - a.df).slice(0, MAX_CHAINS);
}

const list = SYLLABLES.split(" ");
const known = new Set(list);

/**
 * The ways to cut letters into syllables, those with the fewest first. The last syllable may be
 * cut short, which whole tells.
 * @param {string} text
 */
function cutSyllables(text) {
  /** @type {{cut: string[], whole: boolean}[]} */
  const cuts = [];
  if (text.length > MAX_SPELLED || !/^[a-z]*$/.test(text)) return cuts;
  const letters = text.replace(/(l|n)ue/g, "$1ve");
  const fewest = (/** @type {string[]} */ a, /** @type {string[]} */ b) => a.length - b.length;
  /** @type {string[][][]} ways to cut what stands before each letter */
  const best = Array.from({ length: letters.length + 1 }, () => []);
  best[0] = [[]];
  for (let i = 0; i < letters.length; i++) {
    const here = (best[i] ?? []).sort(fewest).slice(0, MAX_CUTS);
    best[i] = here;
    for (let n = Math.min(6, letters.length - i); n > 0; n--) {
      const s = letters.slice(i, i + n);
      if (known.has(s)) for (const before of here) best[i + n]?.push([...before, s]);
    }
  }
  for (const cut of (best[letters.length] ?? []).sort(fewest)) cuts.push({ cut, whole: true });
  for (let n = 1; n < Math.min(6, letters.length); n++) {
    const rest = letters.slice(-n);
    if (known.has(rest) || !list.some((s) => s.startsWith(rest))) continue;
    for (const before of best[letters.length - n] ?? []) cuts.push({ cut: [...before, rest], whole: false });
  }
  return cuts.slice(0, MAX_CUTS);
}

/**
 * The most frequent word that one edit makes of a word, of equally frequent ones the first.
 * @param {Reader} reader
 * @param {string[]} word
 */
async function nearWord(reader, word) {
  if (word.length < EDIT_LETTERS || word.length > MAX_SPELLED) return "";
  let best = "";
  let most = 0;
  for (const prefix of [word.slice(0, 2).join(""), `${word[1]}${word[0]}`]) {
    for (const [term, { df }] of await reader.beginning(prefix, EDIT_SHARDS)) {
      if ((df > most || (df === most && before(term, best))) && oneEdit(word, [...term])) [best, most] = [term, df];
    }
  }
  return best;
}

/**
 * Whether a sorts before b by code points, as Go compares strings.
 * @param {string} a
 * @param {string} b
 */
export function before(a, b) {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const d = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (d !== 0) return d < 0;
  }
  return x.length < y.length;
}

/**
 * Whether one letter more, less, or other, or two swapped, make b of a.
 * @param {string[]} a
 * @param {string[]} b
 */
function oneEdit(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let x = a.length;
  let y = b.length;
  while (x > start && y > start && a[x - 1] === b[y - 1]) {
    x--;
    y--;
  }
  const [m, n] = [x - start, y - start];
  const swapped = m === 2 && n === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
  return swapped || (m + n > 0 && m <= 1 && n <= 1);
}

/**
 * The query with each name of a thing replaced by its other ones.
 * @param {string[][]} groups
 * @param {Query} query
 * @returns {Alternative[]}
 */
function synonyms(groups, query) {
  /** @type {Alternative[]} */
  const found = [];
  query.runs.forEach((run, i) => {
    for (const group of groups) {
      const at = group.findIndex((name) => sameRun(name, run));
      if (at < 0) continue;
      group.forEach((name, j) => {
        if (j === at || found.length === MOST) return;
        const other = { ...query, runs: query.runs.slice(0, i), other: true };
        add(other, name, false);
        other.runs.push(...query.runs.slice(i + 1));
        found.push({ query: other, weight: 0.8 });
      });
    }
  });
  return found;
}

/**
 * Whether a name is one run, and that of a query.
 * @param {string} name
 * @param {QueryRun} run
 */
function sameRun(name, run) {
  const own = runsOf(name);
  return own.length === 1 && own[0]?.han === run.han && own[0].chars.join("") === run.chars.join("");
}

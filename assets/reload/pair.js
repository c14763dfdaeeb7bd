// Which children of an old node are which children of a new one. This is pure: nodes are only
// asked for their kind, their id and whether they are equal.

/**
 * @typedef {object} Pairing
 * @property {number[]} old for each new child the old one that it is, or -1
 * @property {Set<number>} moved new children whose old ones stand elsewhere in the order
 */

/**
 * The children that are equal, or that have the same id, are found first; what lies between
 * them is paired by kind, in order.
 * @param {Node[]} before
 * @param {Node[]} after
 * @returns {Pairing}
 */
export function pair(before, after) {
  const old = after.map(() => -1);
  const taken = new Set();
  /** @type {(i: number, j: number) => void} */
  const match = (i, j) => {
    old[j] = i;
    taken.add(i);
  };
  let start = 0;
  while (start < before.length && start < after.length && equal(before[start], after[start])) match(start, start++);
  let ends = 0;
  while (before.length - ends > start && after.length - ends > start && equal(before[before.length - 1 - ends], after[after.length - 1 - ends])) {
    match(before.length - 1 - ends, after.length - 1 - ends++);
  }
  const last = { before: before.length - ends, after: after.length - ends };
  for (const [i, j] of anchors(before, after, start, last.before, last.after)) match(i, j);
  const stay = rising(old);
  fill(before, after, old, taken, stay, start, last);
  return { old, moved: new Set(old.flatMap((i, j) => (i >= 0 && !stay.has(j) ? [j] : []))) };
}

/**
 * Pairs by kind in the gaps between the children that stay in order.
 * @param {Node[]} before
 * @param {Node[]} after
 * @param {number[]} old
 * @param {Set<number>} taken
 * @param {Set<number>} stay
 * @param {number} start
 * @param {{before: number, after: number}} last
 */
function fill(before, after, old, taken, stay, start, last) {
  let from = start;
  for (let j = start; j < last.after; j++) {
    if (stay.has(j)) {
      from = /** @type {number} */ (old[j]) + 1;
      continue;
    }
    if (old[j] !== -1) continue;
    let to = last.before;
    for (let k = j + 1; k < last.after; k++) {
      if (stay.has(k)) {
        to = /** @type {number} */ (old[k]);
        break;
      }
    }
    for (let i = from; i < to; i++) {
      if (taken.has(i) || !kin(before[i], after[j])) continue;
      old[j] = i;
      taken.add(i);
      stay.add(j);
      from = i + 1;
      break;
    }
  }
}

/**
 * Children that are surely the same: by id, or equal and the only such ones.
 * @param {Node[]} before
 * @param {Node[]} after
 * @param {number} start
 * @param {number} endBefore
 * @param {number} endAfter
 * @returns {[number, number][]}
 */
function anchors(before, after, start, endBefore, endAfter) {
  const there = index(before, start, endBefore);
  /** @type {[number, number][]} */
  const found = [];
  for (const [key, j] of index(after, start, endAfter)) {
    const i = there.get(key);
    if (i !== undefined && i >= 0 && j >= 0 && kin(before[i], after[j])) found.push([i, j]);
  }
  return found;
}

/**
 * @param {Node[]} nodes
 * @param {number} start
 * @param {number} end
 * @returns {Map<string, number>} where each key is; -1 if in several places
 */
function index(nodes, start, end) {
  /** @type {Map<string, number>} */
  const places = new Map();
  for (let i = start; i < end; i++) {
    const key = keyOf(/** @type {Node} */ (nodes[i]));
    if (key) places.set(key, places.has(key) ? -1 : i);
  }
  return places;
}

/** @param {Node} node */
function keyOf(node) {
  const element = /** @type {Element} */ (node);
  if (node.nodeType !== 1) return (node.nodeValue ?? "").trim() ? `=${node.nodeValue}` : "";
  return element.id ? `#${element.id}` : `=${element.outerHTML}`;
}

/**
 * @param {Node | undefined} a
 * @param {Node | undefined} b
 */
const equal = (a, b) => a !== undefined && b !== undefined && a.isEqualNode(b);

/**
 * Whether one may become the other.
 * @param {Node | undefined} a
 * @param {Node | undefined} b
 */
function kin(a, b) {
  if (!a || !b || a.nodeName !== b.nodeName) return false;
  if (a.nodeType !== 1) return true;
  const [x, y] = [/** @type {Element} */ (a), /** @type {Element} */ (b)];
  return x.id === y.id && x.getAttribute("type") === y.getAttribute("type") && x.getAttribute("name") === y.getAttribute("name");
}

/**
 * The places of a longest rising run of numbers that are not negative: the children that need
 * not move.
 * @param {number[]} numbers
 * @returns {Set<number>}
 */
export function rising(numbers) {
  /** @type {number[]} places of the smallest ends of runs, by length */
  const ends = [];
  /** @type {number[]} */
  const before = [];
  numbers.forEach((n, at) => {
    if (n < 0) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (numbers[/** @type {number} */ (ends[middle])]) < n) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? /** @type {number} */ (ends[low - 1]) : -1;
    ends[low] = at;
  });
  const run = new Set();
  for (let at = ends[ends.length - 1] ?? -1; at >= 0; at = before[at] ?? -1) run.add(at);
  return run;
}

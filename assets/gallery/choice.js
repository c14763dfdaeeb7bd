// Which templates a choice of facets leaves: any of the chosen values of a facet, of all facets
// together. Pure.

/**
 * The values of each facet that a template has, and those that are chosen.
 * @typedef {Record<string, string[]>} Values
 */

/**
 * @param {Values} item
 * @param {Values} choice
 */
export function fits(item, choice) {
  return Object.entries(choice).every(([facet, values]) => values.length === 0 || values.some((value) => item[facet]?.includes(value)));
}

/**
 * How many templates would be left with a value chosen in its facet alone, beside the other facets.
 * @param {Values[]} items
 * @param {Values} choice
 * @param {string} facet
 * @param {string} value
 */
export function countOf(items, choice, facet, value) {
  return items.filter((item) => fits(item, { ...choice, [facet]: [value] })).length;
}

/**
 * Of a choice that leaves nothing, the value without which most are left.
 * @param {Values[]} items
 * @param {Values} choice
 * @returns {{facet: string, value: string, left: number} | undefined}
 */
export function tooMuch(items, choice) {
  /** @type {{facet: string, value: string, left: number} | undefined} */
  let best;
  for (const [facet, values] of Object.entries(choice)) {
    for (const value of values) {
      const left = items.filter((item) => fits(item, { ...choice, [facet]: values.filter((v) => v !== value) })).length;
      if (left > (best?.left ?? 0)) best = { facet, value, left };
    }
  }
  return best;
}

/**
 * Cards in an order: as they stand (common), by their sound, or those used last first and the rest
 * as they stand. recent is the place among the used ones, -1 for none.
 * @template {{i: number, sound: number, recent: number}} T
 * @param {T[]} cards
 * @param {string} order
 * @returns {T[]}
 */
export function sorted(cards, order) {
  const rank = (/** @type {T} */ card) => (order === "recent" && card.recent >= 0 ? card.recent : cards.length);
  return [...cards].sort((a, b) => {
    return (order === "sound" ? a.sound - b.sound : rank(a) - rank(b)) || a.i - b.i;
  });
}

/**
 * A choice as it stands in the address: 文种=通知,函&行文方向=下行.
 * @param {Values} choice
 * @param {Record<string, string>} labels of facets
 */
export function toHash(choice, labels) {
  return Object.entries(choice)
    .filter(([, values]) => values.length > 0)
    .map(([facet, values]) => `${encodeURIComponent(labels[facet] ?? facet)}=${values.map(encodeURIComponent).join(",")}`)
    .join("&");
}

/**
 * @param {string} hash
 * @param {Record<string, string>} labels
 * @returns {Values}
 */
export function fromHash(hash, labels) {
  /** @type {Values} */
  const choice = {};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [label = "", values = ""] = part.split("=");
    const facet = Object.keys(labels).find((key) => labels[key] === decoded(label));
    if (facet && values) choice[facet] = values.split(",").map(decoded);
  }
  return choice;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

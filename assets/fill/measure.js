// How many lines paragraphs take, and where a line begins: asked of the browser, off the screen,
// at one fixed size, and remembered, so that a keystroke asks for one paragraph only.

import { areaHeight, areaWidth, char } from "./words.js";

/** @typedef {import("./compose.js").Paragraph} Paragraph */
/** @typedef {(p: Paragraph, area: number) => HTMLElement} Build */
/**
 * @typedef {object} Measure
 * @property {HTMLElement} host
 * @property {(paragraphs: Paragraph[], lying: boolean) => number[]} heights in twips
 * @property {(p: Paragraph, lying: boolean, line: number, pitch: number) => number} lineStart the character at which a line begins
 */

const size = 20; // px of one character: whole pixels, so that nothing is rounded
const most = 2000;

/**
 * @param {HTMLElement} root
 * @param {Build} build
 * @returns {Measure}
 */
export function measurer(root, build) {
  const host = document.createElement("div");
  host.className = "gw-measure leafed";
  host.setAttribute("aria-hidden", "true");
  host.style.setProperty("--em", `${size}px`);
  /** @type {Map<string, number>} */
  const known = new Map();

  /** @param {Paragraph} p @param {boolean} lying */
  const keyOf = (p, lying) => (lying ? "l" : "p") + JSON.stringify(p);

  /** @param {Paragraph[]} paragraphs @param {boolean} lying */
  const lay = (paragraphs, lying) => {
    const area = lying ? areaHeight : areaWidth;
    host.style.width = `${(area / char) * size}px`;
    const boxes = paragraphs.map((p) => build(p, area));
    for (const box of boxes) for (const link of box.querySelectorAll("a")) link.removeAttribute("href"); // nothing to tab to
    host.replaceChildren(...boxes);
    return boxes;
  };

  return {
    host,
    heights(paragraphs, lying) {
      if (known.size > most) known.clear();
      const unknown = paragraphs.filter((p) => !known.has(keyOf(p, lying)));
      if (unknown.length > 0) {
        lay(unknown, lying).forEach((box, i) => known.set(keyOf(/** @type {Paragraph} */ (unknown[i]), lying), (box.getBoundingClientRect().height / size) * char));
        host.replaceChildren();
      }
      return paragraphs.map((p) => known.get(keyOf(p, lying)) ?? 0);
    },
    lineStart(p, lying, line, pitch) {
      const key = `${line}@${keyOf(p, lying)}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const [box] = lay([p], lying);
      const at = box ? firstOfLine(box, line, (pitch / char) * size) : 0;
      host.replaceChildren();
      known.set(key, at);
      return at;
    },
  };
}

/**
 * @param {HTMLElement} box
 * @param {number} line
 * @param {number} pitch in px
 */
function firstOfLine(box, line, pitch) {
  /** @type {{node: Text, start: number}[]} */
  const texts = [];
  let length = 0;
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    texts.push({ node: /** @type {Text} */ (node), start: length });
    length += /** @type {Text} */ (node).length;
  }
  const top = box.getBoundingClientRect().top;
  const range = document.createRange();
  /** @param {number} at */
  const lineOf = (at) => {
    let i = texts.length - 1;
    while (i > 0 && /** @type {{start: number}} */ (texts[i]).start > at) i--;
    const text = texts[i];
    if (!text) return 0;
    range.setStart(text.node, at - text.start);
    range.setEnd(text.node, Math.min(text.node.length, at - text.start + 1));
    const rect = range.getBoundingClientRect();
    return Math.floor(((rect.top + rect.bottom) / 2 - top) / pitch);
  };
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lineOf(middle) >= line) high = middle;
    else low = middle + 1;
  }
  return low;
}

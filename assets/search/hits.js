// The words of a search, marked on the page that a result led to, with a way from one to the
// next and a way to clear them.

import { marks } from "./excerpt.js";

/** @param {string} query */
export function markHits(query) {
  const hits = markIn(document.getElementById("wf-main"), query);
  if (hits.length === 0) return;
  const anchor = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const first = hits.findIndex((h) => !anchor || anchor.compareDocumentPosition(h) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
  bar(hits, Math.max(0, first));
}

/**
 * Wraps every hit of the text below a node.
 * @param {HTMLElement | null} main
 * @param {string} query
 */
function markIn(main, query) {
  /** @type {HTMLElement[]} */
  const hits = [];
  if (!main) return hits;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const parent = n.parentElement;
    if (parent && !parent.closest("script,style,textarea,nav,button,form,.after")) texts.push(/** @type {Text} */ (n));
  }
  for (const block of blocks(texts)) {
    const whole = block.map((t) => t.data).join("");
    let at = 0;
    const spans = marks(whole, query);
    for (const text of block) {
      hits.push(...wrap(text, at, spans));
      at += text.wholeLength;
    }
  }
  return hits;
}

/**
 * Texts of one block belong together: a hit may reach over inline elements.
 * @param {Text[]} texts
 */
function blocks(texts) {
  /** @type {Map<Element, (Text & {wholeLength: number})[]>} */
  const groups = new Map();
  for (const t of texts) {
    const block = t.parentElement?.closest("p,li,td,th,dt,dd,h1,h2,h3,h4,h5,h6,pre,summary,label,div,aside") ?? document.body;
    const group = groups.get(block) ?? [];
    group.push(Object.assign(t, { wholeLength: t.data.length }));
    groups.set(block, group);
  }
  return groups.values();
}

/**
 * Wraps the parts of one text that lie in spans of its block.
 * @param {Text} text
 * @param {number} offset of the text in its block
 * @param {[number, number][]} spans
 */
function wrap(text, offset, spans) {
  /** @type {HTMLElement[]} */
  const made = [];
  const length = text.data.length;
  for (const [start, stop] of [...spans].reverse()) {
    const from = Math.max(0, start - offset);
    const to = Math.min(length, stop - offset);
    if (from >= to) continue;
    const rest = text.splitText(from);
    rest.splitText(to - from);
    const mark = document.createElement("mark");
    mark.className = "hit";
    rest.replaceWith(mark);
    mark.append(rest);
    made.unshift(mark);
  }
  return made;
}

/**
 * @param {HTMLElement[]} hits
 * @param {number} at
 */
function bar(hits, at) {
  const words = document.getElementById("wf-search")?.dataset ?? {};
  const box = document.createElement("div");
  box.className = "hits";
  box.setAttribute("role", "region");
  box.setAttribute("aria-labelledby", "wf-hits");
  const status = document.createElement("span");
  status.id = "wf-hits";
  status.setAttribute("role", "status");
  let now = at;
  const go = (/** @type {number} */ step) => {
    hits[now]?.classList.remove("now");
    now = (now + step + hits.length) % hits.length;
    hits[now]?.classList.add("now");
    hits[now]?.scrollIntoView({ block: "center" });
    status.textContent = (words.hits ?? "").replace("{i}", String(now + 1)).replace("{n}", String(hits.length));
  };
  const clear = () => {
    for (const hit of hits) hit.replaceWith(...hit.childNodes);
    box.remove();
  };
  box.append(
    status,
    button(words.prevhit ?? "", () => go(-1)),
    button(words.nexthit ?? "", () => go(1)),
    button(words.clearhits ?? "", clear),
  );
  document.body.append(box);
  go(0);
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

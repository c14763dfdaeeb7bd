// Makes one tree like another with as few changes as possible, so that scroll, focus, open
// folds and what was typed stay. Children are matched by id, then by kind in order.

/**
 * @param {Node} from the node on the page
 * @param {Node} to the node that it should be like
 */
export function morph(from, to) {
  if (from instanceof Element && to instanceof Element) {
    attributes(from, to);
    children(from, to);
  } else if (from.nodeValue !== to.nodeValue) {
    from.nodeValue = to.nodeValue;
  }
}

/** Attributes that the reader or a script changed, and the new page does not know of. */
const LIVE = new Set(["open", "hidden", "data-theme", "data-size", "data-justify", "aria-expanded", "aria-pressed", "aria-current"]);

/**
 * @param {Element} from
 * @param {Element} to
 */
function attributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    if (!LIVE.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !LIVE.has(name) && name !== "class" && name !== "style") from.removeAttribute(name);
  }
  // The current page is the server's to say, except in the contents, which follow the reader.
  if (from.matches("nav a") && to.getAttribute("aria-current") === "page") from.setAttribute("aria-current", "page");
}

/** What scripts added to the page; the server's page does not have it. */
const ADDED = ".code-copy,.permalink,.hits,.term-card,#wf-problems";

/**
 * @param {Node} node
 * @returns {boolean}
 */
const isAdded = (node) => node instanceof Element && node.matches(ADDED);

/**
 * @param {Element} from
 * @param {Element} to
 */
function children(from, to) {
  if (from.matches("input,textarea,select,[role='listbox'],[role='status'],.search-status,.search-more")) return;
  const old = [...from.childNodes].filter((n) => !isAdded(n));
  const byId = new Map(old.filter((n) => n instanceof Element && n.id).map((n) => [/** @type {Element} */ (n).id, n]));
  const wantedIds = new Set([...to.children].map((c) => c.id).filter(Boolean));
  let next = 0;
  /** @type {Set<Node>} */
  const used = new Set();
  /** @type {ChildNode | null} */
  let before = null;
  for (const wanted of [...to.childNodes]) {
    const match = take(wanted);
    const place = before ? before.nextSibling : from.firstChild;
    if (match) {
      used.add(match);
      if (match !== place) from.insertBefore(match, place);
      morph(match, wanted);
      before = match;
    } else {
      const fresh = /** @type {ChildNode} */ (document.importNode(wanted, true));
      from.insertBefore(fresh, place);
      before = fresh;
    }
  }
  for (const node of old) if (!used.has(node)) node.remove();

  /**
   * @param {Node} wanted
   * @returns {ChildNode | undefined}
   */
  function take(wanted) {
    if (wanted instanceof Element && wanted.id) {
      const same = byId.get(wanted.id);
      return same && same.nodeName === wanted.nodeName && !used.has(same) ? same : undefined;
    }
    for (let i = next; i < old.length; i++) {
      const node = old[i];
      if (!node || used.has(node) || node.nodeName !== wanted.nodeName) continue;
      if (node instanceof Element && node.id && wantedIds.has(node.id)) continue;
      if (i > next + 3 && node.nodeType === Node.ELEMENT_NODE) continue; // far away: another one
      next = i + 1;
      return node;
    }
    return undefined;
  }
}

// Takes over what changed in the source of a page and leaves everything else as it is.
//
// Three trees are at work: the page as the server sent it last (base), as it sends it now
// (next), and as it stands in the browser (live), which scripts and the reader have changed:
// buttons were added, folds opened, text typed. Only what differs between base and next is
// done, to base and live alike; so nothing has to know what scripts do to a page. Where both
// changed the same place, the source wins; the scripts are told and do their part again.

import { pair } from "./pair.js";

export class Merge {
  /**
   * @param {Element} live
   * @param {Element} base a copy of live from before scripts changed it; it is kept and changed
   * @param {(node: Element) => boolean} ours whether an element belongs to the preview and not to the page
   * @param {(live: Element, name: string, value: string) => Element | undefined} [replace] makes an element that
   *   takes the place of one whose attribute may not just be changed
   */
  constructor(live, base, ours, replace) {
    this.ours = ours;
    this.replace = replace;
    /** @type {WeakMap<Node, Node>} the live node of each base node */
    this.live = new WeakMap();
    /** @type {WeakSet<Node>} the live nodes that are some base node's; others were added by scripts */
    this.known = new WeakSet();
    this.base = base;
    this.bind(this.base, live);
    this.strip(this.base);
  }

  /**
   * @param {Element} next is used up
   */
  take(next) {
    this.strip(next);
    this.rootAttributes(next);
    this.children(this.base, next);
  }

  /**
   * The root carries the reader's settings; of it only what the server says is taken.
   * @param {Element} next
   */
  rootAttributes(next) {
    const live = /** @type {Element} */ (this.live.get(this.base));
    for (const { name, value } of [...next.attributes]) {
      if (name === "class" || this.base.getAttribute(name) === value) continue;
      this.base.setAttribute(name, value);
      live.setAttribute(name, value);
    }
  }

  /**
   * @param {Node} base
   * @param {Node} live
   */
  bind(base, live) {
    this.link(base, live);
    const parts = [...live.childNodes];
    base.childNodes.forEach((child, i) => this.bind(child, /** @type {Node} */ (parts[i])));
  }

  /**
   * @param {Node} base
   * @param {Node} live
   */
  link(base, live) {
    this.live.set(base, live);
    this.known.add(live);
  }

  /** @param {Element} tree */
  strip(tree) {
    for (const child of [...tree.childNodes]) {
      if (child.nodeType !== 1) continue;
      if (this.ours(/** @type {Element} */ (child))) tree.removeChild(child);
      else this.strip(/** @type {Element} */ (child));
    }
  }

  /**
   * @param {Node} base
   * @param {Node} next
   */
  node(base, next) {
    if (base.nodeType === 1) {
      this.attributes(/** @type {Element} */ (base), /** @type {Element} */ (next));
      this.children(/** @type {Element} */ (base), /** @type {Element} */ (next));
    } else if (base.nodeValue !== next.nodeValue) {
      base.nodeValue = next.nodeValue;
      const live = this.live.get(base);
      if (live) live.nodeValue = next.nodeValue;
    }
  }

  /**
   * @param {Element} base
   * @param {Element} next
   */
  attributes(base, next) {
    for (const { name, value } of [...next.attributes]) {
      if (base.getAttribute(name) === value) continue;
      base.setAttribute(name, value);
      const live = /** @type {Element} */ (this.live.get(base));
      const fresh = this.replace?.(live, name, value);
      if (fresh) this.link(base, fresh);
      else live.setAttribute(name, value);
    }
    for (const { name } of [...base.attributes]) {
      if (next.hasAttribute(name)) continue;
      base.removeAttribute(name);
      /** @type {Element} */ (this.live.get(base)).removeAttribute(name);
    }
  }

  /**
   * @param {Element} base
   * @param {Element} next
   */
  children(base, next) {
    const before = [...base.childNodes];
    const after = [...next.childNodes];
    const { old, moved } = pair(before, after);
    const changed = old.some((i, j) => i !== j || !(/** @type {Node} */ (before[i]).isEqualNode(/** @type {Node} */ (after[j]))));
    if (!changed && before.length === after.length) return;
    const live = /** @type {Element} */ (this.live.get(base));
    if (this.lost(live, before, after, old)) {
      this.overwrite(base, next, live);
      return;
    }
    const kept = new Set(old);
    before.forEach((child, i) => kept.has(i) || this.remove(base, child));
    /** @type {Node | null} the base node placed last */
    let previous = null;
    after.forEach((child, j) => {
      const was = before[/** @type {number} */ (old[j])];
      if (was) {
        if (moved.has(j)) this.place(base, live, was, previous);
        if (!was.isEqualNode(child)) this.node(was, child);
      }
      const placed = was ?? this.insert(base, live, child, previous);
      previous = placed;
    });
  }

  /**
   * Whether a script threw away what the source changes now.
   * @param {Element} live
   * @param {Node[]} before
   * @param {Node[]} after
   * @param {number[]} old
   */
  lost(live, before, after, old) {
    const inside = (/** @type {Node} */ node) => {
      const at = this.live.get(node);
      return at !== undefined && live.ownerDocument.contains(at);
    };
    return old.some((i, j) => {
      const was = before[i];
      return was !== undefined && !was.isEqualNode(/** @type {Node} */ (after[j])) && !inside(was);
    });
  }

  /**
   * @param {Element} base
   * @param {Element} next
   * @param {Element} live
   */
  overwrite(base, next, live) {
    for (const child of [...base.childNodes]) base.removeChild(child);
    for (const child of [...live.childNodes]) live.removeChild(child);
    /** @type {Node | null} */
    let previous = null;
    for (const child of [...next.childNodes]) previous = this.insert(base, live, child, previous);
  }

  /**
   * @param {Element} base
   * @param {Node} child
   */
  remove(base, child) {
    base.removeChild(child);
    const live = this.live.get(child);
    if (!live) return;
    for (const node of [live, ...this.followers(live)]) node.parentNode?.removeChild(node);
  }

  /**
   * What scripts put right behind a live element goes where it goes: a button beside a heading.
   * What they put at the end of the parent is the parent's.
   * @param {Node} live
   * @returns {Node[]}
   */
  followers(live) {
    const found = [];
    if (live.nodeType !== 1) return [];
    for (let node = live.nextSibling; node; node = node.nextSibling) {
      if (this.known.has(node)) return found;
      found.push(node);
    }
    return [];
  }

  /**
   * @param {Element} base
   * @param {Element} live
   * @param {Node} child of the next page
   * @param {Node | null} previous
   * @returns {Node}
   */
  insert(base, live, child, previous) {
    const copy = live.ownerDocument.importNode(child, true);
    const own = base.ownerDocument.importNode(child, true);
    this.bind(own, copy);
    this.place(base, live, own, previous);
    return own;
  }

  /**
   * Puts a base node, and its live one, behind another.
   * @param {Element} base
   * @param {Element} live
   * @param {Node} node
   * @param {Node | null} previous
   */
  place(base, live, node, previous) {
    base.insertBefore(node, previous ? previous.nextSibling : base.firstChild);
    const moving = /** @type {Node} */ (this.live.get(node));
    const all = [moving, ...this.followers(moving)];
    const before = this.after(live, previous);
    for (const one of all) live.insertBefore(one, before);
  }

  /**
   * The live node before which something is put that follows previous. What a script moved
   * elsewhere is passed over.
   * @param {Element} live
   * @param {Node | null} previous
   */
  after(live, previous) {
    for (let node = previous; node; node = node.previousSibling) {
      const at = this.live.get(node);
      if (at && at.parentNode === live) return [at, ...this.followers(at)].pop()?.nextSibling ?? null;
    }
    return live.firstChild;
  }
}

// Merging over a small document of our own: what changed in the source comes, and nothing else
// goes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Merge } from "./merge.js";
import { pair, rising } from "./pair.js";

/** As much of a document as merging needs. */
class Node {
  constructor(nodeType, nodeName, nodeValue = null) {
    Object.assign(this, { nodeType, nodeName, nodeValue, childNodes: [], parentNode: null, map: new Map() });
    this.ownerDocument = { importNode: (node) => node.copy(), contains: (node) => root(node) === root(this) };
  }
  get id() { return this.getAttribute("id") ?? ""; }
  get attributes() { return [...this.map].map(([name, value]) => ({ name, value })); }
  getAttribute(name) { return this.map.get(name) ?? null; }
  hasAttribute(name) { return this.map.has(name); }
  setAttribute(name, value) { this.map.set(name, value); }
  removeAttribute(name) { this.map.delete(name); }
  get place() { return this.parentNode ? this.parentNode.childNodes.indexOf(this) : -1; }
  get firstChild() { return this.childNodes[0] ?? null; }
  get nextSibling() { return this.parentNode?.childNodes[this.place + 1] ?? null; }
  get previousSibling() { return this.parentNode?.childNodes[this.place - 1] ?? null; }
  removeChild(child) {
    this.childNodes.splice(child.place, 1);
    child.parentNode = null;
    return child;
  }
  insertBefore(child, before) {
    if (child === before) return child;
    child.parentNode?.removeChild(child);
    assert.ok(before === null || before.parentNode === this, "inserted before a stranger");
    this.childNodes.splice(before ? before.place : this.childNodes.length, 0, child);
    child.parentNode = this;
    return child;
  }
  copy() {
    const copy = new Node(this.nodeType, this.nodeName, this.nodeValue);
    copy.map = new Map(this.map);
    for (const child of this.childNodes) copy.insertBefore(child.copy(), null);
    return copy;
  }
  get outerHTML() {
    if (this.nodeType === 3) return this.nodeValue;
    const attributes = [...this.map].sort().map(([name, value]) => ` ${name}="${value}"`);
    return `<${this.nodeName}${attributes.join("")}>${this.childNodes.map((c) => c.outerHTML).join("|")}</${this.nodeName}>`;
  }
  isEqualNode(other) { return this.nodeType === other.nodeType && this.outerHTML === other.outerHTML; }
}

const root = (node) => (node.parentNode ? root(node.parentNode) : node);
const text = (value) => new Node(3, "#text", value);
function element(name, attributes = {}, ...children) {
  const made = new Node(1, name);
  made.map = new Map(Object.entries(attributes));
  for (const child of children) made.insertBefore(typeof child === "string" ? text(child) : child, null);
  return made;
}
const all = (node) => [node, ...node.childNodes.flatMap(all)];
const find = (node, id) => all(node).find((n) => n.id === id);
const none = () => false;

/** A page and its merge, as after loading. */
function loaded(page, ours = none) {
  return { page, merge: new Merge(page, page.copy(), ours) };
}

test("the longest run that need not move", () => {
  assert.deepEqual([...rising([3, -1, 0, 1, 4, 2])].sort(), [2, 3, 5]);
  assert.deepEqual([...rising([])], []);
  assert.deepEqual([...rising([-1, -1])], []);
});

test("children are paired by equality, id and kind", () => {
  const p = (t, attributes) => element("p", attributes, t);
  const paired = (before, after) => pair(before, after).old;
  assert.deepEqual(paired([p("a"), p("b"), p("c")], [p("a"), p("new"), p("b"), p("c")]), [0, -1, 1, 2]);
  assert.deepEqual(paired([p("a"), p("b"), p("c")], [p("a"), p("B"), p("c")]), [0, 1, 2]);
  assert.deepEqual(paired([p("a", { id: "x" }), p("b", { id: "y" })], [p("b2", { id: "y" }), p("a2", { id: "x" })]), [1, 0]);
  assert.deepEqual(paired([p("a")], [element("div", {}, "a")]), [-1]);
  assert.deepEqual(paired([element("input", { type: "text" })], [element("input", { type: "date" })]), [-1]);
  assert.deepEqual(pair([p("a"), p("b"), p("c")], [p("c"), p("a"), p("b")]).moved, new Set([0]));
});

test("what scripts and the reader did stays", () => {
  const { page, merge } = loaded(element("html", { class: "no-js" }, element("body", {},
    element("details", { id: "d" }, "fold"), element("p", { id: "p" }, "one"), element("ol", {}, element("li", {}, "x")), "\n")));
  page.setAttribute("class", "js");
  page.setAttribute("data-theme", "dark");
  const body = page.childNodes[0];
  find(page, "d").setAttribute("open", "");
  const button = element("button", {}, "copy");
  body.insertBefore(button, body.childNodes[2]);
  const kept = find(page, "p");
  merge.take(element("html", { class: "no-js", "data-build": "2" }, element("body", {},
    element("p", {}, "new"), element("details", { id: "d" }, "fold"), element("p", { id: "p" }, "two"), element("ol", {}, element("li", {}, "x"), element("li", {}, "y")), "\n")));
  assert.equal(page.outerHTML, '<html class="js" data-build="2" data-theme="dark"><body><p>new</p>|<details id="d" open="">fold</details>|<p id="p">two</p>|<button>copy</button>|<ol><li>x</li>|<li>y</li></ol>|\n</body></html>');
  assert.equal(find(page, "p"), kept);
});

test("what stands beside an element goes with it", () => {
  const heading = (id) => element("h2", { id }, id);
  const { page, merge } = loaded(element("html", {}, heading("a"), "\n", heading("b"), "\n", heading("c"), "\n"));
  for (const id of ["a", "b", "c"]) {
    const h = find(page, id);
    h.parentNode.insertBefore(element("button", {}, id), h.nextSibling);
  }
  page.insertBefore(element("dialog", {}, "at the end"), null);
  merge.take(element("html", {}, heading("c"), "\n", heading("a"), "\n", element("p", {}, "new"), "\n"));
  assert.equal(page.outerHTML.replaceAll("\n|", ""), '<html><h2 id="c">c</h2>|<button>c</button>|<h2 id="a">a</h2>|<button>a</button>|<p>new</p>|<dialog>at the end</dialog></html>');
});

test("where script and source changed the same place, the source wins", () => {
  const { page, merge } = loaded(element("html", {}, element("a", { id: "ph" }, "【姓名】"), element("a", { id: "other" }, "【日期】")));
  for (const id of ["ph", "other"]) {
    const place = find(page, id);
    place.removeChild(place.childNodes[0]);
    place.insertBefore(text("typed"), null);
  }
  merge.take(element("html", {}, element("a", { id: "ph" }, "【名字】"), element("a", { id: "other" }, "【日期】")));
  assert.equal(page.outerHTML, '<html><a id="ph">【名字】</a>|<a id="other">typed</a></html>');
});

test("the preview's own elements are no part of the page", () => {
  const ours = (e) => e.nodeName === "script" && e.hasAttribute("data-etag");
  const script = () => element("script", { "data-etag": String(Math.random()) });
  const { page, merge } = loaded(element("html", {}, element("p", {}, "one"), script()), ours);
  const own = page.childNodes[1];
  merge.take(element("html", {}, element("p", {}, "two"), element("p", {}, "three"), script()));
  assert.equal(page.outerHTML.replace(own.outerHTML, "own"), "<html><p>two</p>|<p>three</p>|own</html>");
});

test("a style sheet may be exchanged for a new element", () => {
  const page = element("html", {}, element("link", { href: "a.css" }));
  const old = page.childNodes[0];
  const merge = new Merge(page, page.copy(), none, (live, name, value) => {
    if (name !== "href") return undefined;
    const fresh = live.copy();
    fresh.setAttribute(name, value);
    page.insertBefore(fresh, live.nextSibling);
    return fresh;
  });
  merge.take(element("html", {}, element("link", { href: "b.css" })));
  assert.equal(page.outerHTML, '<html><link href="a.css"></link>|<link href="b.css"></link></html>');
  page.removeChild(old);
  merge.take(element("html", {}, element("link", { href: "b.css", media: "print" })));
  assert.equal(page.outerHTML, '<html><link href="b.css" media="print"></link></html>');
});

/** Random pages: the same seed makes the same ones. */
function random(seed) {
  const number = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const tree = (depth) => {
    if (depth === 0 || number(4) === 0) return text(["甲", "乙", "丙", "\n"][number(4)]);
    const attributes = number(3) === 0 ? { id: `i${number(12)}-${depth}` } : {};
    if (number(4) === 0) attributes.title = String(number(3));
    return element(["p", "div", "li", "h2"][number(4)], attributes, ...Array.from({ length: number(5) }, () => tree(depth - 1)));
  };
  const page = () => element("html", {}, ...Array.from({ length: number(9) }, () => tree(3)));
  /** @param {Node} at */
  const edit = (at) => {
    const nodes = all(at).filter((n) => n.parentNode);
    for (let i = number(5); i > 0 && nodes.length > 0; i--) {
      const node = nodes[number(nodes.length)];
      const parent = node.parentNode;
      if (!parent) continue;
      if (number(4) === 0) parent.removeChild(node);
      else if (number(3) === 0) parent.insertBefore(tree(2), node);
      else if (node.nodeType === 3) node.nodeValue += number(9);
      else if (number(2) === 0) node.setAttribute("title", String(number(9)));
      else parent.insertBefore(node, parent.firstChild);
    }
    return at;
  };
  return { page, edit, number };
}

test("after any edits the page is the new one, when scripts did nothing", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { page, edit, number } = random(seed);
    let source = page();
    const it = loaded(source.copy());
    for (let i = 0; i < 6; i++) {
      source = number(5) === 0 ? page() : edit(source.copy());
      it.merge.take(source.copy());
      assert.equal(it.page.outerHTML, source.outerHTML, `seed ${seed}, edit ${i}`);
    }
  }
});

test("whatever scripts did, the same source changes nothing, and others do no harm", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { page, edit } = random(seed);
    let source = page();
    const it = loaded(source.copy());
    for (let i = 0; i < 4; i++) {
      edit(it.page); // a script at work
      const before = it.page.outerHTML;
      it.merge.take(source.copy());
      assert.equal(it.page.outerHTML, before, `seed ${seed}, edit ${i}`);
      source = edit(source.copy());
      it.merge.take(source.copy());
    }
  }
});

// Attachments against what the text says of them, as internal/check/attach.go compares them. Pure.

import { after, find, sizeOf, trim, trimmed } from "./draft.js";
import { texts } from "./genre.js";
import { atoi } from "./local.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */
/** @typedef {{p: Para, num: number, name: string}} Item */

/** @param {Draft} d @param {Report} r */
export function attachments(d, r) {
  const items = itemsOf(d);
  if (items.length === 0) return;
  const first = items[0].p;
  if (d.date >= 0 && first.index > d.date) r.add("attach-after-sign", first, first.begin, first.chars.length);
  if (items.length === 1 && items[0].num > 0) r.add("attach-single-num", first, first.begin, first.chars.length);
  let ordered = true;
  items.forEach((it, i) => {
    if (items.length > 1 && it.num !== i + 1 && ordered) {
      ordered = false;
      r.add("attach-order", it.p, it.p.begin, it.p.chars.length);
    }
  });
  references(d, r, items, ordered);
  pages(d, r, items);
}

/** @param {Draft} d @returns {Item[]} */
function itemsOf(d) {
  /** @type {Item[]} */
  const items = [];
  for (const p of d.paras) {
    if (p.kind !== "attach") continue;
    let text = trimmed(p);
    for (const lead of ["附件：", "附件:"]) text = trim(text.startsWith(lead) ? text.slice(lead.length) : text);
    const m = d.tables.patterns["attach-item"].whole.exec(text);
    const it = m ? { p, num: atoi(m[1]), name: m[2] } : { p, num: 0, name: text };
    if (it.name !== "") items.push(it);
  }
  return items;
}

/** @param {Draft} d @param {Report} r @param {Item[]} items @param {boolean} ordered */
function references(d, r, items, ordered) {
  /** @type {Set<number>} */
  const used = new Set();
  for (const p of texts(d)) {
    for (const m of find(d, "attach-total", p)) if (atoi(m.groups[1]) !== items.length) r.add("attach-count", p, m.start, m.end);
    for (const m of find(d, "attach-ref", p)) {
      if (p.chars[m.end] === "份") continue;
      const from = atoi(m.groups[1]);
      const to = Math.max(from, atoi(m.groups[2]));
      if (to > items.length && ordered) r.add("attach-ref-range", p, m.start, m.end);
      for (let n = from; n <= to && n <= items.length; n++) used.add(n);
    }
  }
  items.forEach((it, i) => {
    if (used.size > 0 && items.length > 1 && ordered && !used.has(i + 1)) r.add("attach-unused", it.p, it.p.begin, it.p.chars.length);
  });
}

/** @param {Draft} d @param {Report} r @param {Item[]} items */
function pages(d, r, items) {
  /** @type {Set<number>} */
  const there = new Set();
  d.paras.forEach((p, i) => {
    if (p.kind !== "mark") return;
    const n = Math.max(1, atoi(trimmed(p).replace(/^附件/, "")));
    there.add(n);
    const title = after(d, i);
    if (!title || n > items.length || title.kind === "mark" || sizeOf(title) > 60) return;
    const { name } = items[n - 1];
    if (plainName(trimmed(title)) !== plainName(name)) r.add("attach-title", title, title.begin, title.begin + sizeOf(title), { fix: name });
  });
  const missing = there.size > 0 ? items.find((_, i) => !there.has(i + 1)) : undefined;
  if (missing) r.add("attach-missing", missing.p, missing.p.begin, missing.p.chars.length);
}

/** @param {string} name */
const plainName = (name) => name.replace(/[ 　\t《》。；，]/g, "");

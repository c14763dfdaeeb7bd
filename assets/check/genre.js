// What a title promises against what the text does, as internal/check/genre.go judges it. Pure.

import { count, find, is, official, statutory } from "./draft.js";
import { placesOf } from "./near.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */

/** @param {Draft} d @param {Report} r */
export function genres(d, r) {
  if (d.genre === "") return;
  closings(d, r);
  openings(d, r);
  orders(d, r);
  if (d.title < 0) return;
  const title = d.paras[d.title];
  /** @param {string} id */
  const tell = (id) => r.add(id, title, title.begin, title.chars.length);
  const numbered = d.paras.some((p) => p.kind === "header" && is(d, "docno", p));
  if (d.direction === "up" && d.genre !== "议案" && official(d) && d.paras.some((p) => p.kind === "header") && !has(d, "签发人")) tell("genre-up-no-signer");
  if (d.genre === "报告" && is(d, "hidden-request", title)) tell("genre-hidden-request");
  if (d.genre === "决议" && !has(d, "通过")) tell("genre-resolution-meeting");
  if (d.tables.issued.includes(d.genre) && numbered && !d.titleText.includes("印发")) tell("genre-redhead");
  subject(d, tell);
  if (d.recipient >= 0) {
    const to = d.paras[d.recipient];
    if (["决议", "公报", "公告", "通告"].includes(d.genre)) r.add("genre-public-recipient", to, to.begin, to.chars.length);
    if (d.genre === "纪要") r.add("genre-minutes-recipient", to, to.begin, to.chars.length);
  }
  replies(d, r);
}

/** @param {Draft} d @param {(id: string) => void} tell */
function subject(d, tell) {
  const t = d.titleText;
  if (d.genre === "议案" && !t.includes("政府") && !t.includes("国务院") && !t.startsWith("关于")) tell("genre-order-subject");
  if ((d.genre === "命令" || d.genre === "令") && (t.includes("公司") || t.includes("学校") || t.includes("医院") || find(d, "bureau-order", d.paras[d.title]).length > 0)) tell("genre-order-subject");
}

/**
 * The paragraphs of the document itself.
 * @param {Draft} d
 */
export const texts = (d) => d.paras.filter((p, i) => i < d.end && i > d.title && (p.kind === "body" || p.kind === "heading"));

/** @param {Draft} d @param {string} word */
const has = (d, word) => d.paras.some((p) => p.text.includes(word));

/** @param {Draft} d @param {Report} r */
function closings(d, r) {
  /** @type {Para | null} */
  let spare = null;
  let announced = false;
  let at = 0;
  for (const p of texts(d)) {
    announced = announced || p.text.includes("通知如下");
    for (const c of d.tables.closings) {
      for (const start of placesOf(p, c.text, 3)) {
        const end = start + count(c.text);
        if (end < p.chars.length && !"。！!.".includes(p.chars[end])) continue;
        if (start > 0 && !"。，；：　 \t".includes(p.chars[start - 1])) continue;
        if (!c.genres.includes(d.genre) && statutory(d)) r.add("genre-title-closing", p, start, end);
        else if (c.text === "特此通知" && announced) [spare, at] = [p, start];
      }
    }
  }
  if (spare) r.add("genre-closing-spare", spare, at, at + 4);
}

/** @param {Draft} d @param {Report} r */
function openings(d, r) {
  if (!statutory(d) || d.genre === "意见") return;
  for (const p of texts(d)) {
    const [m] = find(d, "opening", p);
    if (!m) continue;
    const word = m.groups[1];
    const fits = d.tables.openings.find((o) => o.text === word)?.genres ?? [word];
    if (!fits.includes(d.genre) && !(d.genre === "复函" && word === "函复")) r.add("genre-opening", p, m.start, m.end);
  }
}

/** @param {Draft} d @param {Report} r */
function orders(d, r) {
  if (d.genre !== "请示") return;
  let asked = false;
  let full = 0;
  let multi = false;
  /** @type {Set<string>} */
  const kinds = new Set();
  for (const p of texts(d)) {
    asked = asked || find(d, "qingshi-closing", p).length > 0;
    for (const m of find(d, "qingshi-full", p)) if (++full === 2) r.add("genre-closing-twice", p, m.start, m.end);
    for (const m of find(d, "asks", p)) {
      if (m.groups[1].includes("用于") || kinds.has(m.groups[2])) continue;
      kinds.add(m.groups[2]);
      if (kinds.size > 1 && !multi) {
        multi = true;
        r.add("genre-qingshi-multi", p, m.start, m.end);
      }
    }
    for (const m of find(d, "asks-more", p)) {
      if (!kinds.has(m.groups[1]) && kinds.size > 0 && !multi) {
        multi = true;
        r.add("genre-qingshi-multi", p, m.start, m.end);
      }
    }
  }
  if (!asked && official(d)) {
    const p = d.paras[d.title];
    r.add("genre-qingshi-no-closing", p, p.begin, p.chars.length);
  }
}

/** @param {Draft} d @param {Report} r */
function replies(d, r) {
  if ((d.genre !== "批复" && d.genre !== "复函") || !official(d)) return;
  const [first, second] = texts(d);
  if (!first) return;
  const opening = first.text + (second ? second.text : "");
  if (!opening.includes("收悉") || !opening.includes("《") || !opening.includes("〔")) {
    r.add("genre-reply-cite", first, first.begin, Math.min(first.chars.length, first.begin + 20));
  }
}

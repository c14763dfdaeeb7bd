// The algorithms that compare paragraphs with each other, as internal/check/whole.go has them. Pure.

import { similar } from "./alike.js";
import { attachments } from "./attach.js";
import { count, endsAsOrgan, find, genreOf, hasAny, memo, official, sizeOf, slice, statutory, trimmed } from "./draft.js";
import { genres } from "./genre.js";
import { atoi, dayNumber, isHan } from "./local.js";
import { placesOf } from "./near.js";
import { despace, duties, organs } from "./organs.js";
import { sequence } from "./sequence.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./draft.js").Found} Found */
/** @typedef {import("./engine.js").Report} Report */

/** @type {((d: Draft, r: Report) => void)[]} */
export const whole = [sequence, calendar, titles, genres, organs, duties, attachments, signature, aliases, numbers, density, duplicates, similar, size, variants];

/** @param {Draft} d @param {Report} r */
function calendar(d, r) {
  let signed = 0;
  if (d.date >= 0) for (const m of find(d, "date", d.paras[d.date])) signed = dayNumber(atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3]));
  let arabic = false;
  /** @type {[Para, Found][]} */
  const hans = [];
  for (const p of d.paras) {
    for (const m of find(d, "date-cn", p)) hans.push([p, m]);
    for (const m of find(d, "date", p)) {
      if (m.groups[1] === "") continue;
      arabic = true;
      const day = dayNumber(atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3]));
      if (signed === 0 || day >= signed) continue;
      if (p.kind === "imprint") r.add("date-sign-print", p, m.start, m.end);
      if ((p.kind === "body" || p.kind === "heading") && p.chars[m.end] === "前" && asksFor(p, m)) r.add("date-deadline-past", p, m.start, m.end);
    }
  }
  if (arabic) for (const [p, m] of hans) r.add("date-style-mixed", p, m.start, m.end);
}

/** @param {Para} p @param {Found} m */
function asksFor(p, m) {
  let from = m.start;
  while (from > 0 && m.start - from < 200 && !"。；！？".includes(p.chars[from - 1])) from--;
  return hasAny(slice(p, from, m.start), "请须应要");
}

/** @param {Draft} d @param {Report} r */
function titles(d, r) {
  if (!official(d)) return;
  const p = d.paras[d.title];
  const genre = genreOf(d, d.titleText);
  if (genre === "" && !d.options.genre && d.recipient >= 0 && !hasAny(d.paras[d.recipient].text, "们志友士生")) r.add("title-no-genre", p, p.begin, p.chars.length);
  const about = ["关于", "转发", "印发", "命令", "公报", "纪要", "任免", "会议"].some((w) => d.titleText.includes(w));
  if (statutory(d) && !about && genre !== "" && count(d.titleText) > 2 * count(d.genre) + 2 && !["令", "公告", "通告"].includes(d.genre)) {
    r.add("title-no-guanyu", p, p.begin, p.chars.length);
  }
  broken(d, r);
  const n = count(d.titleText);
  if (n > 40) r.add("title-too-long", p, p.begin, p.chars.length, { note: String(n) });
}

/** @param {Draft} d @param {Report} r */
function broken(d, r) {
  for (let i = 0; i <= d.title; i++) {
    const p = d.paras[i];
    if (p.kind !== "title" || sizeOf(p) === 0) continue;
    if (i > 0 && d.paras[i - 1].kind === "title" && "的和与及或》”）、，".includes(p.chars[p.begin])) r.add("title-break", p, p.begin, p.begin + 1);
    const end = p.begin + sizeOf(p);
    if (i < d.title && "《“（〈".includes(p.chars[end - 1])) r.add("title-break", p, end - 1, end);
  }
}

/** @param {Draft} d @param {Report} r */
function signature(d, r) {
  if (d.sign < 0 || d.title < 0) return;
  const p = d.paras[d.sign];
  if (d.date >= 0 && d.date < d.sign) {
    const date = d.paras[d.date];
    r.add("sign-order", date, date.begin, date.chars.length);
  }
  if (d.date < 0 && d.recipient >= 0) r.add("sign-no-date", p, p.begin, p.chars.length);
  const at = d.titleText.indexOf("关于");
  const org = despace(at < 0 ? d.titleText : d.titleText.slice(0, at));
  const sign = despace(trimmed(p));
  if (at < 0 || !endsAsOrgan(d, org) || !endsAsOrgan(d, sign) || org.endsWith(sign) || sign.endsWith(org)) return;
  if (hasAny(d.titleText, "、 　") || trimmed(p).includes(" ") || trimmed(p).includes("　") || org.includes(sign)) return;
  r.add("sign-mismatch", p, p.begin, p.begin + sizeOf(p), { fix: org });
}

/** @param {Draft} d @param {Report} r */
function aliases(d, r) {
  let most = 50;
  d.paras.forEach((p, i) => {
    for (const m of find(d, "alias", p)) if (most-- > 0) alias(d, r, i, p, m);
  });
}

/** @param {Draft} d @param {Report} r @param {number} i @param {Para} p @param {Found} m */
function alias(d, r, i, p, m) {
  const name = m.groups[2];
  const full = m.groups[1];
  const rs = Array.from(full);
  let uses = 0;
  let early = false;
  d.paras.forEach((q, j) => {
    for (const at of placesOf(q, name, 100)) {
      if (j === i && at >= m.start && at < m.end) continue;
      uses++;
      if (!early && (j < i || (j === i && at < m.start)) && !full.includes(name) && q.kind !== "title") {
        early = true;
        r.add("name-alias-late", q, at, at + count(name));
      }
    }
  });
  if (uses === 0 && name !== "本办法") r.add("name-alias-unused", p, m.start + rs.length, m.end);
  for (let n = rs.length; n >= 6; n--) {
    const tail = rs.slice(rs.length - n).join("");
    for (let j = i; j < d.end; j++) {
      const q = d.paras[j];
      if (q.kind !== "body" && q.kind !== "heading") continue;
      for (const at of placesOf(q, tail, 3)) {
        if (j > i || at >= m.end) {
          r.add("name-alias-full", q, at, at + n, { fix: name });
          return;
        }
      }
    }
  }
}

/** @param {Draft} d @param {Report} r */
function numbers(d, r) {
  /** @type {[Para, Found][]} */
  const marked = [];
  let plain = 0;
  /** @type {[Para, Found][]} */
  const yuan = [];
  let ten = false;
  for (const p of d.paras) {
    for (const m of find(d, "yuan", p)) yuan.push([p, m]);
    ten = ten || find(d, "ten-thousand-yuan", p).length > 0;
    for (const m of find(d, "thousands", p)) marked.push([p, m]);
    if (p.chars.length >= 5) plain += find(d, "plain-thousands", p).length;
  }
  if (ten && yuan.length > 0) r.add("num-unit-mixed", yuan[0][0], yuan[0][1].start, yuan[0][1].end);
  if (plain > 0) for (const [p, m] of marked) r.add("num-thousand-mixed", p, m.start, m.end, { fix: slice(p, m.start, m.end).replace(/,/g, "") });
}

/** @param {Draft} d @param {Report} r */
function density(d, r) {
  let chars = 0;
  let marks = 0;
  /** @type {Para | null} */
  let first = null;
  let at = { start: 0, end: 0 };
  for (const p of d.paras) {
    if (p.kind !== "body" && p.kind !== "heading") continue;
    chars += p.chars.length;
    const hits = memo(p, "markers", () => r.engine.markers.find(p.chars));
    if (hits.length === 0) continue;
    if (!first) [first, at] = [p, hits[0]];
    marks += hits.length;
    if (p.kind === "body" && hits.length >= 3 && !hasAny(p.text, "0123456789《科局室组") && !p.text.includes("月底")) {
      r.add("empty-paragraph", p, hits[0].start, hits[hits.length - 1].end, { note: String(hits.length) });
    }
  }
  if (first && marks >= 8 && marks * 1000 > 8 * chars) r.add("empty-density", first, at.start, at.end, { note: String(marks) });
}

/** @param {Draft} d @param {Report} r */
function duplicates(d, r) {
  /** @type {Set<string>} */
  const seen = new Set();
  for (const p of d.paras) {
    if (p.kind !== "body") continue;
    for (const s of memo(p, "sentences", () => sentences(p))) {
      if (seen.has(s.text)) r.add("dup-sentence", p, s.start, s.end);
      seen.add(s.text);
    }
  }
}

/**
 * The sentences of twelve characters or more.
 * @param {Para} p
 */
function sentences(p) {
  /** @type {{text: string, start: number, end: number}[]} */
  const all = [];
  let from = p.begin;
  for (let i = p.begin; i <= p.chars.length; i++) {
    if (i < p.chars.length && !"。！？".includes(p.chars[i])) continue;
    if (i - from >= 12) all.push({ text: despace(slice(p, from, i)), start: from, end: Math.min(i + 1, p.chars.length) });
    from = i + 1;
  }
  return all;
}

/** @param {Draft} d @param {Report} r */
function size(d, r) {
  if (d.direction !== "down" || d.title < 0) return;
  let n = 0;
  for (const p of d.paras.slice(0, d.end)) if (p.kind === "body" || p.kind === "heading") n += memo(p, "han", () => p.chars.filter(isHan).length);
  const most = d.options.length || 5000;
  if (n > (d.titleText.includes("专项") ? Math.min(most, 4000) : most)) {
    const p = d.paras[d.title];
    r.add("doc-length", p, p.begin, p.chars.length, { note: String(n) });
  }
}

/** @param {Draft} d @param {Report} r */
function variants(d, r) {
  for (const pair of d.tables.variants) {
    /** @type {(Para | null)[]} */
    const first = [null, null];
    const at = [0, 0];
    const uses = [0, 0];
    for (const p of d.paras) {
      pair.forEach((word, k) => {
        const places = placesOf(p, word, 100);
        if (places.length === 0) return;
        if (!first[k]) [first[k], at[k]] = [p, places[0]];
        uses[k] += places.length;
      });
    }
    if (uses[0] === 0 || uses[1] === 0) continue;
    const rare = uses[1] <= uses[0] ? 1 : 0;
    const p = first[rare];
    if (p) r.add("term-variant", p, at[rare], at[rare] + count(pair[rare]), { fix: pair[1 - rare] });
  }
}

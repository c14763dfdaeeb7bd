// The algorithms that look at one paragraph alone, as internal/check/local.go has them. Pure.

import { phrases } from "./near.js";
import { count, find, hanValue, hasAny, isHanNumeral, slice } from "./draft.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */

/** @type {((d: Draft, p: Para, r: Report) => void)[]} */
export const local = [dates, pairs, enumeration, repeats, sums, vague, lengths, phrases];

/** @param {string} s */
export const atoi = (s) => (/^[0-9]{1,15}$/.test(s) ? Number(s) : 0);

/** @param {Draft} d @param {Para} p @param {Report} r */
function dates(d, p, r) {
  for (const m of find(d, "date", p)) {
    const [year, month, day] = [atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3])];
    if (!isDay(year, month, day)) {
      r.add("date-invalid", p, m.start, m.end);
      continue;
    }
    if (m.groups[4] === "" || year === 0) continue;
    const want = "日一二三四五六"[weekday(year, month, day)];
    const got = m.groups[4];
    if (got !== want && !(got === "天" && want === "日")) {
      let at = m.start;
      while (at < m.end && p.chars[at] !== "期" && p.chars[at] !== "周") at++;
      r.add("date-weekday", p, at + 1, at + 2, { fix: want });
    }
  }
  for (const m of find(d, "clock", p)) {
    if (atoi(m.groups[1]) > 24 || atoi(m.groups[2]) > 59) r.add("date-clock-invalid", p, m.start, m.end);
  }
  for (const m of find(d, "date-range", p)) {
    const [year, month, day] = [atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3])];
    const to = dayNumber(atoi(m.groups[4]) || year, atoi(m.groups[5]) || month, atoi(m.groups[6]));
    if (to < dayNumber(year, month, day)) r.add("date-range-reversed", p, m.start, m.end);
  }
}

/** @param {number} year @param {number} month @param {number} day */
function isDay(year, month, day) {
  if (month < 1 || month > 12 || day < 1) return false;
  let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (month === 2 && (year === 0 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)))) days = 29;
  return day <= days;
}

/** @param {number} year @param {number} month @param {number} day */
export const dayNumber = (year, month, day) => year * 10000 + month * 100 + day;

/** @param {number} year @param {number} month @param {number} day */
function weekday(year, month, day) {
  const t = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  if (month < 3) year--;
  return (year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + t[month - 1] + day) % 7;
}

const openers = "“‘（《〈〔【";
const closers = "”’）》〉〕】";

/** @param {Draft} _ @param {Para} p @param {Report} r */
function pairs(_, p, r) {
  /** @type {number[]} */
  let open = [];
  for (let i = 0; i < p.chars.length; i++) {
    const c = p.chars[i];
    if (named(p, i)) continue;
    if (openers.includes(c)) {
      if (c === "‘" && !inside(p, open, "“")) single(p, i, r);
      open.push(i);
      continue;
    }
    const at = closers.indexOf(c);
    if (at < 0) continue;
    const mate = openers[at];
    if (open.length > 0 && p.chars[open[open.length - 1]] === mate) {
      open.pop();
      continue;
    }
    const skip = strayCloser(p, i, c, open, mate, r);
    if (skip > 0) {
      i += skip;
      continue;
    }
    for (let n = open.length - 1; n >= 0; n--) {
      if (p.chars[open[n]] === mate) {
        for (const o of open.slice(n + 1)) r.add("pair-unbalanced", p, o, o + 1);
        open = open.slice(0, n);
        break;
      }
    }
  }
  for (const o of open) {
    if (p.chars[o] === "“" && p.flows) continue;
    r.add("pair-unbalanced", p, o, o + 1);
  }
}

/** @param {Para} p @param {number} i */
const named = (p, i) => p.chars[i - 1] === "“" && p.chars[i + 1] === "”" && p.chars[i] !== "“" && p.chars[i] !== "”";

/** @param {Para} p @param {number} i @param {string} c @param {number[]} open @param {string} mate @param {Report} r */
function strayCloser(p, i, c, open, mate, r) {
  if (inside(p, open, mate)) return 0;
  if (c === "’" && i > 0 && /^[A-Za-z]$/.test(p.chars[i - 1])) return 0;
  if (c === "）" && i > 0 && i <= p.begin + 3) return 0;
  if (c === "”") {
    for (let j = i + 1; j < p.chars.length && j <= i + 60; j++) {
      if (p.chars[j] === "”") break;
      if (p.chars[j] === "“") {
        r.add("quote-reversed", p, i, j + 1, { fix: "“" + slice(p, i + 1, j) + "”" });
        return j - i;
      }
    }
  }
  r.add("pair-unbalanced", p, i, i + 1);
  return 0;
}

/** @param {Para} p @param {number[]} open @param {string} mate */
function inside(p, open, mate) {
  for (let n = open.length - 1; n >= 0 && n >= open.length - 20; n--) if (p.chars[open[n]] === mate) return true;
  return false;
}

/** @param {Para} p @param {number} i @param {Report} r */
function single(p, i, r) {
  for (let j = i + 2; j < p.chars.length && j <= i + 60; j++) {
    if (p.chars[j - 1] === "’") return;
    if (p.chars[j] === "’") {
      r.add("quote-single-outer", p, i, j + 1, { fix: "“" + slice(p, i + 1, j) + "”" });
      return;
    }
  }
}

/** @param {Draft} _ @param {Para} p @param {Report} r */
function enumeration(_, p, r) {
  follow(p, r, "seq-yishi", "是", "");
  follow(p, r, "seq-di", "，", "第");
  if (p.text.includes("首先，") && !p.text.includes("第一，") && !p.text.includes("其次")) {
    const at = p.text.indexOf("第二，");
    if (at >= 0) {
      const n = count(p.text.slice(0, at));
      r.add("seq-first-mixed", p, n, n + 3, { fix: "其次，" });
    }
  }
}

/** @param {Para} p @param {Report} r @param {string} id @param {string} after @param {string} prefix */
function follow(p, r, id, after, prefix) {
  let last = 0;
  for (let i = 0; i + 1 < p.chars.length; i++) {
    if (!isHanNumeral(p.chars[i]) || p.chars[i + 1] !== after) continue;
    let from = i;
    if (i > 0 && p.chars[i - 1] === "十") from--;
    let start = from;
    if (prefix) {
      if (from === 0 || p.chars[from - 1] !== prefix) continue;
      start--;
    }
    if (start > 0 && !"，。；：、“（！？ 　\t".includes(p.chars[start - 1])) continue;
    const n = hanValue(p.chars.slice(from, i + 1));
    if (n > 1 && last > 0 && n !== last + 1) r.add(id, p, start, i + 2);
    last = n;
  }
}

/** @param {string} c */
export const isHan = (c) => c >= "一" && c <= "\u9fff" && c.length === 1;

/** @param {Draft} d @param {Para} p @param {Report} r */
function repeats(d, p, r) {
  for (let i = 0; i + 3 < p.chars.length; i++) {
    for (let n = 6; n >= 2; n--) {
      if (i + 2 * n > p.chars.length || !twice(p.chars, i, n)) continue;
      if (!mayRepeat(d, p.chars.slice(i, i + n))) r.add("dup-word", p, i, i + 2 * n, { fix: slice(p, i, i + n) });
      i += 2 * n - 1;
      break;
    }
  }
}

/** @param {string[]} chars @param {number} i @param {number} half */
function twice(chars, i, half) {
  for (let k = 0; k < half; k++) if (chars[i + k] !== chars[i + half + k] || !isHan(chars[i + k])) return false;
  return true;
}

/** @param {Draft} d @param {string[]} rs */
function mayRepeat(d, rs) {
  if (rs.every((c) => c === rs[0]) || rs.every((c) => "〇零一二三四五六七八九十百千万亿".includes(c))) return true;
  return "没不".includes(rs[rs.length - 1]) || "一又越".includes(rs[0]) || (rs.length === 2 && "不一".includes(rs[1])) || d.tables.reduplicated.includes(rs.join(""));
}

/** @param {Draft} d @param {Para} p @param {Report} r */
function sums(d, p, r) {
  for (const m of find(d, "sum", p)) {
    const whole = hundredths(m.groups[1]);
    let total = 0;
    let parts = 0;
    let note = "";
    for (const part of m.groups[3].replace(d.tables.patterns.aside.re, "").matchAll(d.tables.patterns["sum-part"].re)) {
      if (part[2] !== m.groups[2]) continue;
      total += hundredths(part[1]);
      parts++;
      note += "+" + part[1];
    }
    if (parts >= 2 && total !== whole && !hasAny(m.groups[3], "等这里")) {
      let at = m.start;
      while (at < m.end && (p.chars[at] < "0" || p.chars[at] > "9")) at++;
      r.add("num-sum", p, at, at + m.groups[1].length, { note: note.slice(1) + "=" + decimal(total) });
    }
  }
  const shares = find(d, "share", p);
  const total = shares.reduce((sum, m) => sum + hundredths(m.groups[1]), 0);
  const off = total - 10000;
  if (shares.length >= 3 && (off > 50 || off < -50) && off < 2000 && off > -500) {
    const last = shares[shares.length - 1];
    r.add("num-percent-sum", p, last.start, last.end, { note: decimal(total) + "%" });
  }
  for (const m of find(d, "growth", p)) {
    const [from, to, said] = [hundredths(m.groups[1]), hundredths(m.groups[2]), hundredths(m.groups[3])];
    if (from === 0) continue;
    const rate = (Math.abs(to - from) / from) * 100;
    if (Math.abs(rate - said / 100) > 0.6) {
      r.add("num-growth", p, m.end - m.groups[3].length - 1, m.end, { note: decimal(Math.floor(rate * 100 + 0.5)) + "%" });
    }
  }
}

/** @param {string} s */
function hundredths(s) {
  const [whole, part = ""] = s.split(".");
  return atoi(whole) * 100 + atoi((part + "00").slice(0, 2));
}

/** @param {number} n */
function decimal(n) {
  const part = n % 100;
  return String(Math.floor(n / 100)) + (part === 0 ? "" : "." + String(100 + part).slice(1).replace(/0$/, ""));
}

/** @param {Draft} d @param {Para} p @param {Report} r */
function vague(d, p, r) {
  if (p.kind !== "body" || hasAny(p.text, "0123456789")) return;
  for (const m of find(d, "vague", p)) {
    let from = m.start;
    while (from > 0 && m.start - from < 60 && !"，。；：！？".includes(p.chars[from - 1])) from--;
    if (!hasAny(slice(p, from, m.start), "要应须需将拟促为以使推")) {
      r.add("empty-vague", p, m.start, m.end);
      return;
    }
  }
}

/** @param {Draft} _ @param {Para} p @param {Report} r */
function lengths(_, p, r) {
  if (p.kind !== "body") return;
  let from = p.begin;
  let stops = 0;
  let semicolon = false;
  for (let i = p.begin; i <= p.chars.length; i++) {
    if (i < p.chars.length) {
      if (p.chars[i] === "，") stops++;
      if (p.chars[i] === "；") semicolon = true;
      if (!"。！？".includes(p.chars[i])) continue;
    }
    const end = Math.min(i + 1, p.chars.length);
    if (end - from > 100) r.add("sentence-long", p, from, end, { note: String(end - from) });
    if (stops >= 8 && !semicolon) r.add("comma-splice", p, from, end, { note: String(stops) });
    from = end;
    stops = 0;
    semicolon = false;
  }
  const n = p.chars.length - p.begin;
  if (n > 350) r.add("paragraph-long", p, p.begin, p.begin + 1, { note: String(n) });
  rows(p, r);
}

/** @param {Para} p @param {Report} r */
function rows(p, r) {
  evenClauses(p, r);
  let words = 0;
  let from = 0;
  for (let i = 0; i <= p.chars.length; i++) {
    if (i < p.chars.length && isHan(p.chars[i])) continue;
    const four = i >= 4 && p.chars.slice(i - 4, i).every(isHan);
    const before = i >= 5 && isHan(p.chars[i - 5]);
    const separated = i < p.chars.length && p.chars[i] === "、";
    if (four && words > 0 && !before) words++;
    else if (four && words === 0 && separated) {
      words = 1;
      from = i - 4;
    } else words = 0;
    if (words > 0 && !separated) {
      if (words >= 6) r.add("parallel-overuse", p, from, i, { note: String(words) });
      words = 0;
    }
  }
}

/** @param {Para} p @param {Report} r */
function evenClauses(p, r) {
  let length = 0;
  let clauses = 0;
  let from = 0;
  let begin = p.begin;
  const { chars } = p;
  for (let i = p.begin; i <= chars.length; i++) {
    if (i < chars.length && isHan(chars[i])) continue;
    const n = i - begin;
    if (n < 5 || n > 14) clauses = 0;
    else if (clauses > 0 && n === length) clauses++;
    else [clauses, length, from] = [1, n, begin];
    const separated = i < chars.length && "，；、".includes(chars[i]);
    const goes = separated && i + 1 + n < chars.length && chars.slice(i + 1, i + 1 + n).every(isHan) && !isHan(chars[i + 1 + n]);
    if (clauses >= 4 && !goes) r.add("parallel-overuse", p, from, i, { note: String(clauses) });
    if (!separated || (clauses >= 4 && !goes)) clauses = 0;
    begin = i + 1;
  }
}

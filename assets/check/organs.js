// Who writes to whom, and in whose name; what a plan says of its tasks. As internal/check/organs.go. Pure.

import { endsAsOrgan, find, hasAny, is, official, sizeOf, statutory, trim, trimmed } from "./draft.js";
import { texts } from "./genre.js";

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */

/** @param {string} s */
export const despace = (s) => s.replace(/[ 　\t]/g, "");

/** @param {Draft} d @param {Report} r */
export function organs(d, r) {
  if (d.title < 0) return;
  const title = d.paras[d.title];
  const at = d.titleText.indexOf("关于");
  const org = at < 0 ? d.titleText : d.titleText.slice(0, at);
  const numbered = d.paras.some((p) => p.kind === "header" && is(d, "docno", p));
  if (at >= 0 && trim(org) === "" && statutory(d) && numbered && official(d)) r.add("title-org-missing", title, title.begin, title.chars.length);
  peers(d, r, despace(org));
  if (d.sign < 0) return;
  const sign = d.paras[d.sign];
  office(d, r, sign);
  marked(d, r, sign);
  joint(r, sign, org);
}

/**
 * The level that the name of an organ speaks of.
 * @param {string} name
 */
function rank(name) {
  for (let i = name.length - 1; i >= 0; i--) if ("省市县区乡镇".includes(name[i])) return name[i];
  return "";
}

/** @param {Draft} d @param {Report} r @param {string} org */
function peers(d, r, org) {
  if (d.genre !== "请示" || d.recipient < 0) return;
  /** @param {string} name */
  const department = (name) => /[局厅]$/.test(name) && !name.endsWith("分局");
  const to = d.paras[d.recipient];
  const name = trimmed(to).replace(/[：:]+$/, "");
  if (department(org) && department(name) && rank(org) !== "" && rank(org) === rank(name) && !org.startsWith(name)) {
    r.add("genre-peer-qingshi", to, to.begin, to.begin + sizeOf(to));
  }
}

/** @param {Draft} d @param {Report} r @param {Para} sign */
function office(d, r, sign) {
  if (!statutory(d) || d.recipient < 0) return;
  const name = despace(trimmed(sign));
  if (!/[科处]$/.test(name) || /(?:管理处|办事处|代表处|联络处|服务处|外科|内科)$/.test(name)) return;
  const to = d.paras[d.recipient].text;
  if (!["本局", "局机关", "机关各", "各科", "各处", "局领导", "局属"].some((inside) => to.includes(inside))) {
    r.add("inner-office-external", sign, sign.begin, sign.begin + sizeOf(sign));
  }
}

/** @param {Draft} d @param {Report} r @param {Para} sign */
function marked(d, r, sign) {
  const name = despace(trimmed(sign));
  if (!endsAsOrgan(d, name) || hasAny(trimmed(sign), " 　")) return;
  const marks = d.paras.slice(0, d.title).filter((p) => p.kind === "header" && despace(trimmed(p)).endsWith("文件"));
  if (marks.length !== 1) return;
  const mark = despace(trimmed(marks[0])).slice(0, -2);
  if (endsAsOrgan(d, mark) && !mark.endsWith(name) && !name.endsWith(mark)) r.add("mark-mismatch", sign, sign.begin, sign.begin + sizeOf(sign));
}

/** @param {Report} r @param {Para} sign @param {string} org */
function joint(r, sign, org) {
  const names = org.split(/[、 　\t]/).filter(Boolean);
  const signed = trimmed(sign).split(/[、 　\t]/).filter(Boolean);
  if (names.length < 2 || signed.length < 2 || names[0] === signed[0]) return;
  if (names.includes(signed[0]) && signed.includes(names[0])) r.add("sign-joint-order", sign, sign.begin, sign.begin + sizeOf(sign));
}

/** @param {Draft} d @param {Report} r */
export function duties(d, r) {
  if (d.title < 0 || (d.genre !== "方案" && !d.titleText.includes("督办"))) return;
  let tasks = false;
  const all = texts(d);
  all.forEach((p, i) => {
    if (p.level === 1) tasks = d.tables.patterns.tasks.whole.test(p.head);
    if (!tasks || p.level < 2) return;
    let { text } = p;
    let next = i + 1;
    for (; next < all.length && all[next].level === 0; next++) text += all[next].text;
    if (next < all.length && all[next].level > p.level) return; // its parts say it
    if (!d.tables.patterns.duty.whole.test(text)) r.add("duty-missing", p, p.begin, p.chars.length);
  });
}

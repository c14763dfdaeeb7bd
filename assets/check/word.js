// The text of a Word package, read as internal/manuscript/word.go reads it: paragraphs in order, notes
// at the end; no numbers that Word makes, nothing deleted. Pure: bytes in, lines out.

import { inflate } from "./inflate.js";

const mostPart = 64 << 20;
const mostDepth = 400;

/** @param {Uint8Array} data @param {number} at */
const u16 = (data, at) => data[at] | (data[at + 1] << 8);
/** @param {Uint8Array} data @param {number} at */
const u32 = (data, at) => (u16(data, at) | (u16(data, at + 2) << 16)) >>> 0;

/**
 * The parts of a package: what the directory at its end names.
 * @param {Uint8Array} data
 * @returns {Map<string, () => string>}
 */
function unpack(data) {
  let end = data.length - 22;
  while (end >= 0 && end > data.length - 66_000 && u32(data, end) !== 0x06054b50) end--;
  if (end < 0 || u32(data, end) !== 0x06054b50) throw new Error("not a Word package");
  const parts = new Map();
  let at = u32(data, end + 16);
  for (let n = u16(data, end + 10); n > 0; n--) {
    if (at + 46 > data.length || u32(data, at) !== 0x02014b50) throw new Error("broken package");
    const method = u16(data, at + 10);
    const packed = u32(data, at + 20);
    const local = u32(data, at + 42);
    const name = new TextDecoder().decode(data.subarray(at + 46, at + 46 + u16(data, at + 28)));
    parts.set(name, () => {
      const from = local + 30 + u16(data, local + 26) + u16(data, local + 28);
      const body = data.subarray(from, from + packed);
      if (method !== 0 && method !== 8) throw new Error("broken package");
      return new TextDecoder("utf-8", { fatal: true }).decode(method === 8 ? inflate(body, mostPart) : body);
    });
    at += 46 + u16(data, at + 28) + u16(data, at + 30) + u16(data, at + 32);
  }
  return parts;
}

/**
 * The lines of a .docx.
 * @param {Uint8Array} data
 * @returns {string[]}
 */
export function readWord(data) {
  const parts = unpack(data);
  const rels = parts.get("_rels/.rels");
  const main = (rels && /<Relationship\b[^>]*officeDocument"[^>]*>/.exec(rels())?.[0].match(/Target="\/?([^"]*)"/)?.[1]) || "word/document.xml";
  const body = parts.get(main);
  if (!body) throw new Error("not a Word package");
  const lines = paragraphs(body());
  const folder = main.replace(/[^/]*$/, "");
  for (const notes of ["footnotes.xml", "endnotes.xml"]) {
    const part = parts.get(folder + notes);
    if (part) lines.push(...paragraphs(part()).filter((line) => line !== ""));
  }
  return lines;
}

const skipped = ["Fallback", "del", "moveFrom", "instrText"];

/**
 * The paragraphs of one part.
 * @param {string} xml
 * @returns {string[]}
 */
export function paragraphs(xml) {
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const open = [];
  let depth = 0;
  let skip = 0;
  let text = 0;
  let at = 0;
  while (at < xml.length) {
    const tag = xml.indexOf("<", at);
    if (text > 0 && skip === 0 && open.length > 0) open[open.length - 1] += unescape(xml.slice(at, tag < 0 ? xml.length : tag));
    if (tag < 0) break;
    if (xml.startsWith("<!--", tag) || xml.startsWith("<?", tag)) {
      const end = xml.indexOf(xml[tag + 1] === "?" ? "?>" : "-->", tag);
      if (end < 0) throw new Error("broken package");
      at = end + (xml[tag + 1] === "?" ? 2 : 3);
      continue;
    }
    if (xml[tag + 1] === "!") throw new Error("package with a document type or entities");
    const end = xml.indexOf(">", tag);
    if (end < 0) throw new Error("broken package");
    const closing = xml[tag + 1] === "/";
    const single = xml[end - 1] === "/";
    const name = /^<\/?(?:[\w.-]+:)?([\w.-]+)/.exec(xml.slice(tag, Math.min(end, tag + 80)))?.[1] ?? "";
    at = end + 1;
    if (!closing) {
      if (++depth > mostDepth) throw new Error("package unfolds to too much");
      if (skipped.includes(name)) skip++;
      else if (name === "p") open.push("");
      else if (name === "t") text++;
      else if (open.length > 0 && skip === 0 && name === "noBreakHyphen") open[open.length - 1] += "-";
    }
    if (closing || single) {
      depth--;
      if (skipped.includes(name)) skip--;
      else if (name === "t") text--;
      else if (name === "p" && open.length > 0) lines.push((open.pop() ?? "").replace(/[ \t　]{0,200}$/, ""));
    }
  }
  if (depth !== 0) throw new Error("broken package");
  return lines;
}

/** @type {Record<string, string>} */
const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** @param {string} s */
const unescape = (s) =>
  s.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,5}));/g, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole;
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });

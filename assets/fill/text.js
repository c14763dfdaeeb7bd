// A document as plain text: paragraphs with two full-width blanks, the issuer and the date where
// blanks put them, tables in columns, unfilled fields in 【】. Pure.

import { formOf } from "./kit.js";
import { textOf } from "./model.js";
import { groups, jointLines, spread } from "./spread.js";
import { char, halves } from "./words.js";

/** @typedef {import("./compose.js").Paragraph} Paragraph */
/** @typedef {import("./kit.js").Looks} Looks */

const lineChars = 28;

/**
 * @param {Paragraph[]} paragraphs
 * @param {Looks} kit
 * @param {boolean} [flush] without the blanks in front
 */
export function toText(paragraphs, kit, flush = false) {
  /** @type {string[]} */
  const lines = [];
  let blank = false;
  const gap = () => {
    if (!blank && lines.length > 0) lines.push("");
    blank = true;
  };
  for (const { kind, rows } of groups(paragraphs)) {
    const p = /** @type {Paragraph} */ (rows[0]);
    if (kind === "table") {
      lines.push(...table(rows));
      blank = false;
      continue;
    }
    if (p.style === "JointMark") {
      lines.push(...jointLines(p).map(textOf));
      blank = false;
      continue;
    }
    if (p.style === "Gap" || p.style === "Foot" || p.turn) continue;
    if (!p.runs) {
      gap();
      continue;
    }
    if (p.style === "AttachmentLabel" || kind === "imprint") gap();
    for (const row of rows) lines.push(lineOf(row, kit, flush || kind === "imprint"));
    blank = false;
  }
  return `${lines.join("\n").replace(/\n+$/, "")}\n`;
}

/**
 * @param {Paragraph} p
 * @param {Looks} kit
 * @param {boolean} flush
 */
function lineOf(p, kit, flush) {
  const form = formOf(kit, p.style);
  const text = textOf(spread(p, form)).replace(/\n/g, "");
  const half = char / 2;
  if (form.align === "right") {
    return blanks(Math.trunc((2 * lineChars - halves(text) + 1) / 2) - Math.trunc(((p.right ?? 0) + half) / char)) + text;
  }
  if (flush) return text;
  return blanks(Math.trunc(((p.left ?? 0) + (p.first ?? 0) + half) / char) + (form.left ?? 0) + (form.first ?? 0) - (form.hang ?? 0)) + text;
}

/** @param {number} n */
function blanks(n) {
  return "　".repeat(Math.max(0, n));
}

/** @param {Paragraph[]} rows */
function table(rows) {
  /** @type {number[]} */
  const widest = [];
  for (const row of rows) {
    (row.cells ?? []).forEach((cell, i) => (widest[i] = Math.max(widest[i] ?? 0, Math.trunc((halves(textOf(cell)) + 1) / 2))));
  }
  return rows.map(({ cells = [] }) =>
    cells
      .map((cell, i) => {
        const text = textOf(cell);
        const h = halves(text);
        return i === cells.length - 1 ? text : text + " ".repeat(h % 2) + blanks((widest[i] ?? 0) - Math.trunc((h + 1) / 2) + 2);
      })
      .join("")
      .replace(/[ \t\r\u3000]+$/, ""),
  );
}

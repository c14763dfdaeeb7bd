// Paragraphs divided into pages: 22 lines in the type area, a paragraph across two pages where
// its lines fall, a heading or a signature never without what follows, a table between its rows. Pure but for what it
// asks a Measure.

import { formOf } from "./kit.js";
import { columns } from "./spread.js";
import { textOf } from "./model.js";
import { areaHeight, areaWidth, cut, halves, pitch } from "./words.js";

/** @typedef {import("./compose.js").Paragraph} Paragraph */
/** @typedef {import("./kit.js").Looks} Looks */
/** @typedef {import("./measure.js").Measure} Measure */
/** @typedef {{kind: "one" | "table" | "imprint", rows: Paragraph[], cut?: boolean}} Piece */
/** @typedef {{lying: boolean, pieces: Piece[], used: number}} Page used: twips */

const slack = 20; // twips: what rounding may cost
const rowExtra = 10; // of a line of a table

/**
 * @param {Piece[]} groups
 * @param {Measure} measure
 * @param {Looks} kit
 * @returns {Page[]}
 */
export function paginate(groups, measure, kit) {
  const p = new Paginator(measure, kit);
  p.prepare(groups);
  groups.forEach((group, i) => p.place(group, following(p, groups, i)));
  return p.pages;
}

class Paginator {
  /**
   * @param {Measure} measure
   * @param {Looks} kit
   */
  constructor(measure, kit) {
    this.measure = measure;
    this.kit = kit;
    /** @type {Page[]} */
    this.pages = [{ lying: false, pieces: [], used: 0 }];
  }

  get page() {
    return /** @type {Page} */ (this.pages[this.pages.length - 1]);
  }

  get room() {
    return (this.page.lying ? areaWidth : areaHeight) - this.page.used + slack;
  }

  /**
   * Asks for all upright paragraphs at once.
   * @param {Piece[]} groups
   */
  prepare(groups) {
    this.measure.heights(groups.flatMap((g) => (g.kind === "one" && !g.rows[0]?.turn ? g.rows : [])), false);
  }

  turn(lying = this.page.lying) {
    this.pages.push({ lying, pieces: [], used: 0 });
  }

  /** @param {Paragraph} p */
  line(p) {
    return p.line ?? formOf(this.kit, p.style).line ?? pitch;
  }

  /** @param {Paragraph} p */
  height(p) {
    return p.style === "Foot" ? (p.before ?? 0) + this.line(p) + slack : this.measure.heights([p], this.page.lying)[0] ?? pitch;
  }

  /**
   * @param {Piece} group
   * @param {number} following
   */
  place(group, following) {
    const p = /** @type {Paragraph} */ (group.rows[0]);
    if (p.turn) this.turn(p.turn === "portrait");
    else if (group.kind === "table") this.table(group.rows);
    else if (group.kind === "imprint") this.page.pieces.push(group);
    else this.paragraph(p, following);
  }

  /**
   * @param {Paragraph} p
   * @param {number} following
   */
  paragraph(p, following) {
    if (p.break) this.turn();
    const line = this.line(p);
    const height = this.height(p);
    const fit = Math.floor(this.room / line);
    if (height + following > this.room) {
      if (height > 1.5 * line && fit > 0 && !p.tabs && !p.before && !p.cells && !following) {
        const at = this.measure.lineStart(p, this.page.lying, fit, line);
        const runs = p.runs ?? [];
        this.page.pieces.push({ kind: "one", rows: [{ ...p, runs: cut(runs, 0, at) }], cut: true });
        this.turn();
        const form = formOf(this.kit, p.style);
        const indent = ((form.first ?? 0) - (form.hang ?? 0)) * (form.size ?? 32) * 10 + (p.first ?? 0);
        this.paragraph({ ...p, runs: cut(runs, at, textOf(runs).length), first: (p.first ?? 0) - indent }, 0);
        return;
      }
      // The imprint goes with the paragraph that keeps its room.
      const { pieces, used } = this.page;
      const imprint = pieces[pieces.length - 1]?.kind === "imprint" ? pieces.pop() : undefined;
      if (pieces.length > 0 || used > 0) this.turn();
      if (imprint) this.page.pieces.push(imprint);
    }
    this.add(p, height);
  }

  /**
   * @param {Paragraph} p
   * @param {number} height
   */
  add(p, height) {
    this.page.pieces.push({ kind: "one", rows: [p] });
    if (p.style !== "Foot") this.page.used += height;
  }

  /** @param {Paragraph[]} rows */
  table(rows) {
    const widths = rows.map((row) => this.rowHeight(row, rows));
    const head = rows[0]?.style === "CellHead" ? rows[0] : undefined;
    /** @type {Piece} */
    let piece = { kind: "table", rows: [] };
    rows.forEach((row, i) => {
      const height = widths[i] ?? 0;
      if (height > this.room && piece.rows.length + this.page.pieces.length > 0) {
        if (piece.rows.length > 0) this.page.pieces.push(piece);
        this.turn();
        piece = { kind: "table", rows: head && row !== head ? [head] : [] };
        if (head && row !== head) this.page.used += widths[0] ?? 0;
      }
      piece.rows.push(row);
      this.page.used += height;
    });
    if (piece.rows.length > 0) this.page.pieces.push(piece);
  }

  /**
   * The height of a row: lines of its fullest cell, by the width of their text.
   * @param {Paragraph} row
   * @param {Paragraph[]} rows
   */
  rowHeight(row, rows) {
    return tableLines(row, rows, this.page.lying ? areaHeight : areaWidth) * this.line(row) + rowExtra;
  }
}

/**
 * The height that a paragraph must find below itself on its page, in twips.
 * @param {Paginator} pages
 * @param {Piece[]} groups
 * @param {number} i
 */
function following(pages, groups, i) {
  let height = 0;
  for (; keeps(groups[i]) && groups[i + 1]?.kind === "one"; i++) {
    height += keeps(groups[i + 1]) ? pages.height(/** @type {Paragraph} */ (groups[i + 1]?.rows[0])) : pitch;
  }
  return height;
}

/**
 * Whether a paragraph is on the page of the next one; forms.go gives Word the same.
 * @param {Piece | undefined} group
 */
function keeps(group) {
  return group?.kind === "one" && /^(Heading|Issuer|AttachmentL)/.test(group.rows[0]?.style ?? "");
}

/**
 * @param {Paragraph} row
 * @param {Paragraph[]} rows
 * @param {number} area
 */
function tableLines(row, rows, area) {
  const widths = columns(rows, area);
  const margins = 170;
  let lines = 1;
  (row.cells ?? []).forEach((cell, i) => {
    const room = Math.max(2, Math.floor((((widths[i] ?? area) - margins) / 275) * 2));
    lines = Math.max(lines, Math.ceil(halves(textOf(cell)) / room));
  });
  return lines;
}

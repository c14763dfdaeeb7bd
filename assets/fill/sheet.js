// The sheets of a document as they will be printed: A4 pages of 22 lines. Everything is sized in
// characters of 三号 (--em), so that the same pages stand on the screen at any scale and on paper.

import { formOf } from "./kit.js";
import { measurer } from "./measure.js";
import { textOf } from "./model.js";
import { cellsOf, columns, groups } from "./spread.js";
import { paginate } from "./pages.js";
import { areaHeight, areaWidth, char } from "./words.js";

/** @typedef {import("./model.js").Run} Run */
/** @typedef {import("./model.js").Line} Line */
/** @typedef {import("./compose.js").Paragraph} Paragraph */
/** @typedef {import("./kit.js").Looks} Looks */
/** @typedef {import("./pages.js").Page} Page */
/** @typedef {(field: string) => {href: string, example: boolean}} Places where a field is filled in */

/**
 * @param {number} twips
 */
export function em(twips) {
  return `calc(var(--em) * ${twips / char})`;
}

export class Sheet {
  /**
   * @param {HTMLElement} root
   * @param {Looks} kit
   * @param {Places} places
   */
  constructor(root, kit, places) {
    this.root = root;
    this.kit = kit;
    this.places = places;
    this.holder = document.createElement("div");
    this.holder.className = "gw-pages";
    /** @type {Map<string, HTMLElement>} pages that stand, by all that they show */
    this.standing = new Map();
    this.measure = measurer(root, (p, area) => this.paragraph(p, area));
    root.classList.add("paged");
    root.replaceChildren(this.holder, this.measure.host);
  }

  /**
   * Draws a document and returns its pages. A page that shows what it showed stays: what is
   * being clicked is not taken away.
   * @param {string} format
   * @param {Paragraph[]} paragraphs
   * @returns {Page[]}
   */
  draw(format, paragraphs) {
    const pages = paginate(groups(paragraphs), this.measure, this.kit);
    /** @type {Map<string, HTMLElement>} */
    const next = new Map();
    pages.forEach((page, i) => {
      const key = JSON.stringify([i, format, page, this.examplesOf(page)]);
      next.set(key, this.standing.get(key) ?? this.page(page, format, i + 1));
    });
    const boxes = [...next.values()];
    boxes.forEach((box, i) => {
      const there = this.holder.children[i];
      if (there !== box) {
        if (there && !boxes.includes(/** @type {HTMLElement} */ (there))) there.replaceWith(box);
        else this.holder.insertBefore(box, there ?? null);
      }
    });
    while (this.holder.children.length > boxes.length) this.holder.lastElementChild?.remove();
    this.standing = next;
    return pages;
  }

  /** @param {Page} page */
  examplesOf(page) {
    const runs = page.pieces.flatMap((piece) => piece.rows.flatMap((p) => [...(p.cells ?? []), p.runs ?? []].flat()));
    return runs.filter((run) => run.field && this.places(run.field).example).map((run) => run.field);
  }

  /**
   * @param {Page} page
   * @param {string} format
   * @param {number} number
   */
  page(page, format, number) {
    const letter = format === "信函" && number === 1;
    const sheet = element("div", `gw-page${page.lying ? " lying" : ""}${letter ? " letter" : ""}`);
    const area = element("div", "gw-area");
    const width = page.lying ? areaHeight : areaWidth;
    for (const piece of page.pieces) {
      if (piece.kind === "table") area.append(this.table(piece.rows, width));
      else if (piece.kind === "imprint") area.append(this.imprint(piece.rows, format));
      else for (const p of piece.rows) area.append(this.paragraph(p, width, piece.cut));
    }
    sheet.append(area);
    if (letter) sheet.append(element("div", "gw-foot"));
    else {
      const no = element("p", `gw-no ${number % 2 === 0 ? "even" : "odd"}`);
      no.textContent = `— ${number} —`;
      sheet.append(no);
    }
    return sheet;
  }

  /**
   * @param {Paragraph} p
   * @param {number} area
   * @param {boolean} [cut] it goes on on the next page
   */
  paragraph(p, area, cut = false) {
    const form = formOf(this.kit, p.style);
    const box = element("p", `gw gw-${p.style}${cut ? " cut" : ""}`);
    const c = (p.size ?? form.size ?? 32) * 10;
    const style = box.style;
    if (c !== char) style.fontSize = em(c);
    if (p.line ?? form.line) style.lineHeight = em(p.line ?? form.line ?? 0);
    if (p.style === "Gap") style.height = em(p.line ?? 0);
    if (form.align && form.align !== "both" && form.align !== "distribute") style.textAlign = form.align;
    const left = (p.left ?? 0) + (form.left ?? 0) * c;
    const right = (p.right ?? 0) + (form.right ?? 0) * c;
    const first = (p.first ?? 0) + ((form.first ?? 0) - (form.hang ?? 0)) * c;
    if (left) style.paddingLeft = em(left);
    if (right) style.paddingRight = em(right);
    if (first) style.textIndent = em(first);
    if (p.before) style.paddingTop = em(p.before);
    if (p.style === "JointMark") this.joint(box, p);
    else this.fill(box, p, area, left);
    return box;
  }

  /**
   * The names of a joint mark below each other, 文件 beside the middle of them.
   * @param {HTMLElement} box
   * @param {Paragraph} p
   */
  joint(box, p) {
    const names = element("span", "gw-names");
    for (const name of p.cells ?? []) {
      const line = element("span", "");
      line.append(...this.runs(name));
      names.append(line);
    }
    const word = element("span", "");
    word.append(...this.runs(p.runs ?? []));
    box.append(names, word);
  }

  /**
   * Fills a paragraph: what follows a tab stands at its place.
   * @param {HTMLElement} box
   * @param {Paragraph} p
   * @param {number} area
   * @param {number} left
   */
  fill(box, p, area, left) {
    const [head = [], ...cells] = cellsOf(p.runs ?? []);
    box.append(...this.runs(head));
    cells.forEach((cell, i) => {
      const tab = p.tabs?.[i] ?? { align: "left", at: left + 2 * char * (i + 1) };
      const span = element("span", `gw-tab tab-${tab.align}`);
      if (tab.align === "right") span.style.right = em(area - tab.at);
      else span.style.left = em(tab.at);
      if (p.before) span.style.top = em(p.before);
      span.append(...this.runs(cell));
      box.append(span);
    });
    if (!textOf(head) && p.style !== "Gap" && p.style !== "Foot") box.prepend("\u200b"); // a line of its own height
  }

  /**
   * @param {Line} runs
   * @returns {Node[]}
   */
  runs(runs) {
    return runs.map((run) => {
      const box = run.field ? this.place(run) : element(run.bold ? "b" : "span", "");
      if (run.face) box.classList.add(`gw-${run.face}`);
      run.text.split("\n").forEach((line, i) => {
        if (i > 0) box.append(document.createElement("br"));
        box.append(line);
      });
      return run.field || run.face || run.bold ? box : /** @type {Node} */ (run.text.includes("\n") ? box : document.createTextNode(run.text));
    });
  }

  /** @param {Run} run */
  place(run) {
    const { href, example } = this.places(run.field ?? "");
    const link = /** @type {HTMLAnchorElement} */ (element("a", "ph"));
    link.classList.toggle("filled", !run.gap);
    link.classList.toggle("example", example && !run.gap);
    link.classList.toggle("strong", !!run.bold);
    link.dataset.field = run.field ?? "";
    if (href) link.href = href;
    return link;
  }

  /**
   * @param {Paragraph[]} rows
   * @param {number} area
   */
  table(rows, area) {
    const table = element("table", "gw-table");
    const widths = columns(rows, area);
    for (const row of rows) {
      const line = element("tr", "");
      widths.forEach((width, i) => {
        const cell = element(row.style === "CellHead" ? "th" : "td", "");
        cell.style.width = em(width);
        cell.append(this.paragraph({ style: row.style, runs: row.cells?.[i] ?? [] }, width));
        line.append(cell);
      });
      table.append(line);
    }
    return table;
  }

  /**
   * @param {Paragraph[]} rows
   * @param {string} format
   */
  imprint(rows, format) {
    const box = element("div", `gw-imprint${format === "信函" ? " bare" : ""}`);
    box.append(...rows.map((row) => this.paragraph(row, areaWidth)));
    return box;
  }
}

/**
 * @param {string} tag
 * @param {string} name
 */
function element(tag, name) {
  const box = document.createElement(tag);
  if (name) box.className = name;
  return box;
}

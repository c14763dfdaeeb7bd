// The marks behind the draft: a copy of its text, unseen but for its underlines. Only paragraphs that
// changed are made again.

import { piecesOf, unitAt } from "./text.js";

/** @typedef {import("./engine.js").Finding} Finding */

export class Mirror {
  /** @param {HTMLElement} element @param {HTMLTextAreaElement} area */
  constructor(element, area) {
    this.element = element;
    this.area = area;
    /** @type {string[]} */
    this.keys = [];
    area.addEventListener("scroll", () => this.follow(), { passive: true });
    window.addEventListener("resize", () => this.follow());
  }

  follow() {
    this.element.scrollTop = this.area.scrollTop;
  }

  /**
   * Shows lines with the marks of findings.
   * @param {string[]} lines
   * @param {Finding[]} findings
   */
  show(lines, findings) {
    /** @type {Map<number, Finding[]>} */
    const byLine = new Map();
    for (const f of findings) {
      const list = byLine.get(f.para);
      if (list) list.push(f);
      else byLine.set(f.para, [f]);
    }
    const keys = lines.map((line, i) => line + "\n" + (byLine.get(i) ?? []).map((f) => `${f.start}-${f.end}${f.severity}`).join());
    // What is equal at both ends stays: an edit touches a few paragraphs.
    let from = 0;
    while (from < keys.length && from < this.keys.length && keys[from] === this.keys[from]) from++;
    let same = 0;
    while (same < keys.length - from && same < this.keys.length - from && keys[keys.length - 1 - same] === this.keys[this.keys.length - 1 - same]) same++;
    for (let n = this.keys.length - same - from; n > 0; n--) this.element.children[from].remove();
    const next = this.element.children[from] ?? null;
    for (let i = from; i < lines.length - same; i++) this.element.insertBefore(paragraph(lines[i], byLine.get(i) ?? []), next);
    this.keys = keys;
    this.follow();
  }

  /**
   * Scrolls the draft to a paragraph's mark.
   * @param {number} para
   * @param {number} unit
   */
  reveal(para, unit) {
    const line = this.element.children[para];
    if (!(line instanceof HTMLElement)) return;
    let target = line;
    let at = 0;
    for (const piece of line.children) {
      if (piece instanceof HTMLElement && at <= unit) target = piece;
      at += piece.textContent?.length ?? 0;
    }
    const top = target.offsetTop;
    const { scrollTop, clientHeight } = this.area;
    if (top < scrollTop + 40 || top > scrollTop + clientHeight - 80) this.area.scrollTop = Math.max(0, top - clientHeight / 3);
    this.follow();
  }
}

/** @param {string} line @param {Finding[]} findings */
function paragraph(line, findings) {
  const div = document.createElement("div");
  const marks = findings.map((f) => ({ start: unitAt(line, f.start), end: unitAt(line, f.end), severity: f.severity }));
  for (const piece of piecesOf(line, marks)) {
    const span = document.createElement("span");
    if (piece.severity) span.className = `mk mk-${piece.severity}`;
    span.textContent = piece.text;
    div.append(span);
  }
  if (line === "") div.append("\u200b");
  return div;
}

// On a wide screen the text of the result that is looked at stands beside the list. Who listens
// instead of looking has it in the list, and is not told it twice.

import { showMarked } from "./load.js";

/** @typedef {import("./load.js").Shown} Shown */

const wide = window.matchMedia("(min-width:1600px)");

export class Preview {
  constructor() {
    this.pane = document.getElementById("wf-search-preview");
    /** @type {Shown | undefined} */
    this.now = undefined;
    wide.addEventListener("change", () => this.show(this.now));
  }

  /** @param {Shown | undefined} r nothing hides the pane */
  show(r) {
    this.now = r;
    if (!this.pane) return;
    this.pane.hidden = r === undefined || !wide.matches;
    this.pane.parentElement?.classList.toggle("with-preview", !this.pane.hidden);
    this.pane.replaceChildren();
    if (r && wide.matches) this.fill(this.pane, r);
  }

  /**
   * @param {HTMLElement} pane
   * @param {Shown} r
   */
  fill(pane, r) {
    const name = document.createElement("p");
    name.className = "search-preview-name";
    showMarked(name, r.heading ? r.headingMarked : r.titleMarked);
    pane.append(name);
    let at = 0;
    for (const line of r.whole.text.split("\n")) {
      const [from, to] = [at, at + line.length];
      at = to + 1;
      if (line.trim() === "") continue;
      const p = document.createElement("p");
      const marks = r.whole.marks.filter(([start, stop]) => start < to && stop > from);
      showMarked(p, { text: line, marks: marks.map(([start, stop]) => [Math.max(0, start - from), Math.min(line.length, stop - from)]) });
      pane.append(p);
    }
    const mark = /** @type {HTMLElement | null} */ (pane.querySelector("p:not(:first-child) mark"));
    pane.scrollTop = mark ? Math.max(0, mark.offsetTop - pane.clientHeight / 3) : 0;
  }
}

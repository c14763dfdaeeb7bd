// Checklists remember what was ticked, in this browser.

import { say, word } from "../base/say.js";
import { load, pagePath, prefix, save } from "../base/store.js";

export function wireChecklists() {
  let told = false;
  document.querySelectorAll(".checklist").forEach((list, index) => {
    const boxes = [...list.querySelectorAll("input")];
    const key = `${prefix}check:${pagePath}:${index}`;
    const saved = load(key);
    const ticked = new Set((saved ?? "").split("\n"));
    for (const box of boxes) {
      if (saved !== null) box.checked = ticked.has(labelOf(box));
      box.addEventListener("change", () => {
        const kept = save(key, boxes.filter((b) => b.checked).map(labelOf).join("\n"));
        if (kept && !told) say(word("stored"));
        told = true;
      });
    }
  });
}

/**
 * A box is known by its words: the keeper may move it.
 * @param {HTMLInputElement} box
 */
function labelOf(box) {
  return box.parentElement?.textContent?.trim() ?? "";
}

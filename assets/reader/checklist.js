// Checklists remember what was ticked, in this browser.

import { say, word } from "../base/say.js";
import { load, prefix, save } from "../base/store.js";

export function wireChecklists() {
  const lists = document.querySelectorAll(".checklist");
  lists.forEach((list, index) => {
    const boxes = [...list.querySelectorAll("input")];
    const key = `${prefix}check:${location.pathname.split("/").slice(-3).join("/")}:${index}`;
    const ticked = new Set((load(key) ?? "").split("\n"));
    for (const box of boxes) {
      box.checked = ticked.has(labelOf(box));
      box.addEventListener("change", () => {
        const on = boxes.filter((b) => b.checked).map(labelOf);
        if (save(key, on.length > 0 ? on.join("\n") : null)) say(word("stored"));
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

// Taking the document away: to Word or WPS, as plain text, as a Word file, on paper. What is not
// filled in never hinders; it is told first.

import { byHand, copyWith } from "../base/copy.js";
import { say } from "../base/say.js";

/** @typedef {import("./draft.js").Draft} Draft */

/**
 * @param {HTMLElement} root
 * @param {Draft} draft
 * @param {() => boolean} ready whether nothing impossible stands in the form
 * @param {() => void} goFill
 */
export function wireTake(root, draft, ready, goFill) {
  const bar = document.getElementById("wf-take");
  const ask = document.getElementById("wf-ask-open");
  if (!bar || !ask) return;
  const words = bar.dataset;
  /** @type {Record<string, (button: HTMLElement) => void>} */
  const ways = {
    "[data-copy]": (button) => void copyWith(button, words.copied ?? "", draft.text(), draft.html()),
    "[data-text]": (button) => void copyWith(button, words.textcopied ?? "", draft.text()),
    "[data-print]": () => window.print(),
    "[data-docx]": () => {
      const done = draft.download();
      say((done ? words.saved : words.unsaved) ?? "");
      if (!done) byHand(draft.text());
    },
  };
  /** @type {() => void} */
  let goOn = () => {};
  for (const [selector, take] of Object.entries(ways)) {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll(selector))) {
      button.addEventListener("click", () => {
        ask.hidden = true;
        if (!ready()) return;
        const open = draft.open().length;
        goOn = () => {
          button.focus();
          take(button);
        };
        if (open > 0) askFirst(ask, (words.open ?? "").replace("{n}", String(open)));
        else take(button);
      });
    }
  }
  ask.querySelector("[data-yes]")?.addEventListener("click", () => {
    ask.hidden = true;
    goOn();
  });
  ask.querySelector("[data-no]")?.addEventListener("click", () => {
    ask.hidden = true;
    root.dataset.view = "form";
    goFill();
  });
}

/**
 * @param {HTMLElement} ask
 * @param {string} text
 */
function askFirst(ask, text) {
  const line = ask.querySelector("span");
  if (line) line.textContent = text;
  ask.hidden = false;
  const yes = ask.querySelector("[data-yes]");
  if (yes instanceof HTMLElement) yes.focus();
  say(text);
}

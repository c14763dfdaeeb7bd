// Taking the document away: to Word or WPS, as plain text, as a Word file, on paper. What is not
// filled in never hinders; it is told first.

import { byHand, copyWith } from "../base/copy.js";
import { used } from "../base/recent.js";
import { say } from "../base/say.js";
import { loadScript } from "../base/script.js";
import { pagePath } from "../base/store.js";
import { profile } from "./kit.js";
import { toHTML } from "./rich.js";
import { toText } from "./text.js";
import { fileName } from "./values.js";
import { toDocx } from "./word.js";

/** @typedef {import("./draft.js").Draft} Draft */

const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

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
  /** @type {Record<string, (button: HTMLElement) => unknown>} */
  const ways = {
    "[data-copy]": (button) => void copyWith(button, words.copied ?? "", textOf(draft), toHTML(draft.set(), draft.kit, chosenFonts(draft))),
    "[data-text]": (button) => void copyWith(button, words.textcopied ?? "", textOf(draft)),
    "[data-print]": () => window.print(),
    "[data-docx]": async () => {
      const done = await download(draft);
      say((done ? words.saved : words.unsaved) ?? "");
      if (!done) byHand(textOf(draft));
    },
  };
  /** @type {() => void} */
  let goOn = () => {};
  for (const [selector, take] of Object.entries(ways)) {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll(selector))) {
      button.addEventListener("click", () => {
        ask.hidden = true;
        if (!ready()) return;
        used(pagePath);
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

/** The fonts that the writer chose. @param {Draft} draft */
export function chosenFonts(draft) {
  const choice = draft.root.querySelector("[data-choice=fonts]");
  return profile(draft.kit, choice instanceof HTMLSelectElement ? choice.value : null);
}

/** @param {Draft} draft */
function textOf(draft) {
  const flush = draft.root.querySelector("[data-choice=flush]");
  return toText(draft.set(), draft.kit, flush instanceof HTMLInputElement && flush.checked);
}

/**
 * Hands the document over as a file; false where the browser refuses. The parts of a Word file
 * are loaded for the first.
 * @param {Draft} draft
 */
async function download(draft) {
  try {
    if (!draft.kit.parts) await loadScript(draft.root.dataset.parts ?? "");
    const doc = draft.filled();
    offer(`${fileName(doc)}.docx`, toDocx(doc.format, draft.set(), /** @type {import("./kit.js").Kit} */ (draft.kit), chosenFonts(draft)));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {Uint8Array} data
 */
function offer(name, data) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (data)], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The form of a template: what is typed appears in the sheets at once and stays in this browser.
// What helps the writer, and what takes the document away, is loaded when somebody is there.
// Values are text, never markup.

import { loadScript } from "../base/script.js";
import { Draft } from "./draft.js";
import { keep, restore } from "./keep.js";
import { wirePlaces, wireTabs } from "./tabs.js";

/** @typedef {import("./draft.js").Input} Input */
/**
 * What the desk takes over.
 * @typedef {{root: HTMLElement, draft: Draft, inputs: () => Input[], show: () => void}} Filling
 */

export function wireFill() {
  const root = document.getElementById("wf-fill");
  const sheet = document.getElementById("wf-sheet");
  if (!root || !sheet) return;
  const inputs = () => /** @type {Input[]} */ ([...root.querySelectorAll("form [data-field]")]);
  const example = root.querySelector("[data-example][aria-pressed]");
  const draft = new Draft(root, sheet, inputs, () => example?.getAttribute("aria-pressed") === "true");
  const stale = document.getElementById("wf-stale");
  const show = () => {
    let failed = true;
    try {
      draft.show();
      showLeft(root, draft);
      failed = false;
    } finally {
      if (stale) stale.hidden = !failed;
    }
  };
  restore(inputs());
  wireTabs(root, sheet);
  wirePlaces(root, sheet);
  show();
  // A page where nothing was typed since it stored writes nothing: another tab, or the settings, may
  // have written meanwhile.
  let typed = false;
  const store = () => {
    if (typed) keep(inputs());
    typed = false;
  };
  const later = () => {
    if (!typed) setTimeout(store, 800);
    typed = true;
  };
  root.addEventListener("input", () => {
    later();
    show();
  });
  root.addEventListener("change", later);
  window.addEventListener("pagehide", store);
  document.addEventListener("wenfang:kept", () => (typed = false));
  root.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("wenfang:updated", () => {
    draft.again();
    show();
  });
  /** @type {any} */ (window).wenfang.filling = { root, draft, inputs, show };
  whenUsed(root, () => loadScript(root.dataset.desk ?? ""));
}

/**
 * Says how many fields are open.
 * @param {HTMLElement} root
 * @param {Draft} draft
 */
function showLeft(root, draft) {
  const left = draft.open().length;
  const text = left === 0 ? root.dataset.complete : root.dataset.left?.replace("{n}", String(left));
  const status = document.getElementById("wf-left");
  if (status && status.textContent !== text) status.textContent = text ?? "";
  const size = document.getElementById("wf-size");
  const { pages, lines } = draft;
  if (size) size.textContent = (root.dataset.size ?? "").replace("{pages}", String(pages)).replace("{lines}", String(lines));
}

/**
 * Loads the desk at the first sign of a person, so that it is there before a button is pressed;
 * a button that was pressed before is pressed again. Where loading fails, the next sign tries again.
 * @param {HTMLElement} root
 * @param {() => Promise<void>} load
 */
function whenUsed(root, load) {
  const signs = ["pointermove", "pointerdown", "wheel", "keydown", "focusin", "click"];
  let loading = false;
  /** @type {Element | null} */
  let pressed = null;
  /** @param {Event} event */
  const sign = async (event) => {
    const { target } = event;
    if (event.type === "click" && target instanceof Element && root.contains(target)) pressed = target.closest("#wf-take button,#wf-form button");
    if (loading) return;
    loading = true;
    try {
      await load();
    } catch {
      loading = false;
      return;
    }
    for (const name of signs) document.removeEventListener(name, sign, true);
    if (pressed instanceof HTMLElement) pressed.click();
  };
  for (const name of signs) document.addEventListener(name, sign, { capture: true, passive: true });
}

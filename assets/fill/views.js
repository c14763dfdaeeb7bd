// What a writer sees beside the sheets: the grid, the fonts, the places of the field in focus
// and the hint to it.

import { say } from "../base/say.js";
import { load, prefix, save } from "../base/store.js";
import { missingFonts } from "./fonts.js";
import { chosenFonts } from "./take.js";

/** @typedef {import("./draft.js").Draft} Draft */

/**
 * @param {HTMLElement} root
 * @param {Draft} draft
 * @param {() => void} show
 */
export function wireViews(root, draft, show) {
  wireMore(root);
  wireFocus(root, draft.box);
  wireChoices(root, draft, show);
  const grid = root.querySelector("[data-grid]");
  grid?.addEventListener("click", () => {
    const on = draft.box.classList.toggle("grid");
    grid.setAttribute("aria-pressed", String(on));
  });
}

/**
 * The lesser choices open over the page; Escape and a press elsewhere close them.
 * @param {HTMLElement} root
 */
function wireMore(root) {
  const more = root.querySelector("details.more");
  if (!(more instanceof HTMLDetailsElement)) return;
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !more.contains(event.target)) more.open = false;
  });
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    more.querySelector("summary")?.focus();
  });
}

/**
 * The field in focus shows its places in the sheet and what is worth knowing of it.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 */
function wireFocus(root, sheet) {
  let focused = "";
  const mark = () => {
    for (const place of sheet.querySelectorAll(".ph")) place.classList.toggle("focus", focused !== "" && place.getAttribute("data-field") === focused);
  };
  root.addEventListener("focusin", (event) => {
    const input = event.target instanceof Element ? event.target.closest(".field")?.querySelector("[data-field]") : null;
    focused = input?.getAttribute("data-field") ?? "";
    mark();
    if (!(input instanceof HTMLElement)) return;
    bringUp(sheet);
    showRule(input);
  });
  root.addEventListener("focusout", () => {
    focused = "";
    mark();
  });
  root.addEventListener("input", mark);
}

/** Scrolls to the first place of the field in focus, where it is out of sight. @param {HTMLElement} sheet */
function bringUp(sheet) {
  const place = sheet.querySelector(".ph.focus");
  if (!place || sheet.scrollHeight <= sheet.clientHeight) return;
  const off = place.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3;
  if (Math.abs(off) > sheet.clientHeight / 4) sheet.scrollTop += off;
}

/** @param {HTMLElement} input */
function showRule(input) {
  const box = document.getElementById("wf-rule");
  if (!box) return;
  const title = document.createElement("h2");
  title.textContent = input.dataset.label ?? "";
  const hint = document.getElementById(`${input.id}-hint`)?.cloneNode(true);
  box.replaceChildren(title);
  if (hint instanceof Element) {
    hint.removeAttribute("id");
    box.append(hint);
  }
  if (input.dataset.rule) {
    const rule = document.createElement("p");
    rule.textContent = (box.dataset.rule ?? "").replace("{rule}", input.dataset.rule);
    box.append(rule);
  }
}

/**
 * What the writer chooses beside the fields, and all templates remember: the fonts, and text
 * without indents.
 * @param {HTMLElement} root
 * @param {Draft} draft
 * @param {() => void} show
 */
function wireChoices(root, draft, show) {
  for (const name of ["fonts", "flush"]) {
    const choice = root.querySelector(`[data-choice=${name}]`);
    if (!(choice instanceof HTMLSelectElement || choice instanceof HTMLInputElement)) continue;
    const key = `${prefix}fill-${name}`;
    const kept = load(key);
    if (choice instanceof HTMLInputElement) choice.checked = kept === "yes";
    else if (kept !== null && [...choice.options].some((o) => o.value === kept)) choice.value = kept;
    choice.addEventListener("change", () => {
      save(key, choice instanceof HTMLInputElement ? (choice.checked ? "yes" : null) : choice.value);
      show();
      if (name === "fonts") void tellMissing(draft, true);
    });
  }
  void tellMissing(draft, false);
}

/**
 * Says which fonts of the profile this computer lacks: they are exported all the same.
 * @param {Draft} draft
 * @param {boolean} aloud
 */
async function tellMissing(draft, aloud) {
  const note = document.getElementById("wf-nofont");
  if (!note) return;
  const names = await missingFonts(chosenFonts(draft));
  note.hidden = names.length === 0;
  note.textContent = (note.dataset.missing ?? "").replace("{fonts}", names.join("、"));
  if (aloud && names.length > 0) say(note.textContent);
}

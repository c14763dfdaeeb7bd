// What of a template is on the screen: form, text and sheets side by side or in turn, the grid,
// the fonts, the places of the field in focus and the hint to it.

import { say } from "../base/say.js";
import { load, prefix, save } from "../base/store.js";
import { focusField } from "./fields.js";
import { missingFonts } from "./fonts.js";

/** @typedef {import("./draft.js").Draft} Draft */

/**
 * @param {HTMLElement} root
 * @param {Draft} draft
 * @param {() => void} show
 */
export function wireViews(root, draft, show) {
  wireTabs(root, draft.box);
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
 * On narrow screens form, text and sheets take turns. The arrow keys move between the tabs, and
 * a press shows one. Paper always gets sheets.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 */
function wireTabs(root, sheet) {
  const bar = root.querySelector(".fill-tabs");
  const narrow = window.matchMedia("screen and (max-width:1023px)"); // paper is narrow, too
  const tabs = /** @type {HTMLElement[]} */ ([...(bar?.querySelectorAll("[data-view]") ?? [])]);
  const form = document.getElementById("wf-fields");
  const view = document.getElementById("wf-view");
  const update = () => {
    const on = narrow.matches && tabs.length > 0;
    sheet.classList.toggle("leafed", !on || root.dataset.view === "sheet");
    if (!(bar instanceof HTMLElement)) return;
    role(bar, on && "tablist", on && bar.dataset.label);
    for (const panel of [form, view]) if (panel) role(panel, on && "tabpanel");
    tabs.forEach((tab, i) => {
      const current = tab.dataset.view === root.dataset.view;
      tab.id = `wf-tab-${i + 1}`;
      role(tab, on && "tab");
      set(tab, "aria-selected", on && String(current));
      tab.tabIndex = on && !current ? -1 : 0;
      if (current) set(tab.dataset.view === "form" ? form : view, "aria-labelledby", on && tab.id);
    });
  };
  update();
  narrow.addEventListener("change", update);
  new MutationObserver(update).observe(root, { attributes: true, attributeFilter: ["data-view"] });
  window.addEventListener("beforeprint", () => sheet.classList.add("leafed"));
  window.addEventListener("afterprint", update);
  bar?.addEventListener("click", (event) => {
    const tab = event.target instanceof Element ? event.target.closest("[data-view]") : null;
    if (tab instanceof HTMLElement) root.dataset.view = tab.dataset.view ?? "form";
  });
  bar?.addEventListener("keydown", (event) => {
    const step = event instanceof KeyboardEvent ? { ArrowRight: 1, ArrowLeft: -1 }[event.key] : 0;
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    if (step && at >= 0) tabs[(at + step + tabs.length) % tabs.length]?.focus();
  });
}

/**
 * @param {Element} element
 * @param {string | false} name
 * @param {string | false | undefined} [label]
 */
function role(element, name, label) {
  set(element, "role", name);
  if (label !== undefined) set(element, "aria-label", label);
}

/**
 * @param {Element | null} element
 * @param {string} name
 * @param {string | false} value false takes the attribute away
 */
function set(element, name, value) {
  if (value === false) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
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
 * The field in focus shows its places in the sheet and what is worth knowing of it; a place
 * leads to its field.
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
  sheet.addEventListener("click", (event) => {
    const place = event.target instanceof Element ? event.target.closest("a.ph") : null;
    const input = place && document.getElementById(place.getAttribute("href")?.slice(1) ?? "");
    if (!input) return;
    event.preventDefault();
    root.dataset.view = "form";
    focusField(input);
  });
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
  const names = await missingFonts(draft.fonts);
  note.hidden = names.length === 0;
  note.textContent = (note.dataset.missing ?? "").replace("{fonts}", names.join("、"));
  if (aloud && names.length > 0) say(note.textContent);
}

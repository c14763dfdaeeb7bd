// The form of a template: what is typed appears in the sheets at once, stays in this browser,
// and is taken away as text with or without format, as a .docx, or on paper. Values are text,
// never markup.

import { copyWith } from "../base/copy.js";
import { say } from "../base/say.js";
import { canSave, load, pagePath, prefix, save } from "../base/store.js";
import { Draft } from "./draft.js";
import { forgetAuthorities, offerAuthorities, rememberAuthority, showCapital } from "./helps.js";
import { fault, formatDate, tidy } from "./values.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Input */

const key = `${prefix}fill:${pagePath}`;

export function wireFill() {
  const root = document.getElementById("wf-fill");
  const sheet = document.getElementById("wf-sheet");
  if (!root || !sheet) return;
  const inputs = () => /** @type {Input[]} */ ([...root.querySelectorAll("form [data-field]")]);
  const example = root.querySelector("[data-example][aria-pressed]");
  const draft = new Draft(root, sheet, inputs, () => example?.getAttribute("aria-pressed") === "true");
  const show = () => {
    draft.show();
    showLeft(root, draft);
  };
  const unsafe = document.getElementById("wf-nostore");
  if (unsafe) unsafe.hidden = canSave();
  restore(inputs());
  offerAuthorities(root, inputs());
  inputs().forEach(showCapital);
  show();
  wireTyping(root, inputs, show);
  root.addEventListener("change", (event) => {
    const input = /** @type {Input} */ (event.target);
    if (!input.dataset.field) return;
    leave(root, input, show);
    rememberAuthority(root, input);
  });
  document.addEventListener("wenfang:updated", () => {
    draft.again();
    show();
  });
  wireFocus(root, sheet);
  wireMore(root);
  wireToday(root);
  wireButtons(root, draft, inputs, show);
  wireChoices(root, sheet, show);
  example?.addEventListener("click", () => {
    example.setAttribute("aria-pressed", String(example.getAttribute("aria-pressed") !== "true"));
    show();
  });
}

/**
 * Shows at once, saves when the writer pauses and when the page goes away, and says what is
 * left when the writer rests.
 * @param {HTMLElement} root
 * @param {() => Input[]} inputs
 * @param {() => void} show
 */
function wireTyping(root, inputs, show) {
  let saving = 0;
  let saying = 0;
  root.addEventListener("input", () => {
    show();
    window.clearTimeout(saving);
    window.clearTimeout(saying);
    saving = window.setTimeout(() => keep(inputs()), 800);
    saying = window.setTimeout(() => say(document.getElementById("wf-left")?.textContent ?? ""), 1200);
  });
  root.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("pagehide", () => keep(inputs()));
}

/**
 * Tidies a value and shows what is wrong with it, when the writer goes on to the next field.
 * @param {HTMLElement} root
 * @param {Input} input
 * @param {() => void} show
 */
function leave(root, input, show) {
  const { type = "", pattern } = input.dataset;
  if (input instanceof HTMLInputElement) input.value = tidy(type, input.value, pattern);
  const wrong = fault(type, input.value, pattern);
  const id = `${input.id}-wrong`;
  let line = document.getElementById(id);
  const describedBy = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((d) => d && d !== id);
  if (wrong) {
    line ??= document.createElement("p");
    line.id = id;
    line.className = "wrong-value";
    line.textContent = (wrong === "date" ? root.dataset.baddate : (root.dataset.badform ?? "").replace("{example}", input.dataset.example ?? "")) ?? "";
    input.closest(".field")?.append(line);
    describedBy.push(id);
  } else {
    line?.remove();
  }
  if (describedBy.length > 0) input.setAttribute("aria-describedby", describedBy.join(" "));
  else input.removeAttribute("aria-describedby");
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  showCapital(input);
  show();
}

/**
 * Says how many fields are open.
 * @param {HTMLElement} root
 * @param {Draft} draft
 */
function showLeft(root, draft) {
  const left = draft.left();
  const text = left === 0 ? root.dataset.complete : root.dataset.left?.replace("{n}", String(left));
  const status = document.getElementById("wf-left");
  if (status && status.textContent !== text) status.textContent = text ?? "";
  const size = document.getElementById("wf-size");
  const { pages, lines } = draft;
  if (size) size.textContent = (root.dataset.size ?? "").replace("{pages}", String(pages)).replace("{lines}", String(lines));
}

/** @param {Input} input */
function initial(input) {
  if (input instanceof HTMLSelectElement) return [...input.options].find((o) => o.defaultSelected)?.value ?? "";
  return input.defaultValue;
}

/** @param {Input[]} inputs */
function keep(inputs) {
  const values = inputs.filter((i) => i.value !== initial(i)).map((i) => [i.dataset.field, i.value]);
  if (values.length > 0 || load(key) !== null) save(key, values.length > 0 ? JSON.stringify(values) : null);
}

/** @param {Input[]} inputs */
function restore(inputs) {
  try {
    const values = new Map(/** @type {[string, string][]} */ (JSON.parse(load(key) ?? "[]")));
    for (const input of inputs) {
      const value = values.get(input.dataset.field ?? "");
      if (typeof value === "string") input.value = value;
    }
  } catch {
    // What is kept cannot be read: the form starts empty.
  }
}

/**
 * The field in focus shows its places in the sheet, and a place leads to its field.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 */
function wireFocus(root, sheet) {
  /** @param {Event} event */
  const mark = (event) => {
    const field = event.target instanceof HTMLElement ? event.target.dataset.field : undefined;
    let first = true;
    for (const place of sheet.querySelectorAll(".ph")) {
      const here = event.type === "focusin" && place.getAttribute("data-field") === field;
      place.classList.toggle("focus", here);
      if (here && first && sheet.scrollHeight > sheet.clientHeight) {
        const middle = place.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3;
        if (Math.abs(middle) > sheet.clientHeight / 4) sheet.scrollTop += middle;
      }
      if (here) first = false;
    }
  };
  root.addEventListener("focusin", mark);
  root.addEventListener("focusout", mark);
  sheet.addEventListener("click", (event) => {
    const place = event.target instanceof Element ? event.target.closest("a.ph") : null;
    const input = place && document.getElementById(place.getAttribute("href")?.slice(1) ?? "");
    if (!input) return;
    event.preventDefault();
    input.focus();
  });
}

/**
 * The lesser buttons stand open where there is room for them.
 * @param {HTMLElement} root
 */
function wireMore(root) {
  const more = root.querySelector("details.more");
  if (!(more instanceof HTMLDetailsElement)) return;
  const wide = window.matchMedia("(min-width:1024px)");
  const fit = () => (more.open = wide.matches);
  fit();
  wide.addEventListener("change", fit);
}

/** @param {HTMLElement} root */
function wireToday(root) {
  for (const button of root.querySelectorAll("[data-now]")) {
    button.addEventListener("click", () => {
      const input = document.getElementById(button.getAttribute("data-now") ?? "");
      if (!(input instanceof HTMLInputElement)) return;
      const now = new Date();
      input.value = formatDate({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() });
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

/**
 * @param {HTMLElement} root
 * @param {Draft} draft
 * @param {() => Input[]} inputs
 * @param {() => void} show
 */
function wireButtons(root, draft, inputs, show) {
  const words = root.dataset;
  /** @param {string} done */
  const doneWords = (done) => {
    const left = draft.left();
    return left > 0 ? (words.copiedleft ?? "").replace("{n}", String(left)) : done;
  };
  on(root, "[data-copy]", (button) => {
    if (ready(root, inputs())) void copyWith(button, doneWords(words.copied ?? ""), draft.text(), draft.html());
  });
  on(root, "[data-text]", (button) => {
    if (ready(root, inputs())) void copyWith(button, doneWords(words.textcopied ?? ""), draft.text());
  });
  on(root, "[data-docx]", () => {
    if (ready(root, inputs())) say((draft.download() ? words.saved : words.unsaved) ?? "");
  });
  on(root, "[data-print]", () => {
    if (ready(root, inputs())) window.print();
  });
  root.querySelector("[data-ask]")?.addEventListener("confirmed", () => {
    for (const input of inputs()) {
      input.value = initial(input);
      leave(root, input, show);
    }
    save(key, null);
    forgetAuthorities(root);
    say(words.cleared ?? "");
  });
}

/**
 * What the writer chooses beside the fields: the fonts, text without indents, the grid of the
 * type area. The first two are remembered, for all templates.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 * @param {() => void} show
 */
function wireChoices(root, sheet, show) {
  for (const name of ["fonts", "flush"]) {
    const choice = root.querySelector(`[data-choice=${name}]`);
    if (!(choice instanceof HTMLSelectElement || choice instanceof HTMLInputElement)) continue;
    const at = `${prefix}fill-${name}`;
    const kept = load(at);
    if (choice instanceof HTMLInputElement) choice.checked = kept === "yes";
    else if (kept !== null && [...choice.options].some((o) => o.value === kept)) choice.value = kept;
    choice.addEventListener("change", () => {
      save(at, choice instanceof HTMLInputElement ? (choice.checked ? "yes" : null) : choice.value);
      show();
    });
  }
  const grid = root.querySelector("[data-grid]");
  grid?.addEventListener("click", () => {
    const shown = sheet.classList.toggle("grid");
    grid.setAttribute("aria-pressed", String(shown));
  });
}

/**
 * Days that do not exist are named before the document is taken away; open fields are not.
 * @param {HTMLElement} root
 * @param {Input[]} inputs
 */
function ready(root, inputs) {
  const wrong = inputs.filter((i) => fault(i.dataset.type ?? "", i.value) === "date");
  const box = document.getElementById("wf-errors");
  const list = box?.querySelector("ul");
  if (!box || !list) return true;
  box.hidden = wrong.length === 0;
  list.replaceChildren(
    ...wrong.map((input) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${input.id}`;
      link.textContent = `${input.dataset.label ?? ""}：${root.dataset.baddate ?? ""}`;
      item.append(link);
      return item;
    }),
  );
  if (wrong.length > 0) box.focus();
  return wrong.length === 0;
}

/**
 * @param {Element} root
 * @param {string} selector
 * @param {(button: HTMLElement) => void} act
 */
function on(root, selector, act) {
  const button = root.querySelector(selector);
  if (button instanceof HTMLElement) button.addEventListener("click", () => act(button));
}

// The form of a template: what is typed appears in the sheets at once, stays in this browser,
// and is taken away as text with or without format, as a .docx, or on paper. Values are text,
// never markup.

import { say } from "../base/say.js";
import { canSave, load, pagePath, prefix, save } from "../base/store.js";
import { Draft } from "./draft.js";
import { focusField, setValue, wireFields } from "./fields.js";
import { forgetAuthorities, offerAuthorities, rememberAuthority, showCapital } from "./helps.js";
import { wireTake } from "./take.js";
import { fault, formatDate, tidy } from "./values.js";
import { wireViews } from "./views.js";

/** @typedef {import("./draft.js").Input} Input */

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
  const form = document.getElementById("wf-form");
  if (form) wireFields(form);
  restore(inputs());
  offerAuthorities(root, inputs());
  inputs().forEach(showCapital);
  wireViews(root, draft, show);
  show();
  wireTyping(root, inputs, show);
  root.addEventListener("change", (event) => {
    const input = event.target;
    if (input instanceof HTMLElement && input.dataset.field) {
      leave(root, /** @type {Input} */ (input));
      rememberAuthority(root, /** @type {Input} */ (input));
    }
    show();
  });
  document.addEventListener("wenfang:updated", () => {
    draft.again();
    show();
  });
  wireToday(root);
  wireTake(root, draft, () => ready(root, inputs()), () => focusField(inputs().find((input) => input.dataset.field === draft.open()[0])));
  example?.addEventListener("click", () => {
    example.setAttribute("aria-pressed", String(example.getAttribute("aria-pressed") !== "true"));
    show();
  });
  root.querySelector("[data-ask=wf-ask-clear]")?.addEventListener("confirmed", () => {
    for (const input of inputs()) {
      setValue(input, initial(input));
      leave(root, input);
    }
    save(key, null);
    forgetAuthorities(root);
    show();
    say(root.dataset.cleared ?? "");
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
    saying = window.setTimeout(() => {
      const left = document.getElementById("wf-left")?.textContent ?? "";
      say((root.dataset.updated ?? "").replace("{left}", left));
    }, 1200);
  });
  root.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("pagehide", () => keep(inputs()));
}

/**
 * Tidies a value and shows what is wrong with it, when the writer goes on to the next field.
 * @param {HTMLElement} root
 * @param {Input} input
 */
function leave(root, input) {
  const { type = "", pattern } = input.dataset;
  if (input instanceof HTMLInputElement) {
    const tidied = tidy(type, input.value, pattern);
    if (tidied !== input.value) setValue(input, tidied);
  }
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
      if (typeof value === "string") setValue(input, value);
    }
  } catch {
    // What is kept cannot be read: the form starts empty.
  }
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
  if (wrong.length > 0) {
    root.dataset.view = "form";
    box.focus();
  }
  return wrong.length === 0;
}

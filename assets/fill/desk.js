// The desk beside a template's form: other ways to fill in, what is wrong with a value, the
// views, and taking the document away as text with or without format, as a .docx, or on paper.

import { forget, used } from "../base/recent.js";
import { say } from "../base/say.js";
import { canSave, pagePath } from "../base/store.js";
import { setValue, wireFields } from "./fields.js";
import { forgetNames, offerNames, rememberName, showCapital } from "./helps.js";
import { initial, keep } from "./keep.js";
import { focusField } from "./tabs.js";
import { wireTake } from "./take.js";
import { fault, formatDate, tidy } from "./values.js";
import { wireViews } from "./views.js";

/** @typedef {import("./draft.js").Input} Input */

/** @param {import("./form.js").Filling} filling */
export function wireDesk({ root, draft, inputs, show }) {
  const unsafe = document.getElementById("wf-nostore");
  if (unsafe) unsafe.hidden = canSave();
  document.querySelector("#wf-stale button")?.addEventListener("click", show);
  const form = document.getElementById("wf-form");
  if (form) wireFields(form);
  offerNames(root, inputs());
  inputs().forEach(showCapital);
  wireViews(root, draft, show);
  wireTyping(root);
  root.addEventListener("change", (event) => {
    const input = event.target;
    if (input instanceof HTMLElement && input.dataset.field) {
      leave(root, /** @type {Input} */ (input));
      rememberName(root, /** @type {Input} */ (input));
    }
    show();
  });
  wireToday(root);
  wireTake(root, draft, () => ready(root, inputs()), () => focusField(inputs().find((input) => input.dataset.field === draft.open()[0])));
  const example = root.querySelector("[data-example][aria-pressed]");
  example?.addEventListener("click", () => {
    example.setAttribute("aria-pressed", String(example.getAttribute("aria-pressed") !== "true"));
    show();
  });
  root.querySelector("[data-ask=wf-ask-clear]")?.addEventListener("confirmed", () => {
    for (const input of inputs()) {
      setValue(input, initial(input));
      leave(root, input);
    }
    keep(inputs());
    forgetNames(root);
    forget(pagePath);
    show();
    say(root.dataset.cleared ?? "");
  });
}

/** Notes that the template is used, and says what is left when the writer rests. @param {HTMLElement} root */
function wireTyping(root) {
  let saying = 0;
  root.addEventListener("input", () => {
    used(pagePath);
    window.clearTimeout(saying);
    saying = window.setTimeout(() => {
      const left = document.getElementById("wf-left")?.textContent ?? "";
      say((root.dataset.updated ?? "").replace("{left}", left));
    }, 1200);
  });
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
  const mark = root.dataset.wrong ?? "";
  document.title = (wrong.length > 0 ? mark : "") + document.title.replace(mark, "");
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

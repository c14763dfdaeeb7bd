// Copying. The copy event writes HTML unchanged in every browser from Chromium 42 on, also on
// plain http and file://, where navigator.clipboard does not exist or strips what Word needs.

import { say } from "./say.js";

/**
 * Copies text, and HTML where given. Where the browser refuses, a dialog shows the text
 * selected. Reports whether the text is on the clipboard.
 * @param {string} text
 * @param {string} [html]
 * @returns {Promise<boolean>}
 */
export async function copy(text, html = "") {
  const done = byEvent(text, html) || bySelection(text, html) || (await byClipboard(text, html));
  if (!done) byHand(text);
  return done;
}

/**
 * Copies, and the button says so for five seconds.
 * @param {HTMLElement} button
 * @param {string} done
 * @param {string} text
 * @param {string} [html]
 * @returns {Promise<boolean>}
 */
export async function copyWith(button, done, text, html) {
  if (!(await copy(text, html))) return false;
  const label = button.dataset.label ?? button.textContent ?? "";
  button.dataset.label = label;
  button.textContent = done;
  say(done);
  window.setTimeout(() => {
    if (button.textContent === done) button.textContent = label;
  }, 5000);
  return true;
}

/**
 * @param {string} text
 * @param {string} html
 */
function byEvent(text, html) {
  let done = false;
  /** @param {ClipboardEvent} event */
  const write = (event) => {
    if (!event.clipboardData) return;
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true; // the return value of execCommand cannot be trusted
  };
  document.addEventListener("copy", write, true);
  try {
    document.execCommand("copy");
  } catch {
    // done says it.
  }
  document.removeEventListener("copy", write, true);
  return done;
}

/**
 * Some browsers fire the event only where something is selected.
 * @param {string} text
 * @param {string} html
 */
function bySelection(text, html) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.className = "hide";
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = byEvent(text, html);
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

/**
 * @param {string} text
 * @param {string} html
 */
async function byClipboard(text, html) {
  if (!window.isSecureContext || !navigator.clipboard || !("ClipboardItem" in window)) return false;
  /** @type {Record<string, Blob>} */
  const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
  if (html) parts["text/html"] = new Blob([html], { type: "text/html" });
  try {
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    return true;
  } catch {
    return false;
  }
}

/** Shows text selected, for the reader to copy. @param {string} text */
export function byHand(text) {
  const dialog = document.getElementById("wf-manual");
  const area = dialog?.querySelector("textarea");
  if (!(dialog instanceof HTMLDialogElement) || !area) return;
  area.value = text;
  dialog.showModal();
  area.focus();
  area.select();
}

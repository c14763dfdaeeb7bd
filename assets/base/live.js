// The live regions of a page, which site.js alone holds; see say.js. Two of them take turns:
// writing the same words into one twice would be silent. All outside an open modal dialog is
// silent too, so that a dialog has a pair of its own.

import { SAY } from "./say.js";

let turn = 0;

const SETTLE = 100; // ms until a new region is known

export function wireLive() {
  document.addEventListener(SAY, (event) => tell(/** @type {CustomEvent<string>} */ (event).detail));
}

/** @param {string} text */
function tell(text) {
  const dialogs = document.querySelectorAll("dialog[open]");
  const dialog = dialogs[dialogs.length - 1];
  if (dialog && !dialog.querySelector(".live")) {
    dialog.append(region(), region());
    window.setTimeout(() => write(dialog, text), SETTLE);
  } else write(dialog, text);
}

/**
 * @param {Element | undefined} dialog
 * @param {string} text
 */
function write(dialog, text) {
  const regions = dialog ? dialog.querySelectorAll(".live") : [document.getElementById("wf-live"), document.getElementById("wf-live-2")];
  turn = 1 - turn;
  const now = regions[turn];
  const before = regions[1 - turn];
  if (before) before.textContent = "";
  if (now) now.textContent = text;
}

function region() {
  const div = document.createElement("div");
  div.className = "live";
  div.setAttribute("role", "status");
  div.setAttribute("aria-live", "polite");
  div.setAttribute("aria-atomic", "true");
  return div;
}

// What a screen reader is told. Two live regions take turns: writing the same words into one
// twice would be silent.

let turn = 0;

/** @param {string} text */
export function say(text) {
  const regions = [document.getElementById("wf-live"), document.getElementById("wf-live-2")];
  turn = 1 - turn;
  const now = regions[turn];
  const before = regions[1 - turn];
  if (before) before.textContent = "";
  if (now) now.textContent = text;
}

/**
 * Words of the page for the scripts, which the layout puts on the live region.
 * @param {string} name
 * @returns {string}
 */
export function word(name) {
  return document.getElementById("wf-live")?.dataset[name] ?? "";
}

// What a screen reader is told. The regions for it are in live.js, which every page loads first;
// other bundles hold only the call.

export const SAY = "wenfang:say";

/** @param {string} text */
export function say(text) {
  document.dispatchEvent(new CustomEvent(SAY, { detail: text }));
}

/**
 * Words of the page for the scripts, which the layout puts on the live region.
 * @param {string} name
 * @returns {string}
 */
export function word(name) {
  return document.getElementById("wf-live")?.dataset[name] ?? "";
}

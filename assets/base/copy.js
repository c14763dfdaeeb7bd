// Copying. The copy event writes HTML unchanged in every browser from Chromium 42 on, also on
// plain http and file://, where navigator.clipboard does not exist or strips what Word needs.

/**
 * Copies text, and HTML where given; reports whether the browser took it.
 * @param {string} text
 * @param {string} [html]
 * @returns {boolean}
 */
export function copy(text, html) {
  let done = false;
  /** @param {ClipboardEvent} event */
  const write = (event) => {
    event.clipboardData?.setData("text/plain", text);
    if (html) event.clipboardData?.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
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
 * Shows text selected, to be copied by hand.
 * @param {string} text
 */
export function copyByHand(text) {
  const dialog = document.getElementById("wf-manual");
  const area = dialog?.querySelector("textarea");
  if (!(dialog instanceof HTMLDialogElement) || !area) return;
  area.value = text;
  dialog.showModal();
  area.focus();
  area.select();
}

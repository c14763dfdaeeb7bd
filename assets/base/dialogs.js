// Buttons that open dialogs, and the navigation as a drawer on narrow screens. Both are
// hidden, or plain links, until this script runs.

/** Shows the buttons that need script and lets [data-open] open the dialog it names. */
export function wireDialogs() {
  for (const button of document.querySelectorAll("[data-open]")) {
    const dialog = document.getElementById(button.getAttribute("data-open") ?? "");
    if (!(dialog instanceof HTMLDialogElement) || !dialog.showModal) continue;
    button.removeAttribute("hidden");
    button.addEventListener("click", () => dialog.showModal());
  }
}

/** Turns the navigation below the text into a drawer. */
export function wireDrawer() {
  const side = document.getElementById("wf-nav");
  const opener = document.querySelector("[data-drawer]");
  const closer = document.querySelector("[data-drawer-close]");
  if (!side || !(opener instanceof HTMLElement) || !(closer instanceof HTMLElement)) return;
  closer.hidden = false;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  /** @param {boolean} open */
  const set = (open) => {
    side.classList.toggle("open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) closer.focus();
    else opener.focus();
  };
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    set(true);
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    set(true);
  });
  closer.addEventListener("click", () => set(false));
  document.addEventListener("click", (event) => {
    if (!side.classList.contains("open") || !(event.target instanceof Node)) return;
    if (!side.contains(event.target) && !opener.contains(event.target)) set(false);
  });
  side.addEventListener("keydown", (event) => {
    if (!side.classList.contains("open")) return;
    if (event.key === "Escape") set(false);
    if (event.key === "Tab") keepInside(side, event);
  });
}

/**
 * Keeps the focus inside a box while Tab goes round.
 * @param {HTMLElement} box
 * @param {KeyboardEvent} event
 */
function keepInside(box, event) {
  const stops = [...box.querySelectorAll("a[href],button:not([hidden])")];
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (!(first instanceof HTMLElement) || !(last instanceof HTMLElement)) return;
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

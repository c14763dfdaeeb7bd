// Buttons that open dialogs, and the navigation as a drawer where it has no column. Without
// this script the drawer's button is a link to the navigation, which :target then shows.

/** [data-open] opens the dialog it names; [data-close] and a click beside a dialog close it. */
export function wireDialogs() {
  for (const button of document.querySelectorAll("[data-open]")) {
    const dialog = document.getElementById(button.getAttribute("data-open") ?? "");
    if (dialog instanceof HTMLDialogElement) button.addEventListener("click", () => dialog.showModal());
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      const beside = event.target === dialog && isOutside(dialog, event);
      if (beside || (event.target instanceof Element && event.target.closest("[data-close]"))) dialog.close();
    });
  }
}

/**
 * @param {Element} box
 * @param {MouseEvent} event
 */
function isOutside(box, event) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}

/** The navigation moves into the drawer while it is open, and back when it closes. */
export function wireDrawer() {
  const side = document.getElementById("wf-nav");
  const drawer = document.getElementById("wf-drawer");
  const opener = document.querySelector("[data-drawer]");
  if (!side || !(drawer instanceof HTMLDialogElement) || !(opener instanceof HTMLElement)) return;
  const home = side.parentElement;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  /** @param {Event} event */
  const open = (event) => {
    event.preventDefault();
    drawer.append(side);
    drawer.showModal();
    showCurrent(side, drawer);
  };
  opener.addEventListener("click", open);
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") open(event);
  });
  drawer.addEventListener("close", () => {
    home?.prepend(side);
    opener.focus();
  });
  showCurrent(side, side);
}

/**
 * Scrolls a long navigation to the current page.
 * @param {Element} side
 * @param {Element} box
 */
function showCurrent(side, box) {
  const current = side.querySelector("[aria-current]");
  if (!current) return;
  const above = current.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (above > box.clientHeight * 0.75) box.scrollTop += above - box.clientHeight / 3;
}

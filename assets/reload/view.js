// What the reader has before the eyes and under the hands stays while the page changes.

/** @param {() => void} change */
export function keepView(change) {
  const focus = keepFocus();
  const scroll = keepScroll();
  change();
  focus();
  scroll();
}

/** An element that is moved loses the focus, and a field its selection. */
function keepFocus() {
  const had = document.activeElement;
  const range = had instanceof HTMLTextAreaElement || had instanceof HTMLInputElement ? selection(had) : undefined;
  return () => {
    if (!(had instanceof HTMLElement) || had === document.activeElement || !had.isConnected) return;
    had.focus({ preventScroll: true });
    if (range && (had instanceof HTMLTextAreaElement || had instanceof HTMLInputElement)) had.setSelectionRange(...range);
  };
}

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} field
 * @returns {[number, number] | undefined}
 */
function selection(field) {
  return field.selectionStart === null || field.selectionEnd === null ? undefined : [field.selectionStart, field.selectionEnd];
}

/**
 * The first element in sight that is still there stays at its height. The browser's own
 * anchoring is off meanwhile: both together would go too far.
 */
function keepScroll() {
  const root = document.documentElement;
  if (window.scrollY === 0) return () => {};
  const before = root.style.getPropertyValue("overflow-anchor");
  root.style.setProperty("overflow-anchor", "none");
  const seen = inSight().map((element) => ({ element, top: element.getBoundingClientRect().top }));
  return () => {
    const kept = seen.find(({ element }) => element.isConnected);
    if (kept) window.scrollBy({ left: 0, top: kept.element.getBoundingClientRect().top - kept.top, behavior: /** @type {ScrollBehavior} */ ("instant") });
    if (before) root.style.setProperty("overflow-anchor", before);
    else root.style.removeProperty("overflow-anchor");
    if (root.getAttribute("style") === "") root.removeAttribute("style");
  };
}

/** The blocks of text in sight, from the top; what stands beside the text may not scroll with it. */
function inSight() {
  /** @type {Element[]} */
  const seen = [];
  for (const element of document.querySelectorAll("p,li,h1,h2,h3,h4,h5,h6,pre,tr,dt,dd,figure,blockquote")) {
    const { top, height } = element.getBoundingClientRect();
    if (top >= 0 && top < window.innerHeight && height > 0 && !element.closest("nav,aside,dialog,header,footer")) seen.push(element);
  }
  return seen;
}

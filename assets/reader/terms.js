// The definition of a glossary term beside the word. It can be hovered and dismissed, and the
// word stays a link to the glossary (WCAG 2.2, 1.4.13).

export function wireTerms() {
  const card = document.createElement("div");
  card.className = "term-card";
  card.id = "wf-term";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  /** @type {HTMLElement | undefined} */
  let shown;
  let timer = 0;

  const close = () => {
    window.clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    card.hidden = true;
  };
  const closeSoon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(close, 250);
  };
  /** @param {HTMLElement} term */
  const open = (term) => {
    close();
    shown = term;
    card.textContent = term.dataset.def ?? "";
    card.hidden = false;
    (term.closest("main") ?? document.body).append(card);
    place(card, term);
    term.setAttribute("aria-describedby", card.id);
  };
  card.addEventListener("mouseenter", () => window.clearTimeout(timer));
  card.addEventListener("mouseleave", closeSoon);
  on("mouseover", (term) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(open, 150, term);
  });
  on("mouseout", closeSoon);
  on("focusin", (term) => {
    if (term.matches(":focus-visible")) open(term);
  });
  on("focusout", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) close();
  });
}

/**
 * @param {string} event
 * @param {(term: HTMLElement) => void} act
 */
function on(event, act) {
  document.addEventListener(event, (e) => {
    const term = e.target instanceof Element ? e.target.closest("a.term") : null;
    if (term instanceof HTMLElement) act(term);
  });
}

/**
 * Below the word, or above it where there is no room.
 * @param {HTMLElement} card
 * @param {Element} term
 */
function place(card, term) {
  const at = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const page = document.documentElement;
  const left = Math.max(8, Math.min(at.left, page.clientWidth - card.offsetWidth - 8));
  const below = at.bottom + 6;
  const top = below + card.offsetHeight > page.clientHeight ? at.top - card.offsetHeight - 6 : below;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}

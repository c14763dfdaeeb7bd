// The definition of a glossary term beside the word. It can be hovered and dismissed, and the
// word stays a link to the glossary (WCAG 2.2, 1.4.13).

export function wireTerms() {
  /** @type {HTMLElement | undefined} */
  let card;
  /** @type {number | undefined} */
  let closing;
  const close = () => {
    card?.remove();
    card = undefined;
  };
  const closeSoon = () => {
    closing = window.setTimeout(close, 200);
  };
  const stay = () => window.clearTimeout(closing);

  /** @param {HTMLElement} term */
  const open = (term) => {
    stay();
    close();
    card = document.createElement("div");
    card.className = "term-card";
    card.id = "wf-term";
    card.setAttribute("role", "tooltip");
    card.textContent = term.dataset.def ?? "";
    document.body.append(card);
    const at = term.getBoundingClientRect();
    const width = card.offsetWidth;
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${at.bottom + window.scrollY + 6}px`;
    term.setAttribute("aria-describedby", "wf-term");
    card.addEventListener("mouseenter", stay);
    card.addEventListener("mouseleave", closeSoon);
  };
  for (const term of document.querySelectorAll("a.term[data-def]")) {
    if (!(term instanceof HTMLElement)) continue;
    term.addEventListener("mouseenter", () => open(term));
    term.addEventListener("focus", () => open(term));
    term.addEventListener("mouseleave", closeSoon);
    term.addEventListener("blur", close);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}

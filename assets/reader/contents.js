// The contents of the page: open where they have a column, and following the reader.

export function wireContents() {
  const toc = document.querySelector(".toc");
  const details = toc?.querySelector("details");
  const summary = toc?.querySelector("summary");
  if (!toc || !details || !summary) return;
  const wide = window.matchMedia("(min-width:1216px)");
  const fit = () => {
    details.open = wide.matches || toc.querySelectorAll("a").length <= 4;
    summary.tabIndex = wide.matches ? -1 : 0;
  };
  fit();
  wide.addEventListener("change", fit);
  summary.addEventListener("click", (event) => {
    if (wide.matches) event.preventDefault();
  });
  follow(toc);
}

/**
 * Marks the section at hand: the last heading above the upper third of the window.
 * @param {Element} toc
 */
function follow(toc) {
  /** @type {[Element, Element][]} */
  const places = [];
  for (const link of toc.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) places.push([heading, link]);
  }
  /** @type {Element | undefined} */
  let marked;
  let waiting = false;
  const mark = () => {
    waiting = false;
    const line = window.innerHeight / 3;
    let now;
    for (const [heading, link] of places) {
      if (heading.getBoundingClientRect().top > line) break;
      now = link;
    }
    if (now === marked) return;
    marked?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "location");
    marked = now;
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  window.addEventListener("scroll", soon, { passive: true });
  mark();
}

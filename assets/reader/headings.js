// The contents follow the reader; each heading can give its place.

import { copy } from "../base/copy.js";
import { say, word } from "../base/say.js";

export function wireHeadings() {
  wireContents();
  const toc = document.querySelector(".toc details");
  if (toc instanceof HTMLDetailsElement && window.innerWidth < 1024) {
    toc.open = toc.querySelectorAll("a").length <= 6;
  }
  for (const heading of document.querySelectorAll(".prose h2[id],.prose h3[id]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "permalink";
    button.textContent = "#";
    button.setAttribute("aria-label", word("link"));
    const title = heading.textContent ?? "";
    button.addEventListener("click", () => {
      const page = document.querySelector("h1")?.textContent ?? "";
      const address = `${location.href.split("#")[0]}#${encodeURIComponent(heading.id)}`;
      if (copy(`《${page}》${title}\n${address}`)) say(word("copied"));
    });
    heading.append(button);
  }
}

/** Marks the section at hand in the contents. */
function wireContents() {
  /** @type {Map<Element, Element>} */
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""));
    if (target) links.set(target, link);
  }
  if (links.size === 0 || !("IntersectionObserver" in window)) return;
  /** @type {Set<Element>} */
  const visible = new Set();
  /** @type {Element | undefined} */
  let current;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) visible.add(entry.target);
        else visible.delete(entry.target);
      }
      for (const heading of links.keys()) {
        if (!visible.has(heading)) continue;
        current?.removeAttribute("aria-current");
        current = links.get(heading);
        current?.setAttribute("aria-current", "location");
        return;
      }
    },
    { rootMargin: "-72px 0px -60% 0px" },
  );
  for (const heading of links.keys()) observer.observe(heading);
}

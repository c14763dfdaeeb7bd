// Each heading can give its place: title, section and address.

import { copy } from "../base/copy.js";
import { say, word } from "../base/say.js";
import { pagePath } from "../base/store.js";

export function wireHeadings() {
  for (const heading of document.querySelectorAll(".prose>h2[id],.prose>h3[id]")) {
    if (heading.nextElementSibling?.matches(".permalink")) continue;
    const section = heading.textContent ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "permalink";
    button.textContent = "#";
    button.setAttribute("aria-label", word("link").replace("{section}", section));
    button.addEventListener("click", async () => {
      if (!(await copy(`${placeOf(section)}\n${addressOf(heading.id)}`))) return;
      button.textContent = "✓";
      say(word("copied"));
      window.setTimeout(() => (button.textContent = "#"), 3000);
    });
    heading.after(button);
  }
}

/** @param {string} section */
function placeOf(section) {
  const page = document.querySelector("h1")?.textContent ?? "";
  return word("place").replace("{page}", page).replace("{section}", section);
}

/**
 * The address as people can read it; from a disk, where the address is that of one computer,
 * the path inside the handbook.
 * @param {string} id
 */
function addressOf(id) {
  const page = location.protocol === "file:" ? pagePath : location.origin + decodeURI(location.pathname);
  return `${page.replace(/ /g, "%20")}#${id}`;
}

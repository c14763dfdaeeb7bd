// A button to copy each block of code.

import { copy } from "../base/copy.js";
import { say, word } from "../base/say.js";

export function wireCode() {
  for (const block of document.querySelectorAll(".code")) {
    const code = block.querySelector("code");
    if (!code) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code-copy";
    button.textContent = word("copy");
    button.addEventListener("click", () => {
      if (!copy(code.textContent ?? "")) return;
      button.textContent = word("copied");
      say(word("copied"));
      window.setTimeout(() => (button.textContent = word("copy")), 3000);
    });
    block.append(button);
  }
}

// Buttons that copy a block of code, and the good one of two wordings.

import { copyWith } from "../base/copy.js";
import { word } from "../base/say.js";

export function wireCode() {
  for (const block of document.querySelectorAll(".code")) {
    const code = block.querySelector("code");
    if (code) addButton(block, word("copy"), () => code.textContent ?? "");
  }
}

export function wireExamples() {
  for (const example of document.querySelectorAll(".right")) {
    const text = () =>
      [...example.children]
        .filter((e) => !e.matches(".tag,.code-copy"))
        .map((e) => (e.textContent ?? "").trim())
        .join("\n");
    addButton(example, word("example"), text);
  }
}

/**
 * @param {Element} box
 * @param {string} label
 * @param {() => string} text
 */
function addButton(box, label, text) {
  if (box.querySelector(".code-copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  button.textContent = label;
  button.addEventListener("click", () => copyWith(button, word("copied"), text()));
  box.append(button);
}

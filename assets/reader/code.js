// Buttons that copy a block of code, and the good one of two wordings.

import { copyWith } from "../base/copy.js";
import { word } from "../base/say.js";

export function wireCode() {
  for (const block of document.querySelectorAll(".code")) {
    const code = block.querySelector("code");
    if (code) block.append(copyButton("code-copy", word("copy"), () => code.textContent ?? ""));
  }
}

export function wireExamples() {
  for (const example of document.querySelectorAll(".right")) {
    const paragraphs = [...example.children].filter((e) => !e.classList.contains("tag"));
    const text = paragraphs.map((p) => (p.textContent ?? "").trim()).join("\n");
    example.append(copyButton("example-copy", word("example"), () => text));
  }
}

/**
 * @param {string} className
 * @param {string} label
 * @param {() => string} text
 */
function copyButton(className, label, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = label;
  button.addEventListener("click", () => copyWith(button, word("copied"), text()));
  return button;
}

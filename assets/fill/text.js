// The document as plain text: paragraphs with two full-width spaces, issuer and date set to
// the right by spaces, unfilled fields in 【】. Pure.

import { blanksBefore, textOf, widthOf } from "./blocks.js";

const line = 28; // characters
const right = 4; // characters between the date and the edge

/**
 * @param {import("./blocks.js").Block[]} blocks
 * @returns {string}
 */
export function toText(blocks) {
  const date = widthOf(textOf(blocks.find((b) => b.role === "date") ?? { role: "", runs: [] }));
  let attachments = 0;
  const lines = blocks.map((block, i) => {
    const blank = blanksBefore(blocks[i - 1]?.role ?? "", block.role) > 0 ? "\n" : "";
    return blank + lineOf(block);
  });
  return `${lines.join("\n")}\n`;

  /** @param {import("./blocks.js").Block} block */
  function lineOf(block) {
    const text = textOf(block);
    switch (block.role) {
      case "body":
      case "notes":
        return `　　${text}`;
      case "attachments":
        attachments++;
        return (attachments === 1 ? "　　" : "　　　　　") + text;
      case "issuer":
        return date ? spaces(line - right - date / 2 - widthOf(text) / 2) + text : spaces(line - 2 - widthOf(text)) + text;
      case "date":
        return spaces(line - right - widthOf(text)) + text;
      default:
        return text;
    }
  }
}

/** @param {number} n */
function spaces(n) {
  return "　".repeat(Math.max(0, Math.round(n)));
}

// A document as HTML that Word and WPS paste with its fonts, indents and line pitch. Every
// paragraph carries its own form: sizes in points, one family for each property, the
// indents once in points and once in characters. Pure.

import { fontOf, formOf } from "./kit.js";
import { unfielded } from "./model.js";
import { columns, groups, jointLines, spread } from "./spread.js";
import { areaWidth, narrow, pitch } from "./words.js";

/** @typedef {import("./model.js").Line} Line */
/** @typedef {import("./model.js").Run} Run */
/** @typedef {import("./compose.js").Paragraph} Paragraph */
/** @typedef {import("./kit.js").Looks} Looks */
/** @typedef {import("./kit.js").Fonts} Fonts */
/** @typedef {import("./kit.js").Form} Form */

const redBorder = "border:none;border-bottom:solid #FF0000 2.25pt;mso-border-bottom-alt:solid #FF0000 2.25pt;padding:0pt";
const doubleBorder = "border:none;border-bottom:double #FF0000 3pt;mso-border-bottom-alt:thick-thin-small-gap #FF0000 3pt;padding:0pt";

/**
 * @param {Paragraph[]} paragraphs
 * @param {Looks} kit
 * @param {Fonts} fonts
 */
export function toHTML(paragraphs, kit, fonts) {
  /** @type {string[]} */
  const out = [];
  for (const { kind, rows } of groups(paragraphs)) {
    const p = /** @type {Paragraph} */ (rows[0]);
    if (kind === "table") out.push(table(rows, kit, fonts));
    else if (kind === "imprint") rows.forEach((row, i) => out.push(paragraph(row, kit, fonts, imprintBorders(rows, i))));
    else if (p.style === "JointMark") out.push(...jointLines(p).map((runs) => paragraph({ ...p, style: "Mark", cells: undefined, runs }, kit, fonts, "")));
    else if (p.style !== "Gap" && p.style !== "Foot" && !p.turn) out.push(paragraph(p, kit, fonts, ""));
  }
  return out.join("\n");
}

/**
 * @param {Paragraph[]} rows
 * @param {number} i
 */
function imprintBorders(rows, i) {
  /** @param {string} name @param {string} width */
  const side = (name, width) => `;border-${name}:solid windowtext ${width}pt;mso-border-${name}-alt:solid windowtext ${width}pt`;
  const top = i === 0 ? side("top", "1") : rows[i]?.style === "Printed" ? side("top", ".75") : "";
  return `border:none${top}${i === rows.length - 1 ? side("bottom", "1") : ""};padding:0pt`;
}

/**
 * @param {Paragraph} p
 * @param {Looks} kit
 * @param {Fonts} fonts
 * @param {string} borders
 */
function paragraph(p, kit, fonts, borders) {
  const form = formOf(kit, p.style);
  if (p.style === "Number" || p.style === "NumberUp") borders = redBorder;
  if (p.style === "LetterMark") borders = doubleBorder;
  const runs = spread(p, form);
  return element(p, form, runs.length > 0 ? runs : [{ text: "\u00a0" }], fonts, borders);
}

/**
 * @param {Paragraph} p
 * @param {Form} form
 * @param {Line} runs
 * @param {Fonts} fonts
 * @param {string} borders
 */
function element(p, form, runs, fonts, borders) {
  const align = !form.align || form.align === "both" ? "justify" : form.align;
  const size = p.size ?? form.size ?? 32;
  const c = size * 10;
  const left = (p.left ?? 0) + (form.left ?? 0) * c;
  const right = (p.right ?? 0) + (form.right ?? 0) * c;
  const first = (p.first ?? 0) + ((form.first ?? 0) - (form.hang ?? 0)) * c;
  const style = [
    "margin:0pt",
    `text-align:${align}`,
    align === "justify" ? "text-justify:inter-ideograph" : "",
    indent("text-indent", "mso-char-indent-count", first, c, ""),
    left ? indent("margin-left", "mso-para-margin-left", left, c, "gd") : "",
    right ? indent("margin-right", "mso-para-margin-right", right, c, "gd") : "",
    `line-height:${points(p.line ?? form.line ?? pitch)}pt;mso-line-height-rule:exactly`,
    "mso-pagination:none;layout-grid-mode:char;mso-layout-grid-align:none",
    p.break ? "page-break-before:always" : "",
    borders,
  ];
  const spans = unfielded(runs).map((run) => spansOf(run, form, size, fonts)).join("");
  return `<p class="MsoNormal" align="${align}" style="${style.filter(Boolean).join(";")}">${spans}</p>`;
}

/**
 * An indent in points and in characters.
 * @param {string} name
 * @param {string} inChars
 * @param {number} twips
 * @param {number} c
 * @param {string} unit
 */
function indent(name, inChars, twips, c, unit) {
  if (!twips) return `${name}:0pt`;
  return `${name}:${points(twips)}pt;${inChars}:${decimal(Math.trunc((twips * 100) / c), 100, 1)}${unit}`;
}

/** @param {number} twips */
function points(twips) {
  return decimal(twips, 20, 0);
}

/**
 * n/of with as many decimals as it needs, at least some.
 * @param {number} n
 * @param {number} of
 * @param {number} least
 */
function decimal(n, of, least) {
  const [whole, rest = ""] = (n / of).toFixed(2).replace(/0+$/, "").split(".");
  const decimals = rest.padEnd(least, "0");
  return decimals ? `${whole}.${decimals}` : `${whole}`;
}

/**
 * Runs of Han and of Latin are spans of their own, as Word's own output has them.
 * @param {Run} run
 * @param {Form} form
 * @param {number} size
 * @param {Fonts} fonts
 */
function spansOf(run, form, size, fonts) {
  const font = quoted(fontOf(fonts, run.face || form.font));
  const latin = quoted(fonts.latin);
  const more = (form.color ? `;color:#${form.color}` : "") + (run.gap ? ";background:yellow;mso-highlight:yellow" : "");
  const sized = `font-size:${decimal(size, 2, 0)}pt;font-family:`;
  return run.text
    .split("\n")
    .map((line) =>
      scripts(line)
        .map((piece) => {
          const text = run.bold ? `<b style="mso-bidi-font-weight:normal">${escape(piece)}</b>` : escape(piece);
          return narrow(piece.charAt(0))
            ? `<span lang="EN-US" style="${sized}${latin};mso-fareast-font-family:${font}${more}">${text}</span>`
            : `<span lang="ZH-CN" style="${sized}${font};mso-fareast-font-family:${font};mso-ascii-font-family:${latin};mso-hansi-font-family:${latin}${more}">${text}</span>`;
        })
        .join(""),
    )
    .join("<br>");
}

/**
 * The name of a font as a value of CSS: LibreOffice does not take a bare one that is more than
 * Latin letters.
 * @param {string} name
 */
function quoted(name) {
  return `'${name}'`;
}

/** @param {string} text */
function scripts(text) {
  return text.match(/[\x20-\x7e]+|[^\x20-\x7e]+/g) ?? [];
}

/**
 * @param {Paragraph[]} rows
 * @param {Looks} kit
 * @param {Fonts} fonts
 */
function table(rows, kit, fonts) {
  const widths = columns(rows, areaWidth);
  const body = rows.map((row) => {
    const form = formOf(kit, row.style);
    const cells = widths.map((w, i) => {
      const cell = row.cells?.[i] ?? [];
      const width = points(w);
      const inside = element({ style: "" }, form, cell.length > 0 ? cell : [{ text: "\u00a0" }], fonts, "");
      return `<td width="${width}" style="width:${width}pt;border:solid windowtext .5pt;mso-border-alt:solid windowtext .5pt;padding:0pt 5.4pt">${inside}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const style = "border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt;mso-padding-alt:0pt 5.4pt 0pt 5.4pt";
  return `<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="${style}">${body.join("")}</table>`;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

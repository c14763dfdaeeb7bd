import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The declarations of the rule with a selector. */
function rule(selector) {
  const start = css.indexOf(`${selector}{`);
  assert.ok(start >= 0, selector);
  return css.slice(start + selector.length + 1, css.indexOf("}", start));
}

function tokens(...rules) {
  return Object.fromEntries([...rules.join(";").matchAll(/--([\w-]+):(#[0-9A-F]{3,6})\b/g)].map((m) => [m[1], m[2]]));
}

function luminance(hex) {
  const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c) : hex.slice(1).match(/../g);
  const [r, g, b] = full.map((h) => parseInt(h, 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

const light = tokens(rule(":root"));
const dark = { ...light, ...tokens(rule("html[data-theme=dark]")) };

test("the two dark palettes are one", () => {
  assert.equal(rule("html:not([data-theme=light])").trim(), rule("html[data-theme=dark]").trim());
});

const surfaces = ["paper", "raised", "sunk"];
const text = ["ink", "ink-2", "ink-3", "zhu", "zhu-deep", "qing", "qing-deep", "zi", "green", "zhe"];
const pairs = [
  ...surfaces.flatMap((s) => text.map((t) => [t, s])),
  ...["zhu", "qing", "green", "zhe"].flatMap((tone) => [[tone, `${tone}-wash`], ["ink", `${tone}-wash`], ["ink-2", `${tone}-wash`], ["qing", `${tone}-wash`]]),
  ["ink", "mark"], ["zhu", "mark"], ["qing", "mark"],
  ["on-fill", "qing"], ["on-fill", "qing-deep"], ["on-fill", "zhu"], ["on-fill", "green"],
  ["sheet-ink", "sheet"], ["gw-red", "sheet"], ["gap-ink", "gap"],
];

for (const [name, palette] of [["light", light], ["dark", dark]]) {
  test(`text meets 4.5:1 wherever it is used, ${name}`, () => {
    for (const [fore, back] of pairs) {
      const ratio = contrast(palette[fore], palette[back]);
      assert.ok(ratio >= 4.5, `${fore} on ${back}: ${ratio.toFixed(2)}`);
    }
  });
  test(`borders of controls meet 3:1, ${name}`, () => {
    for (const back of surfaces) assert.ok(contrast(palette.edge, palette[back]) >= 3, back);
  });
}

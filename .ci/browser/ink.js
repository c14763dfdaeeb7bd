// Ink on a page of a PDF, at 300 dots an inch, in millimetres; its lines of text.

import { execFileSync } from "node:child_process";

const dpi = 300;
const scale = 25.4 / dpi;

export const red = (r, g, b) => r > 150 && g < 120 && b < 120;
export const black = (r, g, b) => r < 128 && g < 128 && b < 128;

/** One page as pixels. @param {string} pdf @param {number} page */
export function pageOf(pdf, page) {
  const data = execFileSync("pdftoppm", ["-r", String(dpi), "-f", String(page), "-l", String(page), "-singlefile", pdf], { maxBuffer: 1 << 28 });
  const [, width, height] = /^P6\n(\d+) (\d+)\n255\n/.exec(data.subarray(0, 40).toString("latin1")).map(Number);
  return { width, height, pixels: data.subarray(data.length - 3 * width * height) };
}

/** The rows of ink of a colour in a box, from the top. */
export function bands(page, { left = 0, top = 0, right = 400, bottom = 400 }, is) {
  const out = [];
  let open = false;
  for (let y = Math.max(0, Math.floor(top / scale)); y < Math.min(page.height, bottom / scale); y++) {
    let first = -1;
    let last = -1;
    for (let x = Math.max(0, Math.floor(left / scale)); x < Math.min(page.width, right / scale); x++) {
      const at = 3 * (y * page.width + x);
      if (!is(page.pixels[at], page.pixels[at + 1], page.pixels[at + 2])) continue;
      if (first < 0) first = x;
      last = x;
    }
    const band = out[out.length - 1];
    if (first >= 0 && open) Object.assign(band, { left: Math.min(band.left, first * scale), right: Math.max(band.right, (last + 1) * scale), bottom: (y + 1) * scale });
    else if (first >= 0) out.push({ left: first * scale, right: (last + 1) * scale, top: y * scale, bottom: (y + 1) * scale });
    open = first >= 0;
  }
  return out;
}

/** The lines of text of every page, from the top, without blanks. @param {string} pdf */
export function linesOf(pdf) {
  const xml = execFileSync("pdftotext", ["-bbox-layout", pdf, "-"], { maxBuffer: 1 << 28 }).toString();
  return xml.split("<page ").slice(1).map((page) =>
    page.split("<line ").slice(1).map((line) => ({
      top: Number(/yMin="([\d.]+)"/.exec(line)[1]) * (25.4 / 72),
      text: [...line.matchAll(/<word [^>]*>([^<]*)<\/word>/g)].map((m) => m[1]).join(""),
    })).sort((a, b) => a.top - b.top));
}

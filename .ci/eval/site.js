// The site that is searched: the corpora laid side by side, built with the program, and read
// back page by page, so that what is asked for comes from what a reader sees.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, createReadStream, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

/**
 * @typedef {object} Page
 * @property {string} path below the root of the site
 * @property {string} title
 * @property {{id: string, text: string}[]} headings
 * @property {string[]} blocks texts of paragraphs, items, cells and headings
 * @property {string} text everything, block by block
 * @property {{text: string, to: string}[]} links to other pages of the site
 */

/**
 * Lays the corpora below a folder and builds them. Links from the root of one corpus lead
 * into its folder.
 */
export function lay(program, corpora, work) {
  const content = join(work, "site", "content");
  for (const name of readdirSync(corpora)) {
    if (statSync(join(corpora, name)).isDirectory()) cpSync(join(corpora, name), join(content, name), { recursive: true });
  }
  for (const file of markdown(content)) {
    const [corpus] = file.split("/");
    const path = join(content, file);
    writeFileSync(path, readFileSync(path, "utf8").replace(/\]\(\/(?!\/)/g, `](/${corpus}/`));
  }
  const out = join(work, "public");
  build(program, join(work, "site"), out);
  return out;
}

/** The page that links lead to while their texts are asked for. */
export const AWAY = "away.html";

/**
 * Leads every link whose text is among some elsewhere, to a page that is no answer, and builds the
 * site again: what links call a page is indexed with it, and who asks with the text of a link
 * must not find that very link. Its words stay where they are, as words inside a link.
 * @param {string} program
 * @param {string} work
 * @param {(text: string) => boolean} asked
 */
export function lead(program, work, asked) {
  const content = join(work, "site", "content");
  const link = /(?<!!)\[((?:[^[\]]|\[[^[\]]*\]|\\.)*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^[\]]*\])/g;
  for (const file of markdown(content)) {
    const path = join(content, file);
    const text = readFileSync(path, "utf8");
    const led = text.replace(link, (whole, words) => (asked(words) ? `[${words}](/${AWAY})` : whole));
    if (led !== text) writeFileSync(path, led);
  }
  writeFileSync(join(content, AWAY.replace(".html", ".md")), "# Away\n");
  const out = join(work, "led");
  build(program, join(work, "site"), out);
  return out;
}

/** Builds a site in spite of its errors. */
export function build(program, site, out) {
  const built = spawnSync(program, ["build", "--keep-going", "--site", site, "--out", out], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (built.status !== 0 && built.status !== 1) throw new Error(`build: ${built.stderr}`);
}

const markdown = (dir) => readdirSync(dir, { recursive: true }).map(slashed).filter((p) => extname(p) === ".md");
const slashed = (p) => String(p).replaceAll("\\", "/");

/**
 * Reads every page that was written in a browser. Those that the program makes itself, of tags and
 * rules, are no answers.
 * @param {import("playwright-core").Page} tab
 * @param {string} work
 * @param {string} out
 * @returns {Promise<Page[]>}
 */
export async function readPages(tab, work, out) {
  const written = new Set(readdirSync(join(work, "site", "content")));
  const paths = readdirSync(out, { recursive: true }).map(slashed).filter((p) => extname(p) === ".html" && p.includes("/") && written.has(p.slice(0, p.indexOf("/"))));
  const pages = [];
  for (const path of paths.sort()) {
    pages.push(await tab.evaluate(readPage, { path, html: readFileSync(join(out, path), "utf8") }));
  }
  return pages.filter((p) => p.title !== "");
}

/* Runs in the browser. */
function readPage({ path, html }) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const prose = page.querySelector(".prose");
  const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const inside = (selector) => [...(prose?.querySelectorAll(selector) ?? [])];
  const textOf = () => {
    const copy = prose?.cloneNode(true);
    for (const block of copy?.querySelectorAll("p,li,td,th,dt,dd,pre,summary,h2,h3,h4,h5,h6,div") ?? []) block.append("\n");
    return copy?.textContent ?? "";
  };
  return {
    path,
    title: prose ? plain(page.querySelector("h1") ?? page.createElement("p")) : "",
    headings: inside("h2[id],h3[id],h4[id]").map((h) => ({ id: h.id, text: plain(h) })),
    blocks: inside("p,li,td,h2,h3,h4").filter((n) => !n.querySelector("p,li,td,pre")).map(plain),
    text: textOf(),
    links: inside("a[href]")
      .map((a) => ({ text: plain(a), to: new URL(a.getAttribute("href"), `http://site/${encodeURI(path)}`) }))
      .filter(({ to }) => to.host === "site")
      .map(({ text, to }) => ({ text, to: decodeURIComponent(to.pathname.slice(1)) })),
  };
}

const TYPES = { ".html": "text/html", ".wasm": "application/wasm", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/**
 * Serves a folder by http; count, if set, is called for every file.
 * @param {string} out
 */
export async function serve(out) {
  const folder = { base: "", close: () => server.close(), count: undefined };
  const server = createServer((request, response) => {
    const path = join(out, decodeURIComponent(new URL(request.url, "http://site").pathname));
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return void response.writeHead(404).end();
    folder.count?.(path, statSync(path).size);
    response.setHeader("Content-Type", `${TYPES[extname(path)] ?? "application/octet-stream"}; charset=utf-8`);
    createReadStream(path).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  folder.base = `http://127.0.0.1:${server.address().port}/`;
  return folder;
}

/** The program that is asked: the one that WENFANG names, else one built now. */
export function program(repository, work) {
  if (process.env.WENFANG) return process.env.WENFANG;
  mkdirSync(work, { recursive: true });
  const path = join(work, "wenfang");
  execFileSync("go", ["build", "-o", path, "./cmd/wenfang"], { cwd: repository });
  return path;
}

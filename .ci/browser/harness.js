// What the browser tests share: the program, the built handbook, a server for it, and pages
// that fail a test on any complaint of the browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const scratch = mkdtempSync(join(tmpdir(), "wenfang-browser-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** The program: the one that WENFANG names, else one built now. */
export const program = (() => {
  if (process.env.WENFANG) return process.env.WENFANG;
  const path = join(scratch, "wenfang");
  execFileSync("go", ["build", "-o", path, "./cmd/wenfang"], { cwd: repository });
  return path;
})();

/** The built handbook. A diagnostic that is an error fails here. */
export const built = (() => {
  const out = join(scratch, "site", "public");
  execFileSync(program, ["build", "--strict", "--site", repository, "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
})();

/** Every page of the built handbook, as paths with slashes. */
export const pages = readdirSync(built, { recursive: true })
  .map((p) => String(p).replaceAll("\\", "/"))
  .filter((p) => extname(p) === ".html");

/** One page of each kind. */
export const kinds = {
  home: "index.html", section: "guide/siqing/index.html", guide: "guide/siqing/shangqing.html", lesson: "start/diyi-tian.html",
  template: "templates/qingshi.html", sample: "samples/qingshi-jingfei.html", reference: "reference/geshi.html",
  glossary: "glossary.html", tag: "tags/四情.html", tags: "tags/index.html", search: "search.html", notfound: "404.html",
};

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml" };

/** Serves the built handbook under a sub-folder, and returns its address with a final slash. */
export async function serveFolder() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const name = join(built, path.replace(/^\/sub\/folder\//, ""));
    const file = statSync(name, { throwIfNoEntry: false })?.isDirectory() ? join(name, "index.html") : name;
    if (!path.startsWith("/sub/folder/") || relative(built, file).startsWith("..") || !statSync(file, { throwIfNoEntry: false })) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}/sub/folder/`, close: () => server.close() };
}

/** The built handbook as a double click opens it. */
export const fileBase = `${pathToFileURL(built)}/`;

/** @param {string} path */
export const escaped = (path) => path.split("/").map(encodeURIComponent).join("/");

/** The icon that a browser asks a host for when a page names none, as 404.html does. @param {string} url */
export const isIcon = (url) => url.endsWith("/favicon.ico");

/** A browser. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/**
 * Opens a page and notes everything that it complains about and every request that it makes.
 * @param {import("playwright-core").BrowserContext} context
 * @param {(url: string) => boolean} [mayFail] requests whose failure is meant
 */
export async function watched(context, mayFail = () => false) {
  const page = await context.newPage();
  page.setDefaultTimeout(90_000); // a busy machine is slow, not broken
  const complaints = [];
  const requests = [];
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)),
  );
  page.on("console", (m) => m.type() === "error" && !mayFail(m.location().url) && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(String(e)));
  page.on("request", (r) => {
    requests.push(r.url());
    if (!r.url().startsWith(fileBase) && new URL(r.url()).hostname !== "127.0.0.1") complaints.push(`request to ${r.url()}`);
  });
  return { page, requests, quiet: (where = "") => assert.deepEqual(complaints, [], where) };
}

// What the browser tests share: the program, the built handbook, a server for it, and pages
// that fail a test on any complaint of the browser.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { after, before } from "node:test";
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
  check: "check.html", rules: "rules/docno.html", template: "templates/qingshi.html", sample: "samples/qingshi-jingfei.html", reference: "reference/geshi.html",
  glossary: "glossary.html", facet: "facets/direction/上行.html", tag: "tags/四情.html", tags: "tags/index.html", search: "search.html", notfound: "404.html",
};

/** Serves the built handbook by nginx under a sub-folder, as an office would. */
async function serveFolder() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  const folder = mkdtempSync(join(scratch, "nginx-"));
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder};`).join(" ");
  writeFileSync(
    join(folder, "nginx.conf"),
    `${process.getuid?.() === 0 ? "user root;" : ""} daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}
    http { include /etc/nginx/mime.types; charset utf-8; access_log off; ${temp}
      server { listen 127.0.0.1:${port}; location /sub/folder/ { alias ${built}/; error_page 404 /sub/folder/404.html; } } }`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const base = `http://127.0.0.1:${port}/sub/folder/`;
  for (let tries = 0; ; tries++) {
    try {
      await fetch(base);
      return { base, close: () => nginx.kill() };
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** The built handbook as a double click opens it. */
export const fileBase = `${pathToFileURL(built)}/`;

/** @param {string} path */
export const escaped = (path) => path.split("/").map(encodeURIComponent).join("/");

/** The icon that a browser asks a host for when a page names none, as 404.html does. @param {string} url */
export const isIcon = (url) => url.endsWith("/favicon.ico");

/** A name on plain http, as an office's intranet has: to the browser no secure origin. */
const officeHost = "office.test";

/** The address of the served handbook under that name. */
export const officeBase = () => server.base.replace("127.0.0.1", officeHost);

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [`--host-resolver-rules=MAP ${officeHost} 127.0.0.1`, "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/**
 * Opens a page and notes everything that it complains about and every request that it makes.
 * @param {import("playwright-core").BrowserContext} context
 * @param {(url: string) => boolean} [mayFail] requests whose failure is meant
 * @param {string} [base] where else than the built handbook files may lie
 */
export async function watched(context, mayFail = () => false, base = fileBase) {
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
    const known = r.url().startsWith(fileBase) || r.url().startsWith(base) || r.url().startsWith("blob:") || ["127.0.0.1", officeHost].includes(new URL(r.url()).hostname);
    if (!known) complaints.push(`request to ${r.url()}`);
  });
  return { page, requests, quiet: (where = "") => assert.deepEqual(complaints, [], where) };
}

/** A person moves the mouse over a template: what it loads only then is there. @param {import("playwright-core").Page} page */
export async function arrive(page) {
  await page.mouse.move(9, 9);
  await page.mouse.move(10, 10);
  await page.waitForFunction(() => window.wenfang.desk);
}

/** The browser and the server of a test file, there while its tests run. */
export let browser;
export let server;
before(async () => {
  browser = await launch();
  server = await serveFolder();
});
after(async () => {
  await browser.close();
  server.close();
});

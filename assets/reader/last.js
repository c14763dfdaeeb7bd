// Where the reader was last, for the home page.

import { load, pagePath, prefix, save } from "../base/store.js";

const key = `${prefix}last`;
const worth = ["guide", "lesson", "template", "sample", "reference"];

export function wireLast() {
  const { kind, root } = document.documentElement.dataset;
  if (worth.includes(kind ?? "")) save(key, `${pagePath}\n${document.querySelector("h1")?.textContent ?? ""}`);
  const box = document.getElementById("wf-last");
  const [path, title] = (load(key) ?? "").split("\n");
  if (!box || !path || !title || /^[a-z]+:|^\//i.test(path)) return;
  const link = document.createElement("a");
  link.href = (root ?? "") + encodeURI(path);
  link.textContent = title;
  box.querySelector("li")?.append(link);
  box.hidden = false;
}

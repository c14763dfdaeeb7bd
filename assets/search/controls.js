// Buttons and links that scripts of search put on a page.

/**
 * @param {string} text
 * @param {() => void} act
 */
export function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

/**
 * @param {string} href
 * @param {string} text
 */
export function link(href, text) {
  const a = document.createElement("a");
  a.href = href;
  a.textContent = text;
  return a;
}

/**
 * A heading and a list below it.
 * @param {string} title
 * @param {HTMLElement[]} items
 * @param {HTMLElement[]} [beside] what stands behind the list
 */
export function block(title, items, beside = []) {
  const section = document.createElement("section");
  const h = document.createElement("h2");
  h.textContent = title;
  const ul = document.createElement("ul");
  for (const item of items) {
    const li = document.createElement("li");
    li.append(item);
    ul.append(li);
  }
  section.append(h, ul, ...beside);
  return section;
}

/**
 * 「您是不是要找」 with what was probably meant.
 * @param {string[]} texts
 * @param {(text: string) => HTMLElement} way to the results of one
 */
export function maybeLine(texts, way) {
  const p = document.createElement("p");
  p.className = "search-maybe";
  p.append(document.getElementById("wf-search")?.dataset.maybe ?? "");
  for (const text of texts) p.append(way(text));
  return p;
}

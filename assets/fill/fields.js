// Other ways to fill in a field: items of a list in rows of their own, the number of a document
// part by part. What they make is written into the field itself, which stays the one that counts.

/** @typedef {import("./draft.js").Input} Input */

/** @param {HTMLElement} form */
export function wireFields(form) {
  for (const area of form.querySelectorAll("textarea[data-type=list]")) wireRows(form, /** @type {HTMLTextAreaElement} */ (area));
  for (const input of form.querySelectorAll("input[data-field]")) {
    if (input instanceof HTMLInputElement && input.dataset.pattern?.includes("〔")) wireNumber(form, input);
  }
}

/**
 * Sets a value as a script does; helps take it over.
 * @param {Input} input
 * @param {string} value
 */
export function setValue(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("refresh"));
}

/**
 * Writes a value as if it had been typed.
 * @param {Input} input
 * @param {string} value
 */
function type(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...Node} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, properties = {}, ...children) {
  const box = document.createElement(tag);
  Object.assign(box, properties);
  box.append(...children);
  return box;
}

/**
 * The items of a list, each in a row that can be moved and removed.
 * @param {HTMLElement} form
 * @param {HTMLTextAreaElement} area
 */
function wireRows(form, area) {
  const words = form.dataset;
  const field = area.closest(".field");
  const label = field?.querySelector("label");
  const list = make("ol", { className: "rows" });
  const add = make("button", { type: "button", textContent: words.add ?? "" });
  const focused = document.activeElement === area;
  area.hidden = true;
  area.after(list, add);
  const rows = () => /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll("[data-row]")]);
  const store = () => type(area, rows().map((row) => row.value).join("\n"));

  /** @param {string[]} values @param {number} [focus] */
  const draw = (values, focus = -1) => {
    list.replaceChildren(...(values.length > 0 ? values : [""]).map((value, i, all) => rowOf(value, i, all.length)));
    if (label) label.htmlFor = rows()[0]?.id ?? area.id;
    rows()[focus]?.focus();
  };

  /** @param {string} value @param {number} i @param {number} count */
  const rowOf = (value, i, count) => {
    const n = String(i + 1);
    const input = make("input", { type: "text", value, id: `${area.id}-${n}` });
    input.dataset.row = n;
    input.setAttribute("aria-label", (words.item ?? "").replace("{label}", area.dataset.label ?? "").replace("{n}", n));
    const hint = area.getAttribute("aria-describedby");
    if (hint) input.setAttribute("aria-describedby", hint);
    input.addEventListener("input", (event) => {
      event.stopPropagation(); // the field says it
      store();
    });
    /** @param {string} text @param {string | undefined} name @param {boolean} disabled @param {(values: string[]) => number} act */
    const button = (text, name, disabled, act) => {
      const b = make("button", { type: "button", textContent: text, disabled });
      b.setAttribute("aria-label", (name ?? "").replace("{n}", n));
      b.addEventListener("click", () => {
        const values = rows().map((row) => row.value);
        draw(values, act(values));
        store();
      });
      return b;
    };
    return make("li", {}, input,
      button("↑", words.up, i === 0, (values) => move(values, i, i - 1)),
      button("↓", words.down, i === count - 1, (values) => move(values, i, i + 1)),
      button("×", words.remove, count === 1, (values) => {
        values.splice(i, 1);
        return Math.max(0, i - 1);
      }),
    );
  };

  /** @param {number} at @param {string[]} more */
  const insert = (at, more) => {
    const values = rows().map((row) => row.value);
    values.splice(at, 0, ...more);
    draw(values, at + more.length - 1);
    store();
  };
  add.addEventListener("click", () => insert(rows().length, [""]));
  list.addEventListener("keydown", (event) => {
    const at = rows().findIndex((row) => row === event.target);
    if (event.key !== "Enter" || event.isComposing || at < 0) return;
    event.preventDefault();
    insert(at + 1, [""]);
  });
  list.addEventListener("paste", (event) => {
    const at = rows().findIndex((row) => row === event.target);
    const pasted = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map((l) => l.trim()).filter(Boolean);
    const row = rows()[at];
    if (!row || pasted.length < 2) return;
    event.preventDefault();
    row.setRangeText(pasted[0] ?? "", row.selectionStart ?? 0, row.selectionEnd ?? 0, "end");
    insert(at + 1, pasted.slice(1));
  });
  const lines = () => area.value.split("\n").filter((line) => line.trim());
  area.addEventListener("refresh", () => draw(lines()));
  draw(lines(), focused ? Math.max(0, lines().length - 1) : -1);
}

/**
 * Moves an item and returns its new place.
 * @param {string[]} values
 * @param {number} from
 * @param {number} to
 */
function move(values, from, to) {
  values.splice(to, 0, ...values.splice(from, 1));
  return to;
}

/**
 * 机关代字〔年份〕序号号, part by part.
 * @param {HTMLElement} form
 * @param {HTMLInputElement} input
 */
function wireNumber(form, input) {
  const words = form.dataset;
  const parts = [words.organ, words.year, words.serial].map((label, i) => {
    const id = `${input.id}-part-${i + 1}`;
    return make("div", {}, make("label", { htmlFor: id, textContent: label ?? "" }), make("input", { id, type: "text", inputMode: i > 0 ? "numeric" : "text" }));
  });
  const [organ, year, serial] = parts.map((part) => /** @type {HTMLInputElement} */ (part.lastElementChild));
  if (!organ || !year || !serial) return;
  const box = make("details", { className: "build" }, make("summary", { textContent: words.build ?? "" }), make("div", { className: "build-parts" }, ...parts));
  const read = () => {
    const found = /^(.*)〔([0-9]{4})〕([0-9]+)号$/.exec(input.value.trim());
    organ.value = found?.[1] ?? "";
    year.value = found?.[2] ?? String(new Date().getFullYear());
    serial.value = found?.[3] ?? "";
  };
  box.addEventListener("toggle", () => box.open && read());
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    const [y, n] = [year.value.replace(/[^0-9]/g, ""), serial.value.replace(/[^0-9]/g, "").replace(/^0+/, "")];
    if (organ.value.trim() && y && n) type(input, `${organ.value.trim()}〔${y}〕${n}号`);
  });
  input.after(box);
}

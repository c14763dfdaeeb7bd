// The document of a template while it is filled in: its sheets on the screen, and the faces in
// which it is taken away.

import { compose } from "./compose.js";
import { pageKit, profile } from "./kit.js";
import { fill } from "./model.js";
import { toHTML } from "./rich.js";
import { Sheet } from "./sheet.js";
import { toText } from "./text.js";
import { fileName } from "./values.js";
import { toDocx } from "./word.js";
import { pitch } from "./words.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Input */
/** @typedef {import("./model.js").Form} Form */
/** @typedef {import("./kit.js").Kit} Kit */

const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** @type {Kit} */
const none = { profiles: [], parts: [], letter: [], head: "", tail: "", sections: {}, turn: [], frames: {}, forms: {} };

export class Draft {
  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} sheet
   * @param {() => Input[]} inputs
   * @param {() => boolean} examples whether open fields show their examples
   */
  constructor(root, sheet, inputs, examples) {
    this.root = root;
    this.box = sheet;
    this.inputs = inputs;
    this.examples = examples;
    this.pages = 0;
    this.lines = 0;
    this.kit = pageKit() ?? none;
    this.again();
  }

  /** Reads the form again, after the page was exchanged for a newer one. */
  again() {
    this.form = /** @type {Form} */ (JSON.parse(this.root.dataset.form || "{}"));
    this.byField = new Map(this.inputs().map((input) => [input.dataset.field ?? "", input]));
    this.sheet = new Sheet(this.box, this.kit, (field) => {
      const input = this.byField?.get(field);
      return { href: input ? `#${input.id}` : "", example: !!input && !input.value.trim() };
    });
  }

  values(examples = false) {
    const value = (/** @type {Input} */ input) => (examples && !input.value.trim() ? input.dataset.example ?? "" : input.value);
    return new Map(this.inputs().map((input) => [input.dataset.field ?? "", value(input)]));
  }

  filled() {
    return fill(/** @type {Form} */ (this.form), this.values());
  }

  show() {
    const doc = this.examples() ? fill(/** @type {Form} */ (this.form), this.values(true)) : this.filled();
    const pages = this.sheet?.draw(doc.format, compose(doc)) ?? [];
    this.pages = pages.length;
    this.lines = Math.ceil((pages[pages.length - 1]?.used ?? 0) / pitch - 0.1);
  }

  /** The fields that the document still lacks, in its order. */
  open() {
    /** @type {Set<string>} */
    const open = new Set();
    for (const p of compose(this.filled())) {
      for (const line of [...(p.cells ?? []), p.runs ?? []]) for (const run of line) if (run.gap && this.byField?.has(run.field ?? "")) open.add(run.field ?? "");
    }
    return [...open];
  }

  get fonts() {
    const choice = this.root.querySelector("[data-choice=fonts]");
    return profile(this.kit, choice instanceof HTMLSelectElement ? choice.value : null);
  }

  text() {
    const flush = this.root.querySelector("[data-choice=flush]");
    return toText(compose(this.filled()), this.kit, flush instanceof HTMLInputElement && flush.checked);
  }

  html() {
    return toHTML(compose(this.filled()), this.kit, this.fonts);
  }

  /** Hands the document over as a file; false where the browser refuses. */
  download() {
    const doc = this.filled();
    return offer(`${fileName(doc)}.docx`, toDocx(doc.format, compose(doc), this.kit, this.fonts));
  }
}

/**
 * @param {string} name
 * @param {Uint8Array} data
 */
function offer(name, data) {
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (data)], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    return true;
  } catch {
    return false;
  }
}

// The document of a template while it is filled in, and its sheets on the screen.

import { compose } from "./compose.js";
import { pageKit } from "./kit.js";
import { fill } from "./model.js";
import { Sheet } from "./sheet.js";
import { pitch } from "./words.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Input */
/** @typedef {import("./model.js").Form} Form */

/** @type {import("./kit.js").Looks} */
const none = { profiles: [], forms: {} };

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
    /** @type {import("./kit.js").Looks & Partial<import("./kit.js").Kit>} */
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

  /** The document as it stands, in paragraphs. */
  set() {
    return compose(this.filled());
  }

  /** The fields that the document still lacks, in its order. */
  open() {
    /** @type {Set<string>} */
    const open = new Set();
    for (const p of this.set()) {
      for (const line of [...(p.cells ?? []), p.runs ?? []]) for (const run of line) if (run.gap && this.byField?.has(run.field ?? "")) open.add(run.field ?? "");
    }
    return [...open];
  }
}

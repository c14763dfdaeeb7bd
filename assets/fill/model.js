// A document filled in, as internal/official has it: the form of a template and the values of
// its fields make the elements, the text and the attachments. Values are text, never markup.
// Pure: knows no page. internal/official/testdata/vectors.json holds it to the Go code.

/**
 * Text in one form. A gap is a field that is not filled in.
 * @typedef {{text: string, face?: string, bold?: boolean, field?: string, gap?: boolean}} Run
 * @typedef {Run[]} Line
 * @typedef {{t?: string, f?: string, k?: string, b?: boolean}} DraftRun
 * @typedef {{k: string, l?: number, f?: string, r?: DraftRun[], c?: DraftRun[][]}} DraftBlock
 * @typedef {{id: string, type: string, default?: string}} Field
 * @typedef {{format: string, seal: string, elements: {key: string, lines: DraftRun[][]}[] | null, fields: Field[] | null, draft: DraftBlock[] | null}} Form
 * @typedef {{line: Line, level: number, row: boolean, head: boolean, cells: Line[]}} Block
 * @typedef {{title: Line, landscape: boolean, blocks: Block[]}} Attachment
 * @typedef {{format: string, seal: string, elements: Map<string, Line[]>, body: Block[], attachments: Attachment[]}} Document
 */

/**
 * @template T
 * @typedef {{own?: T, kind: string, field: string, inside: Part<T>[]}} Part
 */

/** The field that every template has: in place of its text. */
const bodyField = "正文";

const listItem = ".";

/** How many parts may stand in one another; a further beginning is left out. */
const deepest = 100;

/** Elements of which there may be several, so that items of a list are lines of their own. */
const manyLines = ["mark", "signer", "attachments", "issuer", "title"];

/**
 * @param {Form} form
 * @param {Map<string, string>} values
 * @returns {Document}
 */
export function fill(form, values) {
  const filler = new Filler(form, values);
  /** @type {Document} */
  const doc = { format: form.format, seal: form.seal, elements: new Map(), body: [], attachments: [] };
  for (const { key, lines } of form.elements ?? []) {
    const filled = filler.element(key, lines ?? []);
    if (filled.length > 0) doc.elements.set(key, filled);
  }
  takeBody(doc, filler.blocks(partsOf(form.draft ?? [])));
  const body = splitValue(values.get(bodyField) ?? "");
  if (body.length > 0 && !filler.field(bodyField)) doc.body = body.map((text) => block([{ text }]));
  return doc;
}

/**
 * @param {Line} line
 * @returns {Block}
 */
function block(line, level = 0) {
  return { line, level, row: false, head: false, cells: [] };
}

/**
 * The lines of a value, trimmed, without the empty ones and without characters that no
 * document can hold.
 * @param {string} value
 */
function splitValue(value) {
  return clean(value.replace(/\r/g, "\n")).split("\n").map(trimBlanks).filter(Boolean);
}

/**
 * Leaves out what no XML document may hold, as docx.Clean does.
 * @param {string} text
 */
export function clean(text) {
  let out = "";
  for (const c of text) {
    const r = c.codePointAt(0) ?? 0;
    if (r === 9 || r === 10 || (r >= 0x20 && r !== 0xfffe && r !== 0xffff && (r < 0xd800 || r > 0xdfff))) out += c;
  }
  return out;
}

/** @param {string} text */
function trimBlanks(text) {
  return text.replace(/^[ \t\u3000]+/, "").replace(/[ \t\u3000]+$/, "");
}

/**
 * The parts of a list of blocks or runs: an end without a beginning is left out, a part
 * without an end reaches to the end of the list.
 * @template {DraftBlock | DraftRun} T
 * @param {T[]} list
 * @returns {Part<T>[]}
 */
function partsOf(list) {
  /** @type {Part<T>[][]} */
  const stack = [[]];
  /** @type {Part<T>[]} */
  const open = [];
  const top = () => /** @type {Part<T>[]} */ (stack[stack.length - 1]);
  const end = () => {
    const last = /** @type {Part<T>} */ (open.pop());
    last.inside = /** @type {Part<T>[]} */ (stack.pop());
    top().push(last);
  };
  for (const own of list) {
    if (own.k === "set" || own.k === "unset") {
      if (open.length >= deepest) continue;
      open.push({ kind: own.k, field: own.f ?? "", inside: [] });
      stack.push([]);
    } else if (own.k === "end") {
      if (open.length > 0 && open[open.length - 1]?.field === own.f) end();
    } else {
      top().push({ own, kind: "", field: "", inside: [] });
    }
  }
  while (open.length > 0) end();
  return top();
}

/**
 * @param {Part<any>[]} parts
 * @returns {boolean}
 */
function namesItem(parts) {
  return parts.some(
    ({ own, inside }) =>
      own?.f === listItem || [...(own?.c ?? []), own?.r ?? []].some((runs) => runs.some((/** @type {DraftRun} */ r) => r.f === listItem)) || namesItem(inside),
  );
}

class Filler {
  /**
   * @param {Form} form
   * @param {Map<string, string>} values
   */
  constructor(form, values) {
    this.fields = new Map((form.fields ?? []).map((f) => [f.id, f]));
    this.values = values;
    /** @type {string[]} lists whose parts are being filled, the innermost last */
    this.lists = [];
    this.item = "";
  }

  /** @param {string} id */
  field(id) {
    return this.fields.get(id);
  }

  /** @param {string} id */
  value(id) {
    if (id === listItem) return this.item;
    const value = this.values.get(id) ?? this.field(id)?.default ?? "";
    return splitValue(value).length > 0 ? value : "";
  }

  /**
   * A value as it stands in the document. Alone, each of its lines is a paragraph; in a sentence
   * only those of a paragraph are; in a line everything stands on one.
   * @param {string} id
   * @param {"alone" | "sentence" | "line"} where
   */
  shown(id, where) {
    const paragraphs = where === "alone" || (where === "sentence" && this.field(id)?.type === "paragraph");
    return splitValue(this.value(id)).join(paragraphs ? "\n" : "、");
  }

  /**
   * Calls act with what a part holds: for a part of a filled list that names its item once for
   * each, for another that is shown once.
   * @template {DraftBlock | DraftRun} T
   * @param {Part<T>} part
   * @param {(inside: Part<T>[], item: number) => void} act
   */
  each(part, act) {
    const value = this.value(part.field);
    if ((part.kind === "set") !== (value !== "")) return;
    if (part.kind === "unset" || this.field(part.field)?.type !== "list" || this.lists.includes(part.field) || !namesItem(part.inside)) {
      act(part.inside, 0);
      return;
    }
    const { lists, item } = this;
    this.lists = [...lists, part.field];
    splitValue(value).forEach((one, i) => {
      this.item = one;
      act(part.inside, i);
    });
    this.lists = lists;
    this.item = item;
  }

  /**
   * @param {Part<DraftBlock>[]} parts
   * @returns {Block[]}
   */
  blocks(parts) {
    /** @type {Block[]} */
    const out = [];
    for (const part of parts) {
      const own = part.own;
      if (!own) {
        this.each(part, (inside) => out.push(...this.blocks(inside)));
      } else if (own.k === "head" || own.k === "row") {
        out.push({ line: [], level: 0, row: true, head: own.k === "head", cells: (own.c ?? []).map((cell) => this.line(cell ?? [], "line")) });
      } else {
        const runs = own.r ?? [];
        const where = runs.length === 1 && runs[0]?.f ? "alone" : "sentence";
        for (const line of splitLines(this.line(runs, where))) out.push(block(line, own.l ?? 0));
      }
    }
    return out;
  }

  /**
   * @param {DraftRun[]} runs
   * @param {"alone" | "sentence" | "line"} where
   */
  line(runs, where) {
    return joinRuns(this.runs(partsOf(runs), where));
  }

  /**
   * @param {Part<DraftRun>[]} parts
   * @param {"alone" | "sentence" | "line"} where
   * @returns {Line}
   */
  runs(parts, where) {
    /** @type {Line} */
    const out = [];
    for (const part of parts) {
      const own = part.own;
      if (!own) {
        this.each(part, (inside, item) => {
          if (item > 0 && where === "alone") out.push({ text: "\n" });
          out.push(...this.runs(inside, where));
        });
      } else if (!own.f) {
        out.push(own.b ? { text: own.t ?? "", bold: true } : { text: own.t ?? "" });
      } else {
        const text = this.shown(own.f, where);
        /** @type {Run} */
        const run = { text: text || `【${own.f}】` };
        if (own.b) run.bold = true;
        run.field = own.f === listItem ? this.lists[this.lists.length - 1] ?? own.f : own.f;
        if (!text) run.gap = true;
        out.push(run);
      }
    }
    return out;
  }

  /**
   * @param {string} key
   * @param {DraftRun[][]} lines
   */
  element(key, lines) {
    /** @type {Line[]} */
    const out = [];
    for (const runs of lines) {
      const where = manyLines.includes(key) && partsOf(runs ?? []).length === 1 ? "alone" : "line";
      out.push(...splitLines(this.line(runs ?? [], where)));
    }
    return out;
  }
}

/**
 * @param {Run | undefined} a
 * @param {Run} b
 */
function sameForm(a, b) {
  return !!a && !a.gap && !b.gap && !a.bold === !b.bold && (a.face ?? "") === (b.face ?? "");
}

/**
 * Joins runs of one form and field and leaves out the empty ones.
 * @param {Line} runs
 * @returns {Line}
 */
export function joinRuns(runs) {
  /** @type {Line} */
  const out = [];
  for (const run of runs) {
    const last = out[out.length - 1];
    if (!run.text) continue;
    if (last && sameForm(last, run) && (last.field ?? "") === (run.field ?? "")) out[out.length - 1] = { ...last, text: last.text + run.text };
    else out.push(run);
  }
  return out;
}

/**
 * Joins runs that look alike, whatever fields they are from.
 * @param {Line} runs
 * @returns {Line}
 */
export function unfielded(runs) {
  /** @type {Line} */
  const out = [];
  for (const run of runs) {
    const last = out[out.length - 1];
    if (last && sameForm(last, run)) out[out.length - 1] = { ...last, text: last.text + run.text };
    else out.push(run);
  }
  return out;
}

/**
 * Cuts a line at its line feeds, trims each and leaves out the empty ones.
 * @param {Line} line
 * @returns {Line[]}
 */
function splitLines(line) {
  /** @type {Line[]} */
  const lines = [[]];
  for (const run of line) {
    run.text.split("\n").forEach((text, i) => {
      if (i > 0) lines.push([]);
      lines[lines.length - 1]?.push({ ...run, text });
    });
  }
  return lines.map(trimLine).filter((l) => l.length > 0);
}

/**
 * @param {Line} line
 * @returns {Line}
 */
function trimLine(line) {
  const out = joinRuns(line);
  for (let first = out[0]; first; first = out[0]) {
    const text = first.text.replace(/^[ \t\r\u3000]+/, "");
    out[0] = { ...first, text };
    if (text) break;
    out.shift();
  }
  for (let last = out[out.length - 1]; last; last = out[out.length - 1]) {
    const text = last.text.replace(/[ \t\r\u3000]+$/, "");
    out[out.length - 1] = { ...last, text };
    if (text) break;
    out.pop();
  }
  return out;
}

/** @param {Line} line */
export function textOf(line) {
  return line.map((run) => run.text).join("");
}

/**
 * Divides blocks into the text and the attachments after it.
 * @param {Document} doc
 * @param {Block[]} blocks
 */
function takeBody(doc, blocks) {
  for (const b of blocks) {
    const last = doc.attachments[doc.attachments.length - 1];
    if (b.level > 0 && textOf(b.line).startsWith("附件")) doc.attachments.push(attachmentOf(b.line));
    else if (last) last.blocks.push(b);
    else doc.body.push(b);
  }
  const titles = doc.attachments.map((a) => a.title).filter((title) => title.length > 0);
  if (!doc.elements.has("attachments") && titles.length > 0) doc.elements.set("attachments", titles);
}

/**
 * @param {Line} heading
 * @returns {Attachment}
 */
function attachmentOf(heading) {
  const title = heading.map((run, i) => (i > 0 ? { ...run } : { ...run, text: run.text.replace(/^附件[ \u3000]*[0-9]*[ \u3000：:.．、]*/, "") }));
  const last = /** @type {Run} */ (title[title.length - 1]);
  const landscape = last.text.endsWith("（横排）");
  if (landscape) last.text = last.text.slice(0, -"（横排）".length);
  return { title: trimLine(title), landscape, blocks: [] };
}

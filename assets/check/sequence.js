// Numbers of paragraphs, as internal/check/sequence.go follows them. Pure.

/** @typedef {import("./draft.js").Para} Para */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./engine.js").Report} Report */
/** @typedef {{p: Para, body: boolean}} Entry */

/** @param {Draft} d @param {Report} r */
export function sequence(d, r) {
  let l = new Lists(d, r);
  const again = () => {
    l.finish();
    l = new Lists(d, r);
  };
  d.paras.forEach((p, i) => {
    if (i === d.end || p.kind === "mark") again();
    if (p.kind === "blank") return;
    if (p.level > 0) l.enter(p);
    else if (p.kind === "heading" || p.kind === "title") again();
    else l.body();
  });
  l.finish();
}

class Lists {
  /** @param {Draft} d @param {Report} r */
  constructor(d, r) {
    this.d = d;
    this.r = r;
    this.last = [0, 0, 0, 0, 0];
    this.ever = [0, 0, 0, 0, 0]; // in whatever list
    /** @type {Entry[][]} */
    this.open = [[], [], [], [], []];
    this.begun = false;
    /** @type {Para | null} the first 1. right below 一、 */
    this.flat = null;
    this.deep = false;
    this.form = ["", "", "", "", ""];
  }

  finish() {
    this.close(1);
    if (this.flat && this.deep) this.r.add("seq-level-mixed", this.flat, this.flat.begin, width(this.flat));
  }

  body() {
    for (let level = 4; level >= 1; level--) {
      const n = this.open[level].length;
      if (n > 0) {
        this.open[level][n - 1].body = true;
        return;
      }
    }
  }

  /** @param {number} level */
  close(level) {
    for (let n = level; n <= 4; n++) {
      this.judge(n, this.open[n]);
      this.open[n] = [];
      this.last[n] = 0;
    }
  }

  /** @param {Para} p */
  enter(p) {
    const { level } = p;
    const upper = this.parent(level);
    if (upper) upper.body = true;
    if (level === 4 && p.num === 1 && this.last[1] > 0 && this.last[2] === 0 && this.last[3] === 0) this.r.add("seq-skip-level", p, p.begin, width(p));
    this.deep = this.deep || (level === 2 && this.last[1] > 0);
    if (!this.flat && level === 3 && p.num === 1 && this.last[1] > 0 && this.last[2] === 0) this.flat = p;
    const restart = p.num === 1 && this.last[level] > 0;
    if (p.num === this.last[level] + 1 || (!this.begun && this.d.title < 0)) this.close(level + 1);
    else if (this.last[level] === 0 && level >= 3 && p.num > 1 && p.num === this.ever[level] + 1) this.close(level + 1); // one count through all parts
    else if (restart && level >= 3) this.close(level);
    else if (restart && level === 1 && this.last[1] > 1 && this.d.title < 0) this.close(1);
    else {
      this.r.add("seq-order", p, p.begin, width(p));
      this.close(level + 1);
    }
    this.last[level] = p.num;
    this.ever[level] = p.num;
    this.begun = true;
    this.open[level].push({ p, body: p.kind !== "heading" });
    if (this.form[level] === "") this.form[level] = p.form;
    else if (p.form !== this.form[level]) this.r.add("seq-format-mixed", p, p.begin, width(p));
  }

  /** @param {number} level */
  parent(level) {
    for (let n = level - 1; n >= 1; n--) {
      const k = this.open[n].length;
      if (k > 0) return this.open[n][k - 1];
    }
    return null;
  }

  /** @param {number} level @param {Entry[]} list */
  judge(level, list) {
    if (list.length === 1 && level >= 2 && list[0].p.num === 1) this.r.add("seq-single-child", list[0].p, list[0].p.begin, width(list[0].p));
    if (level <= 2 && this.d.genre !== "议程" && list.filter((e) => e.body).length * 2 >= list.length) {
      for (const e of list) if (!e.body) this.r.add("heading-orphan", e.p, e.p.begin, e.p.chars.length);
    }
    this.parallel(list);
  }

  /** @param {Entry[]} list */
  parallel(list) {
    if (list.length < 3) return;
    /** @type {Map<string, number>} */
    const counts = new Map();
    let most = "";
    for (const e of list) {
      const [c] = e.p.head;
      if (c === undefined) continue;
      counts.set(c, (counts.get(c) ?? 0) + 1);
      if ((counts.get(c) ?? 0) > (counts.get(most) ?? 0)) most = c;
    }
    const n = counts.get(most) ?? 0;
    if (n === list.length || n * 3 < list.length * 2 || !"要抓强加坚推严把做提完建落实深".includes(most)) return;
    for (const e of list) if (!e.p.head.startsWith(most)) this.r.add("seq-parallel", e.p, e.p.begin, width(e.p));
  }
}

/**
 * The end of a paragraph's number.
 * @param {Para} p
 */
function width(p) {
  let i = p.begin;
  while (i < p.chars.length && i < p.begin + 6) {
    const c = p.chars[i];
    i++;
    if ("、.．）)".includes(c)) break;
  }
  return i;
}

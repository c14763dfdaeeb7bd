// The list of findings: one card for each, with its reason and what can be done.

/** @typedef {import("./engine.js").Finding} Finding */
/** @typedef {import("./engine.js").RuleData} RuleData */
/** @typedef {import("./load.js").Text} Text */
/** @typedef {{f: Finding, rule: RuleData, text: Text, quote: string, href: string}} Card */

/** How many cards are shown at first: thousands would make the page slow. */
export const mostCards = 100;

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(string | Node)} content
 */
function el(tag, className, ...content) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...content);
  return e;
}

/** @param {string} text @param {number} most */
const shortened = (text, most) => {
  const chars = Array.from(text);
  return chars.length > most ? chars.slice(0, most).join("") + "…" : text;
};

/**
 * The way to a rule, beside the page: a draft is nowhere but on it.
 * @param {Card} card
 */
function link(card) {
  const a = el("a", "", card.rule.id);
  a.setAttribute("href", card.href);
  a.setAttribute("target", "_blank");
  a.setAttribute("rel", "noopener");
  return a;
}

/**
 * What the rule of a card says, with its wrong example and its right one.
 * @param {Card} card
 * @param {DOMStringMap} words
 */
export function newExplanation(card, words) {
  const [reason, source, force, bad, good] = card.text;
  return [
    el("p", "finding-head", card.rule.group),
    el("p", "finding-quote", reason),
    el("p", "check-wrong", el("span", "tag", words.wrong ?? ""), el("span", "example", shortened(bad, 200))),
    el("p", "check-right", el("span", "tag", words.right ?? ""), el("span", "example", shortened(good, 200))),
    el("p", "finding-basis", `${words.basis ?? ""}：${source}（${force}） `, link(card)),
  ];
}

/**
 * A card. Its buttons carry data-do; the list's listener acts on them.
 * @param {Card} card
 * @param {number} n
 * @param {DOMStringMap} words
 */
export function newCard(card, n, words) {
  const { f, rule } = card;
  const [reason, source, force] = card.text;
  const li = el("li", `finding sev-${f.severity}`);
  li.dataset.n = String(n);
  li.tabIndex = -1;
  const head = el("p", "finding-head", el("span", `mk mk-${f.severity}`, words[f.severity] ?? ""), ` ${rule.group}`);
  const quote = el("p", "finding-quote", el("q", "", shortened(card.quote, 40)));
  if (f.hasFix) {
    quote.append(" ", el("span", "finding-arrow", "→"), " ", f.fix === "" ? words.remove ?? "" : el("ins", "", `${words.to ?? ""}“${shortened(f.fix, 60)}”`));
  }
  const why = el("p", "finding-why", reason + (f.note ? `（${f.note}）` : ""));
  const basis = el("p", "finding-basis", `${words.basis ?? ""}：${source}（${force}） `, link(card));
  const buttons = el("p", "finding-do");
  /** @param {string} what @param {string | undefined} label */
  const add = (what, label) => {
    const b = el("button", what === "accept" ? "primary" : "", label ?? "");
    b.setAttribute("type", "button");
    b.dataset.do = what;
    b.setAttribute("aria-label", `${label}：${shortened(card.quote, 20)}`);
    buttons.append(b);
  };
  if (f.hasFix) add("accept", words.accept);
  add("mine", words.mine);
  add("ignore", words.ignore);
  add("off", words.off);
  li.append(head, quote, why, basis, buttons);
  return li;
}

// Amounts of money in the numerals of accounts: 24.8万元 is 贰拾肆万捌仟元整. Pure.

const digits = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"];
const groups = ["", "万", "亿", "万亿"];
const units = /** @type {Record<string, number>} */ ({ "": 0, 百: 2, 千: 3, 万: 4, 十万: 5, 百万: 6, 千万: 7, 亿: 8 });

/**
 * The amount that a text is, in the numerals of accounts; "" where it is none.
 * @param {string} text
 */
export function capital(text) {
  const found = /^(?:人民币)?[¥￥]?([0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(百万|千万|十万|[百千万亿]?)元(?:整)?$/.exec(text.replace(/[ \u3000]/g, ""));
  if (!found) return "";
  const [, whole = "", fraction = "", unit = ""] = found;
  const shift = (units[unit] ?? 0) + 2;
  if (fraction.length > shift) return ""; // less than 分
  const fen = (whole.replace(/[,，]/g, "") + fraction.padEnd(shift, "0")).replace(/^0+/, "").padStart(3, "0");
  const yuan = fen.slice(0, -2).replace(/^0+(?=.)/, "");
  if (yuan.length > 16) return "";
  const [jiao = 0, cents = 0] = [...fen.slice(-2)].map(Number);
  const head = yuan === "0" ? "" : `${wholeOf(yuan)}元`;
  if (!jiao && !cents) return `${head || "零元"}整`;
  const tail = (jiao ? `${digits[jiao]}角` : head ? "零" : "") + (cents ? `${digits[cents]}分` : "整");
  return head + tail;
}

/**
 * @param {string} yuan digits
 */
function wholeOf(yuan) {
  let out = "";
  let zero = false;
  for (let at = yuan.length; at > 0; at -= 4) {
    const part = yuan.slice(Math.max(0, at - 4), at);
    const text = groupOf(part);
    const group = groups[(yuan.length - at) / 4] ?? "";
    if (text) out = text + group + (zero && out && !out.startsWith("零") ? "零" : "") + out;
    zero = !text || part.startsWith("0");
    if (text && part.startsWith("0") && at > 4) out = `零${out}`;
  }
  return out.replace(/零+/g, "零").replace(/^零/, "");
}

/** @param {string} part at most four digits */
function groupOf(part) {
  const text = [...part].map((d, i) => (d === "0" ? "零" : digits[Number(d)] + (places[part.length - 1 - i] ?? ""))).join("");
  return text.replace(/零+/g, "零").replace(/零$/, "").replace(/^零/, "");
}

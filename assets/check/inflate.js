// Unfolds DEFLATE (RFC 1951): the oldest browser that the handbook speaks to has no way of its own for
// bare streams. Pure.

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** @typedef {{counts: Uint16Array, symbols: Uint16Array}} Huffman */

/** @param {number[]} lengths @returns {Huffman} */
function huffman(lengths) {
  const counts = new Uint16Array(16);
  for (const n of lengths) counts[n]++;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let n = 1; n < 15; n++) offsets[n + 1] = offsets[n] + counts[n];
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((n, symbol) => {
    if (n) symbols[offsets[n]++] = symbol;
  });
  return { counts, symbols };
}

/** @param {number} from @param {number} to @param {number} n */
const run = (from, to, n) => new Array(to - from).fill(n);
const fixedLengths = huffman([...run(0, 144, 8), ...run(144, 256, 9), ...run(256, 280, 7), ...run(280, 288, 8)]);
const fixedDistances = huffman(run(0, 30, 5));

class Stream {
  /** @param {Uint8Array} data @param {number} most */
  constructor(data, most) {
    this.data = data;
    this.most = most;
    this.at = 0;
    this.hold = 0;
    this.held = 0;
    this.out = new Uint8Array(Math.min(most, Math.max(1024, data.length * 4)));
    this.size = 0;
  }

  /** @param {number} n */
  bits(n) {
    while (this.held < n) {
      if (this.at >= this.data.length) throw new Error("cut off");
      this.hold |= this.data[this.at++] << this.held;
      this.held += 8;
    }
    const value = this.hold & ((1 << n) - 1);
    this.hold >>>= n;
    this.held -= n;
    return value;
  }

  /** @param {Huffman} h */
  symbol(h) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let n = 1; n < 16; n++) {
      code |= this.bits(1);
      const count = h.counts[n];
      if (code - count < first) return h.symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("broken");
  }

  /** @param {number} byte */
  put(byte) {
    if (this.size === this.out.length) {
      if (this.size >= this.most) throw new Error("too large");
      const more = new Uint8Array(Math.min(this.most, this.size * 2));
      more.set(this.out);
      this.out = more;
    }
    this.out[this.size++] = byte;
  }

  stored() {
    this.hold = 0;
    this.held = 0;
    if (this.at + 4 > this.data.length) throw new Error("cut off");
    const length = this.data[this.at] | (this.data[this.at + 1] << 8);
    this.at += 4;
    if (this.at + length > this.data.length) throw new Error("cut off");
    for (let i = 0; i < length; i++) this.put(this.data[this.at++]);
  }

  /** @param {Huffman} lengths @param {Huffman} distances */
  codes(lengths, distances) {
    for (;;) {
      const symbol = this.symbol(lengths);
      if (symbol < 256) this.put(symbol);
      else if (symbol === 256) return;
      else {
        const n = symbol - 257;
        if (n >= lengthBase.length) throw new Error("broken");
        const length = lengthBase[n] + this.bits(lengthExtra[n]);
        const d = this.symbol(distances);
        if (d >= distanceBase.length) throw new Error("broken");
        const distance = distanceBase[d] + this.bits(distanceExtra[d]);
        if (distance > this.size) throw new Error("broken");
        for (let i = 0; i < length; i++) this.put(this.out[this.size - distance]);
      }
    }
  }

  dynamic() {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const count = this.bits(4) + 4;
    const lengths = new Array(19).fill(0);
    for (let i = 0; i < count; i++) lengths[order[i]] = this.bits(3);
    const h = huffman(lengths);
    /** @type {number[]} */
    const all = [];
    while (all.length < literals + distances) {
      const symbol = this.symbol(h);
      if (symbol < 16) all.push(symbol);
      else if (symbol === 16 && all.length === 0) throw new Error("broken");
      else {
        const value = symbol === 16 ? all[all.length - 1] : 0;
        let times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
        while (times-- > 0) all.push(value);
      }
    }
    if (all.length > literals + distances) throw new Error("broken");
    this.codes(huffman(all.slice(0, literals)), huffman(all.slice(literals)));
  }
}

/**
 * Unfolds data to at most most bytes; throws where it is broken or more.
 * @param {Uint8Array} data
 * @param {number} most
 */
export function inflate(data, most) {
  const s = new Stream(data, most);
  let last = 0;
  while (!last) {
    last = s.bits(1);
    const type = s.bits(2);
    if (type === 0) s.stored();
    else if (type === 1) s.codes(fixedLengths, fixedDistances);
    else if (type === 2) s.dynamic();
    else throw new Error("broken");
  }
  return s.out.subarray(0, s.size);
}

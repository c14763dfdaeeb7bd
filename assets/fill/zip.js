// A zip file of stored entries dated 1 January 1980, byte for byte as internal/docx/zip.go
// writes it (APPNOTE.TXT 4.3): browsers learned to deflate late. Pure.

/** @type {Uint32Array | undefined} */
let crcTable;

function crcs() {
  if (crcTable) return crcTable;
  crcTable = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    crcTable[n] = c;
  }
  return crcTable;
}

/** @param {Uint8Array} data */
function crc32(data) {
  const table = crcs();
  let c = 0xffffffff;
  for (let i = 0; i < data.length; i++) c = /** @type {number} */ (table[(c ^ /** @type {number} */ (data[i])) & 0xff]) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * @param {{name: string, data: string}[]} parts
 * @returns {Uint8Array}
 */
export function zip(parts) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const files = [];
  /** @type {Uint8Array[]} */
  const central = [];
  let offset = 0;
  for (const part of parts) {
    const name = encoder.encode(part.name);
    const data = encoder.encode(part.data);
    const entry = bytes([20, 2], [0x0800, 2], [0, 2], [0, 2], [33, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]);
    files.push(bytes([0x04034b50, 4]), entry, name, data);
    central.push(bytes([0x02014b50, 4], [20, 2]), entry, new Uint8Array(10), bytes([offset, 4]), name);
    offset += 4 + entry.length + name.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = bytes([0x06054b50, 4], [0, 4], [parts.length, 2], [parts.length, 2], [size, 4], [offset, 4], [0, 2]);
  return joined([...files, ...central, end]);
}

/**
 * Numbers of a number of bytes, the lowest first.
 * @param {[number, number][]} fields
 */
function bytes(...fields) {
  const out = [];
  for (const [value, size] of fields) for (let i = 0; i < size; i++) out.push(Math.floor(value / 2 ** (8 * i)) & 0xff);
  return Uint8Array.from(out);
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

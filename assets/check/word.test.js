import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { inflate } from "./inflate.js";
import { paragraphs, readWord } from "./word.js";

test("unfolds what zlib folds, at every level", () => {
  const texts = ["", "a", "督查".repeat(20_000), Array.from({ length: 5000 }, (_, i) => String((i * 7919) % 1000)).join("，")];
  for (const text of texts) {
    for (const level of [0, 1, 9]) {
      const packed = deflateRawSync(Buffer.from(text), { level });
      assert.equal(Buffer.from(inflate(packed, 1 << 20)).toString(), text);
    }
  }
});

test("broken and boundless streams are refused", () => {
  const packed = deflateRawSync(Buffer.alloc(1 << 20));
  assert.throws(() => inflate(packed, 1 << 10), /too large/);
  assert.throws(() => inflate(packed.subarray(0, 50), 1 << 21), /cut off/);
  for (let seed = 1; seed < 300; seed++) {
    const noise = Uint8Array.from({ length: 60 }, (_, i) => (seed * (i + 3) * 2654435761) >>> 13);
    try {
      inflate(noise, 1 << 16);
    } catch (error) {
      assert.match(String(error), /broken|cut off|too large/);
    }
  }
});

/** A package of parts, folded. */
function pack(parts) {
  const bodies = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const body = deflateRawSync(Buffer.from(text));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, Buffer.from(name), body);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const head = '<?xml version="1.0"?><w:document xmlns:w="x"><w:body>';
const tail = "</w:body></w:document>";

test("reads paragraphs as the command line does", () => {
  const body = `${head}<w:p><w:r><w:t>关于</w:t></w:r><w:del><w:r><w:t>不</w:t></w:r></w:del><w:r><w:t xml:space="preserve">督查 &amp; 通知</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>外</w:t></w:r><mc:Choice><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></w:p>${tail}`;
  const notes = `${head}<w:p><w:t>脚注</w:t></w:p>${tail}`;
  assert.deepEqual(readWord(pack({ "word/document.xml": body, "word/footnotes.xml": notes })), ["关于督查 & 通知", "", "框", "", "外", "脚注"]);
});

test("hostile packages are refused", () => {
  assert.throws(() => readWord(Buffer.from("hello")), /not a Word/);
  assert.throws(() => readWord(pack({ "a.txt": "x" })), /not a Word/);
  assert.throws(() => paragraphs('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), /entities/);
  assert.throws(() => paragraphs(head + "<w:a>".repeat(1000)), /too much/);
  assert.throws(() => paragraphs(`${head}<w:p>`), /broken/);
});

// What is filled in here is what the program fills in: the vectors are written by
// `go test ./internal/official -update`.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";

import { compose } from "./compose.js";
import { profile } from "./kit.js";
import { fill } from "./model.js";
import { toHTML } from "./rich.js";
import { toText } from "./text.js";
import { fault, fileName, tidy } from "./values.js";
import { documentXML, toDocx } from "./word.js";

const { kit, cases, random, values } = JSON.parse(readFileSync(new URL("../../internal/official/testdata/vectors.json", import.meta.url), "utf8"));

for (const c of cases) {
  test(`filled as by the program: ${c.name}`, () => {
    const doc = fill(c.form, new Map(Object.entries(c.values ?? {})));
    const set = compose(doc);
    assert.deepEqual(set, c.paragraphs);
    assert.equal(toText(set, kit), c.text);
    assert.equal(toText(set, kit, true), c.flush);
    assert.equal(toHTML(set, kit, profile(kit, c.fonts)), c.html);
    assert.equal(documentXML(doc.format, set, kit), c.document);
    const docx = toDocx(doc.format, set, kit, profile(kit, c.fonts));
    assert.equal(createHash("sha256").update(docx).digest("hex"), c.sha256, "the .docx is other bytes");
    assert.equal(fileName(doc), c.fileName);
  });
}

test("random fillings come to the same bytes", () => {
  const forms = new Map(cases.map((c) => [c.name, c.form]));
  for (const [i, { case: name, values, sha256 }] of random.entries()) {
    const doc = fill(forms.get(name), new Map(Object.entries(values)));
    const set = compose(doc);
    const fonts = profile(kit, null);
    const hash = createHash("sha256").update(toText(set, kit)).update(toHTML(set, kit, fonts)).update(toDocx(doc.format, set, kit, fonts));
    assert.equal(hash.digest("hex"), sha256, `filling ${i} of ${name}: ${JSON.stringify(values).slice(0, 300)}`);
  }
});

test("values are tidied and judged alike", () => {
  for (const v of values) {
    assert.equal(tidy(v.type, v.value, v.pattern), v.tidy, v.value);
    assert.equal(fault(v.type, v.value, v.pattern), v.fault, v.value);
  }
});

test("a lone surrogate is in no face", () => {
  const form = { format: "事务", seal: "不盖章", elements: [], fields: [{ id: "甲", type: "text" }], draft: [{ k: "p", r: [{ f: "甲" }] }] };
  const doc = fill(form, new Map([["甲", "前\ud800后"]]));
  assert.equal(toText(compose(doc), kit), "　　前后\n");
});

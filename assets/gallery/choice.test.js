import assert from "node:assert/strict";
import test from "node:test";

import { countOf, fits, fromHash, sorted, toHash, tooMuch } from "./choice.js";

const items = [
  { genre: ["通知"], direction: ["下行"], scenes: ["开会", "部署"] },
  { genre: ["请示"], direction: ["上行"], scenes: ["请示"] },
  { genre: ["函"], direction: ["平行"], scenes: ["商洽"] },
  { genre: ["讲话稿"], direction: [], scenes: ["开会"] },
];
const labels = { genre: "文种", direction: "行文方向", scenes: "场景" };

test("any value of a facet, all facets together", () => {
  const left = (choice) => items.filter((item) => fits(item, choice)).map((item) => item.genre[0]);
  assert.deepEqual(left({}), ["通知", "请示", "函", "讲话稿"]);
  assert.deepEqual(left({ genre: ["通知", "函"] }), ["通知", "函"]);
  assert.deepEqual(left({ scenes: ["开会"], direction: ["下行"] }), ["通知"]);
  assert.deepEqual(left({ scenes: ["没有"] }), []);
});

test("counts are beside the other facets", () => {
  assert.equal(countOf(items, { genre: ["通知"] }, "genre", "函"), 1);
  assert.equal(countOf(items, { direction: ["上行"] }, "scenes", "开会"), 0);
});

test("what to give up of a choice that leaves nothing", () => {
  assert.deepEqual(tooMuch(items, { scenes: ["开会"], direction: ["平行"] }), { facet: "direction", value: "平行", left: 2 });
  assert.equal(tooMuch(items, {}), undefined);
});

test("a choice stands in the address", () => {
  const choice = { genre: ["通知", "a,b&c=d"], scenes: ["开会"] };
  assert.deepEqual(fromHash(`#${toHash(choice, labels)}`, labels), choice);
  assert.deepEqual(fromHash("#文种=通知&没有=甲&%E0%A4%A", labels), { genre: ["通知"] });
});

test("cards as they stand, by sound, or those used last first", () => {
  const cards = [[3, -1], [1, 1], [2, 0], [1, -1]].map(([sound, recent], i) => ({ i, sound, recent }));
  const order = (by) => sorted(cards, by).map((card) => card.i).join("");
  assert.deepEqual(["common", "sound", "recent"].map(order), ["0123", "1320", "2103"]);
});

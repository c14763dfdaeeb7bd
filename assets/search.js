import { markHits } from "./search/hits.js";
import { openBox } from "./search/box.js";
import { search } from "./search/load.js";
import { startPage } from "./search/page.js";

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};
w.wenfang.engine = { search, openBox, startPage, markHits };

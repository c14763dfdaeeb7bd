import { Engine } from "./check/engine.js";

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};
w.wenfang.check = Engine; // for the page that checks drafts, and others

import { Engine } from "./check/engine.js";
import { wireCheck } from "./check/page.js";

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};
w.wenfang.check = Engine; // for other scripts of the page
wireCheck();

import { readWord } from "./check/word.js";

const w = /** @type {any} */ (window);
w.wenfang = w.wenfang ?? {};
w.wenfang.readWord = readWord;

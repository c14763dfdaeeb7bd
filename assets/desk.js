import { wireDesk } from "./fill/desk.js";

const { wenfang } = /** @type {any} */ (window);
wireDesk(wenfang.filling);
wenfang.desk = true;

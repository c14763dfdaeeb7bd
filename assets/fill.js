import { wireFill } from "./fill/form.js";

wireFill();

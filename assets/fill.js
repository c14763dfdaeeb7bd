import { wireFill } from "./fill/form.js";
import { wireSample } from "./fill/sample.js";

wireFill();
wireSample();

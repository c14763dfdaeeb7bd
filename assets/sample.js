import { wireSample } from "./fill/sample.js";

wireSample();

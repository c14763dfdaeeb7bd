import { start } from "./reload/client.js";

const script = document.currentScript;
if (script instanceof HTMLScriptElement) start(script);

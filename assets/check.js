import { wireCheck } from "./check/page.js";

wireCheck();

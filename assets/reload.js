import { start } from "./reload/client.js";

start();

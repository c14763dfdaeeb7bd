import { wireAsks } from "./base/ask.js";
import { wireDialogs, wireDrawer } from "./base/dialogs.js";
import { wireLive } from "./base/live.js";
import { wireSettings } from "./base/settings.js";
import { wireChecklists } from "./reader/checklist.js";
import { wireContents } from "./reader/contents.js";
import { wireCode, wireExamples } from "./reader/code.js";
import { wireHeadings } from "./reader/headings.js";
import { wireLast } from "./reader/last.js";
import { wireTerms } from "./reader/terms.js";
import { wireSearch } from "./search/open.js";

wireLive();
wireDialogs();
wireDrawer();
wireAsks();
wireSettings();
wireContents();
wireChecklists();
wireTerms();
wireLast();
wireSearch();

// What stands beside the text comes again after the preview took over a changed page.
const decorate = () => {
  wireHeadings();
  wireCode();
  wireExamples();
};
decorate();
document.addEventListener("wenfang:updated", decorate);

import { wireDialogs, wireDrawer } from "./base/dialogs.js";
import { wireSettings } from "./base/settings.js";
import { wireChecklists } from "./reader/checklist.js";
import { wireCode } from "./reader/code.js";
import { wireHeadings } from "./reader/headings.js";
import { wireTerms } from "./reader/terms.js";
import { wireSearch } from "./search/open.js";

wireDialogs();
wireDrawer();
wireSettings();
wireHeadings();
wireCode();
wireChecklists();
wireTerms();
wireSearch();

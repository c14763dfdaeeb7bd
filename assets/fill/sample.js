// A sample: its notes can be hidden, its text copied without them.

import { copySheet, on } from "./form.js";

export function wireSample() {
  const bar = document.getElementById("wf-sample");
  const sheet = document.getElementById("wf-sheet");
  if (!bar || !sheet) return;
  bar.hidden = false;
  on(bar, "[data-notes]", (button) => {
    const hidden = document.body.classList.toggle("no-notes");
    button.setAttribute("aria-pressed", String(!hidden));
  });
  on(bar, "[data-copy]", (button) => copySheet(sheet, button, bar));
}

// Problems over the last good page. Everything shown is text.

/** @typedef {{path: string, line: number, col: number, severity: string, message: string, hint: string, excerpt: string}} Problem */

/** @param {Problem[]} problems */
export function showProblems(problems) {
  document.getElementById("wf-problems")?.remove();
  if (problems.length === 0) return;
  const box = document.createElement("div");
  box.id = "wf-problems";
  box.setAttribute("role", "alert");
  Object.assign(box.style, {
    position: "fixed", left: "0", right: "0", bottom: "0", zIndex: "60", maxHeight: "50vh", overflow: "auto",
    padding: "12px 20px", background: "#3A1D17", color: "#FBECE7", borderTop: "4px solid #F08A73", font: "15px/1.7 sans-serif",
  });
  for (const p of problems) {
    const place = line(`${p.path}${p.line ? `:${p.line}:${p.col}` : ""}`);
    place.style.fontFamily = "monospace";
    box.append(place, line(p.message));
    if (p.excerpt) {
      const excerpt = line(p.excerpt);
      Object.assign(excerpt.style, { fontFamily: "monospace", opacity: "0.85", whiteSpace: "pre-wrap" });
      box.append(excerpt);
    }
    if (p.hint) box.append(line(p.hint));
    const rule = document.createElement("hr");
    box.append(rule);
  }
  document.body.append(box);
}

/** @param {string} text */
function line(text) {
  const div = document.createElement("div");
  div.textContent = text;
  return div;
}

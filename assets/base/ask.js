// What cannot be undone is asked first, beside its button: [data-ask] names the line that
// asks. The line's [data-yes] sends "confirmed" to the button.

export function wireAsks() {
  for (const button of document.querySelectorAll("[data-ask]")) {
    const line = document.getElementById(button.getAttribute("data-ask") ?? "");
    const yes = line?.querySelector("[data-yes]");
    const no = line?.querySelector("[data-no]");
    if (!line || !(button instanceof HTMLElement) || !(yes instanceof HTMLElement) || !(no instanceof HTMLElement)) continue;
    /** @param {boolean} confirmed */
    const answer = (confirmed) => {
      line.hidden = true;
      button.focus();
      if (confirmed) button.dispatchEvent(new Event("confirmed"));
    };
    button.addEventListener("click", () => {
      line.hidden = false;
      no.focus();
    });
    yes.addEventListener("click", () => answer(true));
    no.addEventListener("click", () => answer(false));
  }
}

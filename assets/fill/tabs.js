// Form, text and sheets of a template: side by side, or in turn where there is no room.

/**
 * On narrow screens form, text and sheets take turns. The arrow keys move between the tabs, and
 * a press shows one. Paper always gets sheets.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 */
export function wireTabs(root, sheet) {
  const bar = root.querySelector(".fill-tabs");
  const narrow = window.matchMedia("screen and (max-width:1023px)"); // paper is narrow, too
  const tabs = /** @type {HTMLElement[]} */ ([...(bar?.querySelectorAll("[data-view]") ?? [])]);
  const form = document.getElementById("wf-fields");
  const view = document.getElementById("wf-view");
  const update = () => {
    const on = narrow.matches && tabs.length > 0;
    sheet.classList.toggle("leafed", !on || root.dataset.view === "sheet");
    if (!(bar instanceof HTMLElement)) return;
    role(bar, on && "tablist", on && bar.dataset.label);
    for (const panel of [form, view]) if (panel) role(panel, on && "tabpanel");
    tabs.forEach((tab, i) => {
      const current = tab.dataset.view === root.dataset.view;
      tab.id = `wf-tab-${i + 1}`;
      role(tab, on && "tab");
      set(tab, "aria-selected", on && String(current));
      tab.tabIndex = on && !current ? -1 : 0;
      if (current) set(tab.dataset.view === "form" ? form : view, "aria-labelledby", on && tab.id);
    });
  };
  update();
  narrow.addEventListener("change", update);
  new MutationObserver(update).observe(root, { attributes: true, attributeFilter: ["data-view"] });
  window.addEventListener("beforeprint", () => sheet.classList.add("leafed"));
  window.addEventListener("afterprint", update);
  bar?.addEventListener("click", (event) => {
    const tab = event.target instanceof Element ? event.target.closest("[data-view]") : null;
    if (tab instanceof HTMLElement) root.dataset.view = tab.dataset.view ?? "form";
  });
  bar?.addEventListener("keydown", (event) => {
    const step = event instanceof KeyboardEvent ? { ArrowRight: 1, ArrowLeft: -1 }[event.key] : 0;
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    if (step && at >= 0) tabs[(at + step + tabs.length) % tabs.length]?.focus();
  });
}

/**
 * @param {Element} element
 * @param {string | false} name
 * @param {string | false | undefined} [label]
 */
function role(element, name, label) {
  set(element, "role", name);
  if (label !== undefined) set(element, "aria-label", label);
}

/**
 * @param {Element | null} element
 * @param {string} name
 * @param {string | false} value false takes the attribute away
 */
function set(element, name, value) {
  if (value === false) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}

/** Puts the cursor into a field, or into the first row of a list. @param {HTMLElement | null | undefined} input */
export function focusField(input) {
  const row = input?.hidden ? input.closest(".field")?.querySelector("[data-row]") : null;
  if (row instanceof HTMLElement) row.focus();
  else input?.focus();
}

/**
 * A place in the sheets leads to its field.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 */
export function wirePlaces(root, sheet) {
  sheet.addEventListener("click", (event) => {
    const place = event.target instanceof Element ? event.target.closest("a.ph") : null;
    const input = place && document.getElementById(place.getAttribute("href")?.slice(1) ?? "");
    if (!input) return;
    event.preventDefault();
    root.dataset.view = "form";
    focusField(input);
  });
}

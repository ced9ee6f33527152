// Tabs with the usual keyboard pattern: arrow keys move, Tab enters the panel.

import { h, newId } from "./dom.js";

/** `{ bar, panels, select(index) }` for `[{ label, content }]`; the first one is open. */
export function createTabs(entries) {
  const tabs = entries.map(({ label, content }, index) => {
    const id = newId("tab");
    const tab = h("button", { type: "button", role: "tab", id, class: "tab", onclick: () => select(index) }, label);
    const panel = h("div", { role: "tabpanel", class: "tab-panel", "aria-labelledby": id, id: `${id}-panel` }, content);
    tab.setAttribute("aria-controls", panel.id);
    return { tab, panel };
  });
  function select(chosen) {
    tabs.forEach(({ tab, panel }, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      panel.hidden = index !== chosen;
    });
  }
  const bar = h("div", { role: "tablist", class: "tabs", onkeydown: move }, tabs.map(({ tab }) => tab));
  function move(event) {
    const now = tabs.findIndex(({ tab }) => tab.getAttribute("aria-selected") === "true");
    const last = tabs.length - 1;
    const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(next);
    tabs[next].tab.focus();
  }
  select(0);
  return { bar, panels: tabs.map(({ panel }) => panel), select };
}

// A list to choose from, with a field for an id that is not in it.

import { fill, h, makeButton, newId } from "./dom.js";
import { store } from "../store.js";
import { common, known as TEXTS } from "../texts.js";

/** Longer lists are searched, not scrolled. */
const MOST_SHOWN = 60;

/**
 * Fills `nav` with a list and an id field. `entries()` gives `[{ id, title, note, tone }]`,
 * `chosen()` the id of the open one, `choose(id)` opens one.
 */
export function createPicker(nav, { entries, chosen, choose, openText, byIdText, emptyText }) {
  const list = h("ul", { class: "picker-list" });
  const inputId = newId("open-id");
  const input = h("input", { id: inputId, class: "mono", placeholder: TEXTS.pasteId, autocomplete: "off", spellcheck: "false" });
  const form = h("form", { class: "open-id", id: newId("open-id-form"), hidden: true, onsubmit: open },
    h("label", { for: inputId, class: "visually-hidden" }, byIdText),
    input,
    makeButton(common.open, null, "quiet small", { type: "submit", "aria-label": openText }));
  const byId = makeButton(TEXTS.openById, () => { disclose(form.hidden); if (!form.hidden) input.focus(); }, "quiet small by-id", { "aria-expanded": "false", "aria-controls": form.id });
  nav.append(list, byId, form);

  function disclose(isOpen) {
    form.hidden = !isOpen;
    byId.setAttribute("aria-expanded", String(isOpen));
  }

  function open(event) {
    event.preventDefault();
    const id = input.value.trim();
    if (!id) return input.focus();
    input.value = "";
    disclose(false);
    choose(id);
  }

  function row({ id, title, note, tone }) {
    return h("li", null,
      h("button", {
        type: "button", class: "pick", "data-id": id, "aria-current": id === chosen() ? "true" : null,
        onclick: () => choose(id),
      },
      h("span", { class: "pick-title", dir: "auto" }, title),
      note && h("span", { class: `pick-note ${tone ?? ""}` }, note)));
  }

  function rows(all) {
    const shown = all.filter(({ id }, index) => index < MOST_SHOWN || id === chosen());
    const rest = all.length - shown.length;
    return [shown.map(row), rest > 0 && h("li", null,
      h("button", { type: "button", class: "pick pick-more", onclick: () => document.dispatchEvent(new Event("open-known")) }, TEXTS.more(rest)))];
  }

  const empty = () => [emptyText, store.get("directory").isSandbox || store.get("directory").keeps ? "" : ` ${TEXTS.notKeptShort}`];

  return {
    render() {
      const all = entries();
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
      if (all === null) fill(list, [1, 2, 3].map(() => h("li", { class: "placeholder", "aria-hidden": "true" })));
      else if (all.length === 0) {
        fill(list, h("li", { class: "picker-empty hint" }, empty()));
        disclose(true);
      } else fill(list, rows(all));
      if (focused) [...list.querySelectorAll(".pick")].find((button) => button.dataset.id === focused)?.focus();
    },
  };
}

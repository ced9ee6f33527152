// A list to choose from, with a field for an id that is not in it.

import { fill, h, newId } from "./dom.js";

/**
 * Fills `nav` with a list and an id field. `entries()` gives `[{ id, title, note, tone }]`,
 * `chosen()` the id of the open one, `choose(id)` opens one.
 */
export function createPicker(nav, { entries, chosen, choose, noun, emptyText }) {
  const list = h("ul", { class: "picker-list" });
  const inputId = newId("open-id");
  const input = h("input", { id: inputId, class: "mono", placeholder: "Paste an id", autocomplete: "off", spellcheck: "false" });
  const form = h("form", { class: "open-id", id: newId("open-id-form"), hidden: true, onsubmit: open },
    h("label", { for: inputId, class: "visually-hidden" }, `Open ${noun} by id`),
    input,
    h("button", { type: "submit", class: "button quiet small", "aria-label": `Open ${noun}` }, "Open"));
  const byId = h("button", {
    type: "button", class: "button quiet small by-id", "aria-expanded": "false", "aria-controls": form.id,
    onclick: () => { disclose(form.hidden); if (!form.hidden) input.focus(); },
  }, "Open by id");
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

  return {
    render() {
      const shown = entries();
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
      if (shown === null) fill(list, [1, 2, 3].map(() => h("li", { class: "placeholder", "aria-hidden": "true" })));
      else if (shown.length === 0) {
        fill(list, h("li", { class: "picker-empty" }, emptyText));
        disclose(true);
      }
      else {
        fill(list, shown.map(({ id, title, note, tone }) => h("li", null,
          h("button", {
            type: "button", class: "pick", "data-id": id, "aria-current": id === chosen() ? "true" : null,
            onclick: () => choose(id),
          },
          h("span", { class: "pick-title" }, title),
          note && h("span", { class: `pick-note ${tone ?? ""}` }, note)))));
      }
      if (focused) [...list.querySelectorAll(".pick")].find((button) => button.dataset.id === focused)?.focus();
    },
  };
}

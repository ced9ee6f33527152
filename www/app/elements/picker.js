// A list to choose from, with a field for an id that is not in it.

import { fill, h, makeButton } from "./dom.js";
import { makeIdField } from "./field.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/known.js";

/** Longer lists are cut, and lead to the search. */
const MOST_SHOWN = 60;

/**
 * Fills `nav` with a list and an id field. `entries()` returns `[{ id, title, note, tone, mark }]`,
 * `chosen()` the id of the open entry; `choose(id)` opens one.
 */
export function createPicker(nav, { entries, chosen, choose, byIdText, emptyText }) {
  const list = h("ul", { class: "picker-list" });
  const { element: field, input } = makeIdField(byIdText, (id) => { disclose(false); choose(id); });
  const byId = makeButton(TEXTS.openById, () => { disclose(field.hidden); if (!field.hidden) input.focus(); }, "quiet small by-id", { "aria-controls": field.id });
  const below = h("span", { class: "picker-below hint", "aria-hidden": "true" });
  nav.append(list, h("div", { class: "picker-foot" }, byId, below), field);
  disclose(false);
  list.addEventListener("scroll", sayBelow, { passive: true });
  new ResizeObserver(sayBelow).observe(list);
  let shown;
  let before;

  // A short list shows only what fits, and rarely ends in the middle of a row.
  function sayBelow() {
    const { bottom } = list.getBoundingClientRect();
    const hidden = [...list.querySelectorAll(".pick")].filter((row) => row.getBoundingClientRect().bottom > bottom + 1).length;
    below.textContent = hidden > 0 ? TEXTS.below(hidden) : "";
  }

  /** Scrolls only the list to the open entry when that changes. */
  function showOpen() {
    if (shown === chosen()) return;
    const row = list.querySelector("[aria-current]");
    if (!row) return;
    shown = chosen();
    const place = row.getBoundingClientRect();
    const around = list.getBoundingClientRect();
    const by = (start, end, from, to) => (start < from ? start - from : Math.min(start - from, Math.max(0, end - to)));
    list.scrollBy({ top: by(place.top, place.bottom, around.top, around.bottom), left: by(place.left, place.right, around.left, around.right), behavior: "instant" });
  }

  function disclose(isOpen) {
    field.hidden = !isOpen;
    byId.setAttribute("aria-expanded", String(isOpen));
  }

  function row({ id, title, note, tone, mark }) {
    return h("li", null,
      h("button", {
        type: "button", class: "pick", "data-id": id, "aria-current": id === chosen() ? "true" : null,
        onclick: () => choose(id),
      },
      h("span", { class: "pick-title", dir: "auto" }, title),
      note && h("span", { class: `pick-note ${tone ?? ""}` }, note),
      mark && h("span", { class: "pick-mark" }, mark)));
  }

  function rows(all) {
    const shown = all.filter(({ id }, index) => index < MOST_SHOWN || id === chosen());
    const rest = all.length - shown.length;
    return [shown.map(row), rest > 0 && h("li", null,
      h("button", { type: "button", class: "pick pick-more", onclick: () => document.dispatchEvent(new Event("open-known")) }, TEXTS.more(rest)))];
  }

  // The list keeps its scroll position.
  function showRows(all) {
    const { scrollTop, scrollLeft } = list;
    fill(list, rows(all));
    list.scrollTo(scrollLeft, scrollTop);
    showOpen();
  }

  const empty = () => [emptyText, store.get("directory").isSandbox || store.get("directory").keeps ? "" : ` ${TEXTS.notKept}`];

  return {
    render() {
      const all = entries();
      const now = JSON.stringify([all, chosen()]);
      // Each change of the directory comes here, and most change other lists.
      if (now === before && all?.length > 0) return;
      before = now;
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
      if (all === null) fill(list, [1, 2, 3].map(() => h("li", { class: "placeholder", "aria-hidden": "true" })));
      else if (all.length === 0) {
        fill(list, h("li", { class: "picker-empty hint" }, empty()));
        disclose(true);
      } else showRows(all);
      if (focused) [...list.querySelectorAll(".pick")].find((button) => button.dataset.id === focused)?.focus({ preventScroll: true });
      sayBelow();
    },
  };
}

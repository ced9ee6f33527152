// The search results: arrow keys move, Enter opens.

import { agentState } from "../agents/agent-state.js";
import { fill, h, iconButton, makeButton } from "../elements/dom.js";
import { daySeparator, time, words } from "../elements/format.js";
import { store } from "../store.js";
import * as common from "../texts/common.js";
import * as TEXTS from "../texts/known.js";

/** The entry's display name. */
export function titleOf(kind, entry, known) {
  if (kind === "agents") return entry.name || TEXTS.unnamed.agents;
  if (kind === "contacts") return entry.name || entry.phone || entry.email || TEXTS.unnamed.contacts;
  const contact = known.contacts.find(({ id }) => id === entry.contact_id);
  return contact ? TEXTS.callWith(titleOf("contacts", contact, known)) : TEXTS.callOf(entry.call_sid ?? entry.call_id);
}

// Distinguishes it from others of the same name.
const NOTES = {
  agents: (entry) => [agentState(entry).note, entry.id],
  contacts: (entry) => [entry.name && entry.phone, entry.email, !entry.phone && !entry.email && entry.id],
  calls: (entry) => [words(entry.status), entry.call_sid ?? entry.call_id],
};

/** `onChoose(found)` and `onForget(found)` get a result; `onUp` runs on Arrow Up at the first one. */
export function createResults({ onChoose, onForget, onUp }) {
  const element = h("ul", { class: "find-list", "aria-label": TEXTS.title, onkeydown: move });
  let first = null;

  const buttons = () => [...element.querySelectorAll(".find-row")];
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = buttons();
    const at = all.findIndex((button) => button.closest("li").contains(document.activeElement));
    if (at + step < 0) onUp();
    else (all[at + step] ?? all[at]).focus();
  }

  function row(found, known, isSandbox) {
    const title = titleOf(found.kind, found.entry, known);
    return h("li", null,
      h("button", { type: "button", class: "find-row", onclick: () => onChoose(found) },
        h("span", { class: "find-kind hint" }, TEXTS.kinds[found.kind]),
        h("span", { class: "find-title", dir: "auto" }, title),
        h("span", { class: "find-note hint", dir: "auto" }, NOTES[found.kind](found.entry).filter(Boolean).join(" · ")),
        h("span", { class: "find-met hint" }, met(found.entry))),
      !isSandbox && iconButton("close", TEXTS.forget(title), () => onForget(found)));
  }

  // A pasted id can be opened.
  function openAs(id) {
    return h("li", { class: "find-empty" }, h("p", { dir: "auto" }, TEXTS.openAs(id)),
      h("p", { class: "known-actions" }, [["agents", TEXTS.openAsAgent], ["contacts", TEXTS.openAsContact]].map(([kind, label]) =>
        makeButton(label, () => onChoose({ kind, id, entry: { id } }), "small"))));
  }

  return {
    element,
    render(found, query, known) {
      const directory = store.get("directory");
      first = found[0] ?? null;
      if (found.length > 0) fill(element, found.map((one) => row(one, known, directory.isSandbox)));
      else fill(element, directory && (query ? openAs(query) : h("li", { class: "find-empty" }, TEXTS.howItFills)));
    },
    focusFirst: () => (buttons()[0] ?? element.querySelector("button"))?.focus(),
    chooseFirst: () => { if (first) onChoose(first); },
  };
}

const met = (entry) => entry.met && [
  h("span", { class: "visually-hidden" }, `${TEXTS.met} `), common.at(daySeparator(entry.met), time(entry.met)),
];

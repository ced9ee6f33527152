// An agent that may or may not have been created: no answer came, and the API lists no agents.

import { h, newId } from "../elements/dom.js";
import { explain } from "../states/explain.js";
import { agents as TEXTS } from "../texts.js";

/** What to do then. `found` is the agent where the sandbox lists it; `onOpen(id)` opens one. */
export function lostAnswer({ name, found, error, onOpen }) {
  const { facts } = explain(error);
  return h("div", { class: "error-box lost", role: "alert" },
    h("p", { class: "error-title", dir: "auto" }, TEXTS.lostTitle(name)),
    found ? foundIt(found, onOpen) : [h("p", null, TEXTS.lostText), lookForIt(onOpen), h("p", null, TEXTS.lostElse)],
    h("dl", { class: "facts" }, facts.map(([label, value]) => h("div", null, h("dt", null, label), h("dd", null, value)))));
}

const foundIt = ({ id, name }, onOpen) => [
  h("p", { dir: "auto" }, TEXTS.lostFound(name)),
  h("p", { class: "error-actions" }, h("button", { type: "button", class: "button small", onclick: () => onOpen(id) }, TEXTS.lostOpenFound)),
];

// It stands within the form of the new agent, so it is no form of its own.
function lookForIt(onOpen) {
  const input = h("input", { class: "mono", id: newId("lost"), autocomplete: "off", spellcheck: "false", onkeydown: onKey });
  const open = () => (input.value.trim() ? onOpen(input.value.trim()) : input.focus());
  function onKey(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    open();
  }
  return [
    h("p", null, TEXTS.lostLook),
    h("div", { class: "lost-row" },
      h("label", { class: "visually-hidden", for: input.id }, TEXTS.lostId), input,
      h("button", { type: "button", class: "button small", onclick: open }, TEXTS.lostOpen)),
  ];
}

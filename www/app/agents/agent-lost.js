// An agent that may or may not have been created: no answer came, and the API lists no agents.

import { h, makeButton, newId } from "../elements/dom.js";
import { factsOf } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import { agents as TEXTS, common } from "../texts.js";

/** What to do then. `found` is the agent where the sandbox lists it; `onOpen(id)` opens one. */
export const lostAnswer = ({ name, found, error, onOpen }) => stateBox({
  title: TEXTS.lostTitle(name), facts: factsOf(error), tone: "warn", drawing: "alert", role: "alert",
  ...(found ? { text: TEXTS.lostFound(found.name), action: { label: TEXTS.lostOpenFound, run: () => onOpen(found.id) } }
    : { text: TEXTS.lostText, children: [lookForIt(onOpen), h("p", null, TEXTS.lostElse)] }),
});

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
      makeButton(common.open, open, "small")),
  ];
}

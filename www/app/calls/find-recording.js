// A form that finds a recording by its call's id.

import { call } from "../client.js";
import { h, makeButton, newId, whileBusy } from "../elements/dom.js";
import { FieldErrors, showError } from "../states/errors.js";
import { factsOf } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import { calls as texts } from "../texts.js";

/** `onFound(found)` gets what `getCallRecording` answered. */
export function createFindForm({ label, onFound }) {
  const id = newId("call-id");
  const slot = h("div", { class: "error-slot" });
  const fieldSlot = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const input = h("input", { id, class: "mono", autocomplete: "off", spellcheck: "false", "aria-describedby": fieldSlot.id });
  const fields = new FieldErrors();
  fields.add("callId", input, fieldSlot);
  const button = makeButton(texts.find, null, "", { type: "submit" });
  const element = h("form", { class: "open-call", novalidate: true, onsubmit: find },
    h("label", { for: id }, label),
    h("div", { class: "open-call-row" }, input, button), fieldSlot, slot);

  function find(event) {
    event.preventDefault();
    fields.clear();
    slot.replaceChildren();
    return whileBusy(button, texts.finding, async () => {
      try {
        const found = await call("getCallRecording", [input.value.trim()]);
        input.value = "";
        onFound(found);
      } catch (error) {
        if (error?.code === "not_found") {
          slot.append(stateBox({ title: texts.nothingFound, text: texts.nothingFoundHow, facts: factsOf(error), drawing: "search", role: "alert" }));
        } else showError(error, { fields, slot });
      }
    });
  }
  return { element, focus: () => input.focus() };
}

// A form that finds a recording by its call's id.

import { call } from "../client.js";
import { h, makeButton, whileBusy } from "../elements/dom.js";
import { makeField } from "../elements/field.js";
import { FieldErrors, showError } from "../states/errors.js";
import { factsOf } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import * as texts from "../texts/calls.js";

/** `onFound(found)` gets what `getCallRecording` answered. */
export function createFindForm({ label, onFound }) {
  const slot = h("div", { class: "error-slot" });
  const fields = new FieldErrors();
  const input = h("input", { name: "callId", class: "mono", autocomplete: "off", spellcheck: "false" });
  const button = makeButton(texts.find, null, "", { type: "submit" });
  const element = h("form", { class: "open-call", novalidate: true, onsubmit: find },
    makeField(fields, input, { label, shown: h("div", { class: "open-call-row" }, input, button) }), slot);

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

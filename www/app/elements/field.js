// A control with its label and error, a radio group, a field for an id.

import { describe, h, makeButton, newId } from "./dom.js";
import * as common from "../texts/common.js";

/**
 * `control` below its label; `errors` (see `FieldErrors`) shows its error. `wire` is its API name,
 * `shown` an element that contains the control.
 */
export function makeField(errors, control, { label, hint, wire, look = "", shown = control }) {
  control.id ||= newId(control.name);
  const hintLine = hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (hintLine) describe(control, hintLine);
  return h("div", { class: `field ${look}`, "data-field": control.name },
    h("div", { class: "field-head" }, h("label", { for: control.id }, label), wire && h("code", { class: "wire-name", title: common.wireName }, wire)),
    hintLine, shown, errors.add(control.name, control));
}

/** Whether a key press is Enter and does not end an IME composition. Safari marks the latter by its key code. */
export const isEnter = (event) => event.key === "Enter" && !event.isComposing && event.keyCode !== 229;

/** A radio group of `options`, which are `[value, label]`, side by side. Only a `wide` one shows its legend. */
export function makeChoice({ legend, options, chosen, onchange, wide = false }) {
  const name = newId("choice");
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value, checked: value === chosen, onchange: () => onchange?.(value) }));
  return {
    element: h("fieldset", { class: wide ? "segments wide" : "segments" }, h("legend", { class: wide ? null : "visually-hidden" }, legend),
      options.map(([, label], index) => h("label", { class: "segment" }, inputs[index], h("span", null, label)))),
    value: () => inputs.find(({ checked }) => checked).value,
    choose(value) { for (const input of inputs) input.checked = input.value === value; },
  };
}

/** A field for an id that is in no list; not a form, since it may be inside one. */
export function makeIdField(label, onOpen) {
  const input = h("input", { id: newId("open-id"), class: "mono", placeholder: common.pasteId, autocomplete: "off", spellcheck: "false", onkeydown: onKey });
  function open() {
    const id = input.value.trim();
    if (!id) return input.focus();
    input.value = "";
    onOpen(id);
  }
  function onKey(event) {
    if (!isEnter(event)) return;
    event.preventDefault();
    open();
  }
  return {
    input,
    element: h("div", { class: "open-id", id: newId("open-id-part") }, h("label", { for: input.id, class: "visually-hidden" }, label), input,
      makeButton(common.open, open, "quiet small", { title: label })),
  };
}

// A control with what belongs to it, and a choice among a few.

import { describe, h, newId } from "./dom.js";
import { common } from "../texts.js";

/**
 * `control` below its label; `errors` (see `FieldErrors`) shows what is wrong with it. `wire` is its
 * name in the API, `shown` what the control stands in.
 */
export function makeField(errors, control, { label, hint, wire, look = "", shown = control }) {
  control.id ||= newId(control.name);
  const hintLine = hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (hintLine) describe(control, hintLine);
  return h("div", { class: `field ${look}`, "data-field": control.name },
    h("div", { class: "field-head" }, h("label", { for: control.id }, label), wire && h("code", { class: "wire-name", title: common.wireName }, wire)),
    hintLine, shown, errors.add(control.name, control));
}

/** One of `options`, which are `[value, label]`, side by side. Only a `wide` one shows its legend. */
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

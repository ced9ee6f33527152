// Builds a form from a table of fields, reads and writes its values, and shows errors next to its fields.

import { RULES, applies } from "./agent-fields.js";
import { describe, h, newId } from "../elements/dom.js";
import { makeField } from "../elements/field.js";
import { FieldErrors } from "../states/errors.js";
import * as TEXTS from "../texts/agents.js";

/** A form's fields for `groups`. `onInput` runs after each edit. */
export function buildFields(groups, onInput) {
  const parts = new Map();
  const errors = new FieldErrors();
  const element = h("div", { class: "groups" }, groups.map((group) =>
    h("fieldset", { class: "group" },
      h("legend", null, group.title),
      group.fields.map((field) => {
        const part = buildField(field, errors);
        parts.set(field.name, part);
        part.control.addEventListener("input", () => {
          update();
          onInput?.();
        });
        return part.element;
      }))));

  const read = () => Object.fromEntries([...parts].map(([name, part]) => [name, part.read()]));
  function update() {
    const values = read();
    for (const [name, part] of parts) {
      part.element.hidden = !applies(name, values);
      part.update?.();
    }
  }
  return {
    element,
    errors,
    read,
    write(values) {
      for (const [name, part] of parts) part.write(values[name]);
      errors.clear();
      update();
    },
    /** Marks the fields in `names` as changed and not saved yet. */
    mark(names) {
      for (const [name, part] of parts) part.element.classList.toggle("is-changed", names.includes(name));
    },
    focusFirst: () => [...parts.values()][0]?.control.focus(),
  };
}

/** Whether another field makes it appear. */
const isNeeded = (name) => RULES.some(({ needs }) => needs === name);

function buildField(field, errors) {
  const part = KINDS[field.kind](field, { id: newId(field.name), name: field.name, autocomplete: "off" });
  const { label, hint, name: wire, kind } = field;
  return { ...part, ...untouched(part, field), element: makeField(errors, part.control, { label, hint, wire, look: `field-${kind}${isNeeded(wire) ? " field-needed" : ""}`, shown: part.shown }) };
}

// Controls normalize their values, such as line breaks and trailing spaces. A value that was not
// edited is returned unchanged.
function untouched({ read, write }, { kind }) {
  let given;
  let held;
  return {
    write(value) {
      write(value);
      given = value;
      held = read();
    },
    read() {
      const now = read();
      if (now === held && given !== undefined && given !== null) return given;
      // Unchanged lines keep their line breaks.
      return kind === "textarea" && String(given).includes("\r\n") ? now.replaceAll("\n", "\r\n") : now;
    },
  };
}

const text = (value) => (value === undefined || value === null ? "" : String(value));

function suggestionList(field, id) {
  return field.suggestions && h("datalist", { id: `${id}-list` }, field.suggestions.map((value) => h("option", { value })));
}

function textField(field, common, type = "text") {
  const list = suggestionList(field, common.id);
  const control = h("input", {
    ...common, type, list: list?.id, placeholder: field.placeholder,
    class: field.mono ? "mono" : null, dir: field.mono || type === "url" ? null : "auto", spellcheck: field.name === "name" ? null : "false",
  });
  // Browsers only suggest values that match the text, so the first key replaces it.
  if (list) control.addEventListener("focus", () => control.select());
  return {
    control,
    shown: [control, list],
    read: () => control.value.trim(),
    write: (value) => { control.value = text(value); },
  };
}

function numberField(field, common) {
  const control = h("input", { ...common, type: "number", min: field.min, step: "any", inputmode: "decimal" });
  const unit = h("span", { id: `${common.id}-unit`, class: "hint" }, field.unit);
  describe(control, unit);
  return {
    control,
    shown: h("div", { class: "with-unit" }, control, unit),
    // An empty number is null, which the package rejects with the field's name.
    read: () => (control.value === "" ? null : Number(control.value)),
    write: (value) => { control.value = text(value); },
  };
}

function rangeField(field, common) {
  const control = h("input", { ...common, type: "range", min: field.min, max: field.max, step: field.step });
  const output = h("output", { class: "range-value", for: common.id });
  let given;
  const update = () => {
    output.textContent = given === undefined ? TEXTS.notSet : Number(given).toFixed(2);
    control.setAttribute("aria-valuetext", output.textContent);
  };
  control.addEventListener("input", () => { given = Number(control.value); update(); });
  return {
    control,
    update,
    shown: h("div", { class: "range" },
      h("div", { class: "range-row" }, control, output),
      h("div", { class: "range-ends hint", "aria-hidden": "true" }, field.ends.map((end) => h("span", null, end)))),
    // The slider has steps; a value between them stays as it is until it is moved.
    read: () => given ?? null,
    write: (value) => {
      given = typeof value === "number" ? value : undefined;
      control.value = String(given ?? field.min);
      update();
    },
  };
}

function switchField(field, common) {
  const control = h("input", { ...common, type: "checkbox", role: "switch" });
  return {
    control,
    shown: control,
    read: () => control.checked,
    write: (value) => { control.checked = value === true; },
  };
}

function selectField(field, common) {
  const control = h("select", common, field.options.map(([value, label]) => h("option", { value }, label)));
  return {
    control,
    shown: control,
    read: () => control.value,
    write(value) {
      const wanted = text(value);
      // An answer may have a value that this page does not know, or none.
      if (![...control.options].some((option) => option.value === wanted)) control.append(h("option", { value: wanted }, wanted || TEXTS.notSet));
      control.value = wanted;
    },
  };
}

function textareaField(field, common) {
  const control = h("textarea", { ...common, rows: 3, dir: "auto" });
  return {
    control,
    shown: control,
    read: () => control.value,
    write: (value) => { control.value = text(value); },
  };
}

const KINDS = {
  text: textField,
  url: (field, common) => textField(field, common, "url"),
  number: numberField,
  range: rangeField,
  switch: switchField,
  select: selectField,
  textarea: textareaField,
};

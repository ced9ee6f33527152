// Shows errors where they belong: at the form field, or at the action that failed.

import { h } from "./dom.js";
import { explain, words } from "./explain.js";
import { store } from "./store.js";

/** A box that explains `error`. `retry` adds a button, for calls that are safe to repeat. */
export function errorBox(error, { retry } = {}) {
  const { title, message, warning, advice, facts, settings } = explain(error, { proxied: store.get("connection")?.kind === "proxy" });
  return h("div", { class: "error-box", role: "alert" },
    h("p", { class: "error-title" }, title),
    h("p", null, message),
    warning && h("p", { class: "error-warning" }, warning),
    advice && h("p", null, advice),
    facts.length > 0 && h("dl", { class: "facts" },
      facts.map(([label, value]) => h("div", null, h("dt", null, label), h("dd", null, value)))),
    (retry || settings) && h("p", { class: "error-actions" },
      retry && h("button", { type: "button", class: "button small", onclick: retry }, "Try again"),
      settings && h("button", { type: "button", class: "button small quiet", onclick: openSettings }, "Open settings")),
  );
}

// The settings show errors themselves, so this asks for them by an event and not by an import.
const openSettings = () => document.dispatchEvent(new Event("open-settings"));

/** The fields of one form by their wire name, and the messages at them. */
export class FieldErrors {
  #fields = new Map();

  /** `control` is marked invalid and gets the focus, `slot` takes the message. */
  add(name, control, slot) {
    this.#fields.set(name, { control, slot });
  }

  clear(name) {
    for (const [other, { control, slot }] of this.#fields) {
      if (name !== undefined && name !== other) continue;
      control.removeAttribute("aria-invalid");
      slot.textContent = "";
      slot.hidden = true;
    }
  }

  /** Puts `error` at its field; false when this form does not show that field. */
  show(error) {
    const field = this.#fields.get(error?.field);
    if (!field || field.control.closest("[hidden]")) return false;
    field.control.setAttribute("aria-invalid", "true");
    field.slot.textContent = words(error);
    field.slot.hidden = false;
    field.control.focus();
    return true;
  }
}

/** Shows `error` at its field, or else as a box in `slot`. */
export function showError(error, { fields, slot, retry }) {
  if (fields?.show(error)) return;
  slot.replaceChildren(errorBox(error, { retry }));
  slot.scrollIntoView({ block: "nearest" });
}

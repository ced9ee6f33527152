// The common layout of errors and empty states: a title, a sentence, and the one thing to do next.

import { h, icon, makeButton } from "../elements/dom.js";
import { store } from "../store.js";
import * as texts from "../texts/errors.js";

/**
 * A state: `title`, `text`, and `action`, which is `{ label, run(event) }`. `said` is a message of the API
 * or the package, `facts` are its details as pairs, `children` come before the action. `role` is for
 * states that appear without a user action, `drawing` is the name of an icon.
 */
export function stateBox({ title, text, said, action, facts = [], children = [], tone = "calm", drawing = "archive", role }) {
  return h("div", { class: `state-box ${tone}`, role },
    h("span", { class: "state-drawing" }, icon(drawing)),
    h("div", { class: "state-words" },
      h("p", { class: "state-title", dir: "auto" }, title),
      text && h("p", { dir: "auto" }, text),
      said && said !== text && h("p", { class: "state-said", dir: "auto" }, said),
      children),
    action && h("p", { class: "state-action" }, makeButton(action.label, action.run, "small")),
    facts.length > 0 && h("dl", { class: "facts" },
      facts.map(([label, value]) => h("div", null, h("dt", null, label), h("dd", null, value)))));
}

/** `state` as the only content of a sheet. */
export const alone = (state) => h("div", { class: "sheet-body alone" }, state);

/** Opens the settings at that field; by an event, since the settings import this module. */
export function openSettings(field) {
  document.dispatchEvent(new Event("open-settings"));
  const control = document.querySelector(`.settings [name="${field}"]`);
  // The sandbox has no field for a key.
  if (!control?.checkVisibility()) document.querySelector(`.settings [value="${field === "proxy" ? field : "api"}"]`)?.click();
  control?.focus();
}

/** Focuses the id field; `noun` is "agent" or "contact". */
export function openById(noun) {
  const picker = document.getElementById(`${noun}-picker`);
  const input = picker.querySelector(".open-id input");
  if (!input.checkVisibility()) picker.querySelector(".by-id").click();
  input.focus();
}

const newAgent = () => document.getElementById("new-agent").click();

/** The state when nothing is open, which depends on whether any entries are known. */
export const noConversation = () => noneOpen("contacts", texts.noConversation, texts.noContacts, () => openById("contact"));
export const noAgent = () => noneOpen("agents", texts.noAgent, texts.noAgents, newAgent);

// The lists load later than the sheet that shows this state.
function noneOpen(kind, some, none, run) {
  const element = alone();
  const isNone = () => store.get("directory")?.[kind].length === 0;
  const render = () => element.replaceChildren(stateBox(isNone() ? { ...none, action: { label: none.action, run } } : some));
  const stop = store.on(["directory"], () => (element.isConnected ? render() : stop()));
  render();
  return element;
}

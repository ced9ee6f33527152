// The one look of everything that is not as wished: a title, a sentence, and the one thing to do next.

import { h } from "../elements/dom.js";
import { store } from "../store.js";
import { svg } from "../elements/svg.js";
import { errors as texts } from "../texts.js";

const DRAWINGS = {
  alert: "M10 6v5M10 14v.1M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Z",
  key: "M6.5 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm4 4H18m-3 0v3m3-3v2",
  lock: "M5 9h10v8H5V9Zm2 0V6a3 3 0 0 1 6 0v3M10 12v2",
  search: "M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3Zm4.5 10.5L17 17",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM10 6v4l3 2",
  cut: "M3 3l14 14M4 9a9 9 0 0 1 2-1.6M16 9a9 9 0 0 0-6.5-2.6M7 12a4.5 4.5 0 0 1 2-1.2M10 15.5v.1",
  none: "M3 11h4l1 2h4l1-2h4M5 4h10l2 7v5H3v-5l2-7Z",
  archive: "M3 4h14v3.5H3V4Zm1 3.5V16h12V7.5M8 11h4",
};

/**
 * A state: `title`, `text`, and `action`, which is `{ label, run }`. `said` are somebody else's words,
 * `facts` pairs for whoever looks closer, `children` what comes before the action. `role` is for what
 * came unasked.
 */
export function stateBox({ title, text, said, action, facts = [], children = [], tone = "calm", drawing = "none", role }) {
  return h("div", { class: `state-box ${tone}`, role },
    h("span", { class: "state-drawing", "aria-hidden": "true" }, svg("svg", { viewBox: "0 0 20 20", class: "icon" }, svg("path", { d: DRAWINGS[drawing] }))),
    h("div", { class: "state-words" },
      h("p", { class: "state-title" }, title),
      text && h("p", null, text),
      said && said !== text && h("p", { class: "state-said", dir: "auto" }, said),
      children),
    action && h("p", { class: "state-action" }, h("button", { type: "button", class: "button small", onclick: action.run }, action.label)),
    facts.length > 0 && h("dl", { class: "facts" },
      facts.map(([label, value]) => h("div", null, h("dt", null, label), h("dd", null, value)))));
}

/** Opens the settings at that field; by an event, since they show states themselves. */
export function openSettings(field) {
  document.dispatchEvent(new Event("open-settings"));
  const control = document.querySelector(`.settings [name="${field}"]`);
  // What is connected to the sandbox has no key, and no field for one.
  if (!control?.checkVisibility()) document.querySelector('.settings [value="api"]')?.click();
  control?.focus();
}

/** Puts the focus where an id can be pasted; `noun` is "agent" or "contact". */
export function openById(noun) {
  const picker = document.getElementById(`${noun}-picker`);
  const input = picker.querySelector(".open-id input");
  if (!input.checkVisibility()) picker.querySelector(".by-id").click();
  input.focus();
}

const newAgent = () => document.getElementById("new-agent").click();

/** Nothing is open: what to do depends on whether anything is known here. */
export const noConversation = () => noneOpen("contacts", texts.noConversation, texts.noContacts, () => openById("contact"));
export const noAgent = () => noneOpen("agents", texts.noAgent, texts.noAgents, newAgent);

// Who there is comes later than the place where it shows.
function noneOpen(kind, some, none, run) {
  const element = h("div", { class: "sheet-body" });
  const isNone = () => store.get("directory")?.[kind].length === 0;
  const render = () => element.replaceChildren(stateBox(isNone() ? { ...none, action: { label: none.action, run } } : some));
  const stop = store.on(["directory"], () => (element.isConnected ? render() : stop()));
  render();
  return element;
}

export const archivedNotice = (date) => stateBox({
  title: texts.archived.title(date), text: texts.archived.text, drawing: "archive", tone: "warn",
  action: { label: texts.archived.action, run: newAgent },
});

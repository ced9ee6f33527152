// The review of an update: the changed fields, their old and new values, and the JSON.

import { copyButton, fill, h, newId } from "../elements/dom.js";
import * as TEXTS from "../texts/agents.js";

/** `{ element, listId, render(agent, patch, changed) }`; `changed` are the edited fields. */
export function createReview() {
  const titleId = newId("review");
  const note = h("p", { class: "hint", dir: "auto" });
  const list = h("ul", { class: "changes", id: newId("changes") });
  const json = h("div", { class: "change-json" });
  const element = h("section", { class: "review", "aria-labelledby": titleId, tabindex: "-1" },
    h("h3", { id: titleId }, TEXTS.reviewTitle), note, list,
    h("details", null, h("summary", null, TEXTS.json), json));
  return {
    element,
    listId: list.id,
    render(agent, patch, changed) {
      note.textContent = TEXTS.reviewOf(agent.name);
      fill(list, Object.entries(patch).map(([name, value]) => change(name, agent[name], value, changed.includes(name))));
      const text = JSON.stringify(patch, null, 2);
      fill(json, h("pre", { tabindex: "0", "aria-label": TEXTS.copyJson }, h("code", null, text)), copyButton(text, TEXTS.copyJson));
    },
  };
}

function change(name, before, now, isChanged) {
  return h("li", null,
    h("code", { class: "change-name hint" }, name), " ",
    isChanged ? [
      h("del", { dir: "auto" }, shown(before)),
      h("span", { class: "visually-hidden" }, ` ${TEXTS.becomes} `), h("span", { "aria-hidden": "true" }, " → "),
      h("ins", { dir: "auto" }, shown(now)),
    ] : [h("span", { dir: "auto" }, shown(now)), h("span", { class: "hint" }, ` ${TEXTS.alongTitle}`)]);
}

const shown = (value) => (value === undefined || value === null || value === "" ? TEXTS.notSet : typeof value === "string" ? value : JSON.stringify(value));

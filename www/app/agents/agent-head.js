// An agent's name, state, id and dates.

import { stateBadge } from "./agent-state.js";
import { copyButton, h } from "../elements/dom.js";
import { day } from "../elements/format.js";
import * as TEXTS from "../texts/agents.js";

export const agentHead = (agent) => [
  h("div", { class: "title-row" }, h("h2", { tabindex: "-1", dir: "auto" }, agent.name), stateBadge(agent)),
  h("p", { class: "id-row" }, h("code", null, agent.id), copyButton(agent.id, TEXTS.copyId)),
  dates(agent),
];

function dates({ created_at, updated_at }) {
  const text = TEXTS.dates(created_at && day(created_at), updated_at && day(updated_at));
  return text && h("p", { class: "hint dates" }, text);
}

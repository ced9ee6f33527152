// An agent's state as text, and the select of agents.

import { fill, h } from "../elements/dom.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/agents.js";

/** "Live", "Paused" or "Archived", if known. */
export function agentState(agent) {
  if (agent.archived_at) return { note: TEXTS.states.archived, tone: "off" };
  if (agent.is_active === true) return { note: TEXTS.states.live, tone: "live" };
  if (agent.is_active === false) return { note: TEXTS.states.paused, tone: "paused" };
  return { note: null };
}

/** A badge with an agent's state. */
export function stateBadge(agent) {
  const { note, tone } = agentState(agent);
  return note && h("span", { class: `badge ${tone}` }, note);
}

/** Options for a select of agents: no archived ones, and no paused one as the default. */
export function fillAgentOptions(select, open) {
  const before = select.value;
  const agents = (store.get("directory")?.agents ?? []).filter((agent) => !agent.archived_at);
  fill(select, agents.map((agent) => h("option", { value: agent.id },
    agent.is_active === false ? TEXTS.pausedOption(agent.name || agent.id) : agent.name || agent.id)));
  const working = agents.filter((agent) => agent.is_active !== false);
  const chosen = agents.find(({ id }) => id === before) ?? working.find(({ id }) => id === open) ?? working[0];
  if (chosen) select.value = chosen.id;
}

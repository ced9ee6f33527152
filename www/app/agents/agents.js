// The list of agents, and which one is open.

import { AgentPanel } from "./agent-panel.js";
import { agentState } from "./agent-state.js";
import { createPicker } from "../elements/picker.js";
import { store } from "../store.js";
import * as KNOWN from "../texts/known.js";
import { askToLeave, watchUnsaved } from "./unsaved.js";
import { showView } from "../elements/views.js";

export function startAgents() {
  const panel = new AgentPanel(document.getElementById("agent"), (agent) => openAgent("new", agent));
  watchUnsaved(panel);

  const picker = createPicker(document.getElementById("agent-picker"), {
    byIdText: KNOWN.openAgentById,
    emptyText: KNOWN.noAgents,
    entries: () => store.get("directory")?.agents.map((agent) => ({
      id: agent.id, title: agent.name || agent.id, ...agentState(agent),
    })) ?? null,
    chosen: () => store.get("agentId"),
    choose: (id) => openAgent(id),
  });

  /** `id` can be "new"; then `original` is the agent to duplicate, if any. */
  async function openAgent(id, original = null) {
    showView("agent");
    // The form for a new agent is already open.
    if (id === "new" && !original && store.get("agentId") === "new") return panel.focus();
    if (!(await askToLeave())) return;
    panel.copyFrom(original);
    if (id === store.get("agentId")) panel.open();
    else store.set({ agentId: id });
  }

  document.getElementById("new-agent").addEventListener("click", () => openAgent("new"));
  store.on(["directory", "agentId"], picker.render);
  picker.render();
  return { openAgent };
}

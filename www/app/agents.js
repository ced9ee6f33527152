// The list of agents, and which one is open.

import { createAgentPanel } from "./agent-panel.js";
import { agentState } from "./agent-state.js";
import { confirm } from "./dialogs.js";
import { createPicker } from "./picker.js";
import { store } from "./store.js";
import { showView } from "./views.js";

export function startAgents() {
  const panel = createAgentPanel(document.getElementById("agent"));

  const picker = createPicker(document.getElementById("agent-picker"), {
    noun: "agent",
    emptyText: "No agent is known here yet. Create one, or paste an id.",
    entries: () => store.get("directory")?.agents.map((agent) => ({
      id: agent.id, title: agent.name || agent.id, ...agentState(agent),
    })) ?? null,
    chosen: () => store.get("agentId"),
    choose: openAgent,
  });

  async function openAgent(id) {
    showView("agent");
    if (panel.hasChanges()) {
      const leave = await confirm({
        title: "Leave without saving?",
        text: "What you changed here is not saved yet.",
        yes: "Discard changes", no: "Keep editing", danger: true,
      });
      if (!leave) return;
    }
    if (id === store.get("agentId")) panel.reload();
    else store.set({ agentId: id });
  }

  document.getElementById("new-agent").addEventListener("click", () => openAgent("new"));
  store.on(["directory", "agentId"], picker.render);
  picker.render();
  return { openAgent };
}

// One agent: reads it, and shows it, an archived one, or the form of a new one.

import { showArchived } from "./agent-archived.js";
import { showAgent } from "./agent-edit.js";
import { showNew } from "./agent-new.js";
import { call } from "../client.js";
import { remember } from "../directory.js";
import { fill } from "../elements/dom.js";
import { errorBox } from "../states/errors.js";
import { showReading } from "../states/reading.js";
import { alone, noAgent } from "../states/states.js";
import { store } from "../store.js";
import { agents as TEXTS } from "../texts.js";

/** `onDuplicate(agent)` runs when a person wants a copy of an agent. */
export function createAgentPanel(section, onDuplicate) {
  let reading = new AbortController();
  /** What is shown: `{ hasChanges(), focus() }`, or null. */
  let shown = null;
  let original = null;
  let lastId = null;

  store.on(["agentId", "connection"], open);

  function open() {
    reading.abort();
    reading = new AbortController();
    shown = null;
    const id = store.get("agentId");
    store.set({ agent: null });
    if (id !== "new") lastId = id;
    section.removeAttribute("aria-busy");
    if (id === null) showEmpty();
    else if (id === "new") openNew();
    else read(id);
  }

  function showEmpty() {
    fill(section, noAgent());
  }

  function openNew() {
    shown = showNew(section, {
      original,
      signal: reading.signal,
      onCancel: () => store.set({ agentId: lastId }),
      onCreated(created) {
        remember("agents", entry(created));
        store.set({ agentId: created.id });
      },
    });
    original = null;
  }

  async function read(id) {
    const { signal } = reading;
    showReading(section, TEXTS.reading, 6, reading, open);
    try {
      const answer = await call("getAgent", [id], { signal });
      if (!signal.aborted) show({ ...answer, archived_at: answer.archived_at ?? known(id)?.archived_at }, signal);
    } catch (error) {
      if (signal.aborted) return;
      fill(section, alone(errorBox(error, { retry: () => read(id) })));
    } finally {
      if (!signal.aborted) section.removeAttribute("aria-busy");
    }
  }

  const known = (id) => store.get("directory")?.agents.find((other) => other.id === id);

  function show(agent, signal) {
    onAgent(agent, signal);
    if (agent.archived_at) {
      shown = null;
      showArchived(section, agent, { onDuplicate });
    } else {
      shown = showAgent(section, agent, {
        signal, onDuplicate,
        onChanged: (changed) => onAgent(changed, signal),
        onArchived: (archived) => show(archived, signal),
      });
    }
  }

  // An answer can come when another agent is open already; it is still the newest that is known.
  function onAgent(agent, signal) {
    remember("agents", entry(agent));
    if (!signal.aborted) store.set({ agent });
  }

  return {
    /** Whether something was changed and not saved. */
    hasChanges: () => shown?.hasChanges() ?? false,
    focus: () => shown?.focus(),
    /** The next new agent starts as a copy of `agent`. */
    copyFrom(agent) { original = agent; },
    reload: open,
  };
}

const entry = ({ id, name, is_active, archived_at }) => ({ id, name, is_active, ...(archived_at ? { archived_at } : {}) });

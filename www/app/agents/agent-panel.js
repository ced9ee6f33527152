// Reads an agent and shows its form, its archived view, or the form for a new one.

import { showArchived } from "./agent-archived.js";
import { showAgent } from "./agent-edit.js";
import { showNew } from "./agent-new.js";
import { call } from "../client.js";
import { remember } from "../directory.js";
import { onChange, sharedName } from "../other-tabs.js";
import { fill } from "../elements/dom.js";
import { errorBox } from "../states/errors.js";
import { showReading } from "../states/reading.js";
import { alone, noAgent } from "../states/states.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/agents.js";
import { askToLeave } from "./unsaved.js";

export class AgentPanel {
  #section; #onDuplicate;
  #reading = new AbortController();
  /** The current view: `{ hasChanges(), focus(), lookAgain?(), discard?() }`, or null. */
  #shown = null;
  #original = null;
  #lastId = null;
  #looking = false;

  /** `onDuplicate(agent)` runs when a person duplicates an agent. */
  constructor(section, onDuplicate) {
    this.#section = section;
    this.#onDuplicate = onDuplicate;
    store.on(["agentId", "connection"], () => this.open());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#lookAgain(); });
    addEventListener("focus", () => this.#lookAgain());
    onChange(({ name, id }) => { if (id === store.get("agentId") && name === sharedName(store.get("connection"))) this.#lookAgain(); });
  }

  // Returning to the page fires both: it becomes visible, and gets the focus.
  async #lookAgain() {
    if (this.#looking) return;
    this.#looking = true;
    await this.#shown?.lookAgain?.();
    this.#looking = false;
  }

  /** Whether there are unsaved changes. */
  hasChanges = () => this.#shown?.hasChanges() ?? false;

  discard = () => this.#shown?.discard?.();

  focus = () => this.#shown?.focus();

  /** The next new agent starts as a copy of `agent`. */
  copyFrom(agent) { this.#original = agent; }

  open() {
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#shown = null;
    const id = store.get("agentId");
    store.set({ agent: null });
    this.#section.removeAttribute("aria-busy");
    if (id === "new") return this.#openNew();
    this.#lastId = id;
    if (id === null) fill(this.#section, noAgent());
    else this.#read(id);
  }

  #openNew() {
    this.#shown = showNew(this.#section, {
      original: this.#original,
      signal: this.#reading.signal,
      onCancel: async () => { if (await askToLeave()) store.set({ agentId: this.#lastId ?? store.get("directory")?.agents[0]?.id ?? null }); },
      onCreated(created) {
        remember("agents", entry(created));
        store.set({ agentId: created.id });
      },
    });
    this.#original = null;
  }

  async #read(id) {
    const section = this.#section;
    const { signal } = this.#reading;
    showReading(section, TEXTS.reading, 6, this.#reading, () => this.open());
    try {
      const answer = await call("getAgent", [id], { signal });
      if (!signal.aborted) this.#show({ ...answer, archived_at: answer.archived_at ?? known(id)?.archived_at }, signal);
    } catch (error) {
      if (!signal.aborted) fill(section, alone(errorBox(error, { retry: () => this.#read(id) })));
    } finally {
      if (!signal.aborted) section.removeAttribute("aria-busy");
    }
  }

  #show(agent, signal, unsaved) {
    const onDuplicate = this.#onDuplicate;
    learn(agent, signal);
    if (agent.archived_at) {
      this.#shown = null;
      showArchived(this.#section, agent, { onDuplicate, unsaved });
    } else {
      this.#shown = showAgent(this.#section, agent, {
        signal, onDuplicate,
        onChanged: (changed) => learn(changed, signal),
        onArchived: (archived, unsaved) => this.#show(archived, signal, unsaved),
      });
    }
  }
}

const known = (id) => store.get("directory")?.agents.find((other) => other.id === id);

// An answer may arrive when another agent is open; it is still the newest version.
function learn(agent, signal) {
  remember("agents", entry(agent));
  if (!signal.aborted) store.set({ agent });
}

const entry = ({ id, name, is_active, archived_at }) => ({ id, name, is_active, ...(archived_at ? { archived_at } : {}) });

// The calls of a contact, and their recordings.

import { createCallRow } from "./call-row.js";
import { refreshDirectory } from "../directory.js";
import { announce, fill, h, place } from "../elements/dom.js";
import { createFindForm } from "./find-recording.js";
import { onNewDay } from "../elements/ticker.js";
import { isRunning, rememberFound } from "./known-calls.js";
import { recordingOf } from "./recording.js";
import { stateBox } from "../states/states.js";
import { store } from "../store.js";
import * as texts from "../texts/calls.js";

const LOOK_AGAIN = 2_000;

/** `{ element, stop() }` for the calls of that contact. */
export const createCallsTab = (contactId) => new CallsTab(contactId);

class CallsTab {
  #contactId;
  #rows = new Map();
  /** Calls with other contacts that were opened here by their id. */
  #openedHere = new Set();
  #list = h("ul", { class: "calls" });
  #stopListening = [store.on(["directory"], () => this.#render()), onNewDay(() => this.#render())];
  #looking;

  constructor(contactId) {
    this.#contactId = contactId;
    const find = createFindForm({ label: texts.byId, onFound: (found) => this.#show(found) });
    this.element = h("div", { class: "calls-tab" }, this.#list, find.element);
    this.#render();
  }

  stop() {
    for (const stop of this.#stopListening) stop();
    clearTimeout(this.#looking);
    for (const row of this.#rows.values()) row.stop();
  }

  #render() {
    const { calls = [], isSandbox } = store.get("directory") ?? {};
    const mine = calls.filter((entry) => entry.contact_id === this.#contactId || this.#openedHere.has(entry.call_id));
    // The sandbox reports the progress of a call; the API itself has no operation for that.
    clearTimeout(this.#looking);
    if (isSandbox && mine.some(isRunning)) this.#lookLater();
    this.#dropRows(new Set(mine.map(({ call_id }) => call_id)));
    for (const entry of mine) this.#rowOf(entry).update(entry);
    if (mine.length === 0) fill(this.#list, emptyRow());
    else place(this.#list, newestFirst(mine).map((entry) => this.#rowOf(entry).element));
  }

  #rowOf(entry) {
    const id = entry.call_id;
    if (!this.#rows.has(id)) this.#rows.set(id, createCallRow(entry, { ...this.#namesOf(entry), onFound: (found) => this.#show(found, entry) }));
    return this.#rows.get(id);
  }

  #dropRows(wanted) {
    for (const [id, row] of this.#rows) {
      if (wanted.has(id)) continue;
      row.stop();
      this.#rows.delete(id);
    }
  }

  #namesOf({ agent_id, agent_name, contact_id }) {
    const { agents, contacts } = store.get("directory");
    const other = contact_id !== this.#contactId && contacts.find(({ id }) => id === contact_id);
    return {
      agentName: agents.find(({ id }) => id === agent_id)?.name || agent_name,
      otherName: other && (other.name || other.phone || other.id),
    };
  }

  /** Shows a recording that was found by an id; `entry` is its call, if that had no id so far. */
  #show(found, entry) {
    this.#openedHere.add(found.call_id);
    rememberFound(found, this.#contactId, entry);
    this.#render();
    const row = this.#rows.get(found.call_id);
    row.show(recordingOf(found, document.baseURI));
    row.element.scrollIntoView({ block: "nearest" });
    const { otherName } = this.#namesOf(store.get("directory").calls.find(({ call_id }) => call_id === found.call_id));
    announce(otherName ? texts.foundElsewhere(otherName) : texts.found);
  }

  #lookLater() {
    this.#looking = setTimeout(() => {
      if (document.hidden || this.element.closest("[hidden]")) this.#lookLater();
      else refreshDirectory();
    }, LOOK_AGAIN);
  }
}

const emptyRow = () => h("li", { class: "alone" }, stateBox({ title: texts.empty, text: texts.emptyHow }));

const newestFirst = (entries) =>
  [...entries].reverse().sort((a, b) => (Date.parse(b.started_at) || 0) - (Date.parse(a.started_at) || 0));

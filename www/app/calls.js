// The calls of a contact, and their recordings.

import { createCallRow } from "./call-row.js";
import { refreshDirectory } from "./directory.js";
import { announce, fill, h, place } from "./dom.js";
import { createFindForm } from "./find-recording.js";
import { isRunning, rememberFound } from "./known-calls.js";
import { recordingOf } from "./recording.js";
import { store } from "./store.js";
import { calls as texts } from "./texts.js";

const LOOK_AGAIN = 2_000;

export function createCallsTab(contactId) {
  const rows = new Map();
  /** Calls with somebody else that a person opened here by their id. */
  const openedHere = new Set();
  const list = h("ul", { class: "calls" });
  const find = createFindForm({ label: texts.byId, onFound: show });
  const element = h("div", { class: "calls-tab" }, list, find.element);
  let looking;

  function render() {
    const { calls = [], isSandbox } = store.get("directory") ?? {};
    const mine = calls.filter((entry) => entry.contact_id === contactId || openedHere.has(entry.call_id));
    // The sandbox tells how a running call goes on; the API itself has no operation for that.
    clearTimeout(looking);
    if (isSandbox && mine.some(isRunning)) looking = setTimeout(look, LOOK_AGAIN);
    for (const entry of mine) {
      if (!rows.has(entry.call_id)) rows.set(entry.call_id, createCallRow(entry, namesOf(entry)));
      rows.get(entry.call_id).update(entry);
    }
    for (const [id, row] of rows) if (!mine.some(({ call_id }) => call_id === id)) { row.stop(); rows.delete(id); }
    if (mine.length === 0) fill(list, emptyRow());
    else place(list, newestFirst(mine).map((entry) => rows.get(entry.call_id).element));
  }

  function namesOf({ agent_id, agent_name, contact_id }) {
    const { agents, contacts } = store.get("directory");
    const other = contact_id !== contactId && contacts.find(({ id }) => id === contact_id);
    return {
      agentName: agents.find(({ id }) => id === agent_id)?.name || agent_name,
      otherName: other && (other.name || other.phone || other.id),
      onFound: show,
    };
  }

  /** Shows the recording that a person found by an id; `entry` is the call without an id that it is of. */
  function show(found, entry) {
    openedHere.add(found.call_id);
    rememberFound(found, contactId, entry);
    render();
    const row = rows.get(found.call_id);
    row.show(recordingOf(found, document.baseURI));
    row.element.scrollIntoView({ block: "nearest" });
    const { otherName } = namesOf(store.get("directory").calls.find(({ call_id }) => call_id === found.call_id));
    announce(otherName ? texts.foundElsewhere(otherName) : texts.found);
  }

  function look() {
    if (document.hidden || element.closest("[hidden]")) looking = setTimeout(look, LOOK_AGAIN);
    else refreshDirectory();
  }

  render();
  const stopListening = store.on(["directory"], render);
  return {
    element,
    stop() {
      stopListening();
      clearTimeout(looking);
      for (const row of rows.values()) row.stop();
    },
  };
}

const emptyRow = () => h("li", { class: "empty" }, h("p", { class: "empty-title" }, texts.empty), h("p", null, texts.emptyHow));

const newestFirst = (entries) =>
  [...entries].reverse().sort((a, b) => (Date.parse(b.started_at) || 0) - (Date.parse(a.started_at) || 0));

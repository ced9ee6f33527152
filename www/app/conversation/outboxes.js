// The outboxes of all contacts, for as long as this tab lives: leaving a conversation, or loading
// the page again, loses nothing of what was written.

import { call } from "../client.js";
import { readJson, tabStore, write } from "../connection.js";
import { announce } from "../elements/dom.js";
import { Outbox } from "./outbox.js";
import { store } from "../store.js";
import { conversation as TEXTS } from "../texts.js";

const storageName = () => `centerfy-demo:outbox:${store.get("connection")?.baseUrl}`;

const listeners = new Set();
/** Runs `listener` after each change of any of them; gives the function that ends that. */
export function onOutboxes(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let outboxes = new Map();
let drafts = new Map();
let kept = {};
store.on(["connection"], () => {
  outboxes = new Map();
  drafts = new Map();
  kept = readJson(tabStore, storageName()) ?? {};
});

for (const type of ["pagehide", "pageshow"]) {
  addEventListener(type, () => { for (const outbox of outboxes.values()) outbox.pause(type === "pagehide"); });
}

/** The outbox of one contact. */
export function outboxOf(contactId) {
  if (!outboxes.has(contactId)) {
    const mine = outboxes;
    outboxes.set(contactId, new Outbox({
      send: (entry) => send(contactId, entry),
      save: () => { if (mine === outboxes) save(contactId); },
      kept: kept[contactId],
    }));
  }
  return outboxes.get(contactId);
}

/** What was begun to be written to one contact, between two visits. */
export const draftOf = {
  get: (contactId) => drafts.get(contactId),
  set: (contactId, draft) => drafts.set(contactId, draft),
};

/** The known contacts but `contactId` to whom something did not go out, or may not have. */
export function troubles(contactId) {
  const known = store.get("directory")?.contacts.map(({ id }) => id) ?? [];
  return known.filter((id) => id !== contactId && (outboxes.has(id) || kept[id])
    && outboxOf(id).entries.some(({ state }) => !["waiting", "sending"].includes(state)));
}

export const nameOf = (contactId) =>
  store.get("directory")?.contacts.find(({ id }) => id === contactId)?.name || TEXTS.nobody;

// A proxy takes the same key for each try of one message, and never sends it twice.
async function send(contactId, { key, request }) {
  const options = store.get("connection")?.kind === "proxy" ? { idempotencyKey: key } : {};
  try {
    return await call("sendMessage", [request], options);
  } catch (error) {
    if (outboxOf(contactId).watcher === null) announce(TEXTS.troubleWith(nameOf(contactId)));
    throw error;
  }
}

function save(contactId) {
  const outbox = outboxes.get(contactId).toJSON();
  kept = { ...kept, [contactId]: outbox };
  if (outbox.entries.length === 0) delete kept[contactId];
  write(tabStore, storageName(), Object.keys(kept).length > 0 ? JSON.stringify(kept) : null);
  for (const listener of listeners) listener();
}

// The outboxes and drafts of all contacts, for as long as this tab lives: leaving a conversation or a
// connection, or loading the page again, loses nothing of what was written.

import { log } from "../activity/activity-log.js";
import { hasUnsaved } from "../agents/unsaved.js";
import { call, untilFree } from "../client.js";
import { readJson, tabNames, tabStore, write } from "../connection.js";
import { announce } from "../elements/dom.js";
import { Outbox } from "./outbox.js";
import { store } from "../store.js";
import { copied } from "../tab.js";
import { conversation as TEXTS } from "../texts.js";

const OUTBOX = "centerfy-demo:outbox:";
const DRAFTS = "centerfy-demo:drafts:";

/** The names under which this tab keeps what was written. */
export const namesOfOutboxes = () => tabNames([OUTBOX, DRAFTS]);

const listeners = new Set();
/** Runs `listener` after each change of any of them; gives the function that ends that. */
export function onOutboxes(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was written with one connection. `kept` is as the storage has it. */
class Written {
  outboxes = new Map();
  #baseUrl; #kept; #drafts;

  constructor(baseUrl) {
    this.#baseUrl = baseUrl;
    this.#kept = readJson(tabStore, OUTBOX + baseUrl) ?? {};
    this.#drafts = readJson(tabStore, DRAFTS + baseUrl) ?? {};
  }

  outbox(contactId) {
    if (!this.outboxes.has(contactId)) {
      this.outboxes.set(contactId, new Outbox({
        send: (entry, options) => send(contactId, entry, options),
        save: () => this.#save(contactId),
        kept: this.#kept[contactId],
      }));
    }
    return this.outboxes.get(contactId);
  }

  has = (contactId) => this.outboxes.has(contactId) || Boolean(this.#kept[contactId]);

  draft = (contactId) => this.#drafts[contactId];

  /** Whether something begun is nowhere but in this tab. */
  get hasDrafts() {
    return Object.values(this.#drafts).some(({ request }) => request.content);
  }

  keepDraft(contactId, draft) {
    this.#drafts = { ...this.#drafts, [contactId]: draft };
    const begun = Object.entries(this.#drafts).filter(([, { request, answering }]) => request.content || answering);
    write(tabStore, DRAFTS + this.#baseUrl, begun.length > 0 ? JSON.stringify(Object.fromEntries(begun)) : null);
  }

  #save(contactId) {
    const outbox = this.outboxes.get(contactId).toJSON();
    this.#kept = { ...this.#kept, [contactId]: outbox };
    if (outbox.entries.length === 0) delete this.#kept[contactId];
    write(tabStore, OUTBOX + this.#baseUrl, Object.keys(this.#kept).length > 0 ? JSON.stringify(this.#kept) : null);
    for (const listener of listeners) listener();
  }
}

// A connection that one comes back to has what was going on with it.
const byBaseUrl = new Map();
let written = null;
store.on(["connection"], ({ connection: { baseUrl } }) => {
  // What waits was written for the connection before, and must not go out with this one.
  for (const outbox of written?.outboxes.values() ?? []) outbox.halt();
  if (!byBaseUrl.has(baseUrl)) byBaseUrl.set(baseUrl, new Written(baseUrl));
  written = byBaseUrl.get(baseUrl);
  for (const outbox of written.outboxes.values()) outbox.pause(false);
});

for (const type of ["pagehide", "pageshow"]) {
  addEventListener(type, () => { for (const outbox of written?.outboxes.values() ?? []) outbox.pause(type === "pagehide"); });
}

/** Whether something is to be sent yet. */
export const isSending = () => [...written?.outboxes.values() ?? []].some(({ isPending }) => isPending);

// Closing the tab would lose it. What was begun is there again after loading the page again, which
// browsers do not tell apart.
addEventListener("beforeunload", (event) => {
  if (hasUnsaved() || isSending() || [...byBaseUrl.values()].some(({ hasDrafts }) => hasDrafts)) event.preventDefault();
});

/** The outbox of one contact. */
export const outboxOf = (contactId) => written.outbox(contactId);

/** What was begun to be written to one contact, with the connection of this moment. */
export function draftOf(contactId) {
  const mine = written;
  return { get: () => mine.draft(contactId), set: (draft) => mine.keepDraft(contactId, draft) };
}

/** In how many milliseconds a message can go out; 0 for at once. */
export const sendsIn = () => log.limit.freeIn(Date.now());

/** Whether this tab is a copy, and the tab before it was sending something to the contact. */
export const isLeftToOther = (contactId) => {
  const before = copied?.[OUTBOX + store.get("connection")?.baseUrl];
  return (before?.[contactId]?.entries ?? []).some(({ state }) => ["waiting", "queued", "sending"].includes(state));
};

/** The known contacts but `contactId` to whom something did not go out, or may not have. */
export function troubles(contactId) {
  const known = store.get("directory")?.contacts.map(({ id }) => id) ?? [];
  return known.filter((id) => id !== contactId && written.has(id)
    && outboxOf(id).entries.some(({ state }) => ["failed", "maybe", "absent"].includes(state)));
}

export const nameOf = (contactId) =>
  store.get("directory")?.contacts.find(({ id }) => id === contactId)?.name || TEXTS.nobody;

// A proxy takes the same key for each try of one message, and never sends it twice. The wait for the
// limit is no part of the call's own time.
async function send(contactId, { key, request }, { signal, ...events }) {
  const options = store.get("connection")?.kind === "proxy" ? { idempotencyKey: key, signal } : { signal };
  await untilFree("sendMessage", 0, signal);
  try {
    return await call("sendMessage", [request], options, events);
  } catch (error) {
    if (!signal.aborted && outboxOf(contactId).watcher === null) announce(TEXTS.troubleWith(nameOf(contactId)));
    throw error;
  }
}

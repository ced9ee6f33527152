// The outboxes and drafts of all contacts, for the lifetime of this tab: neither another conversation
// or connection nor a reload loses what was written.

import { log } from "../activity/activity-log.js";
import { NEW_AGENT } from "../agents/agent-draft.js";
import { hasUnsaved } from "../agents/unsaved.js";
import { call, untilFree } from "../client.js";
import { readJson, tabNames, tabStore, write } from "../connection.js";
import { announce } from "../elements/dom.js";
import { Outbox } from "./outbox.js";
import { store } from "../store.js";
import { copied } from "../tab.js";
import * as TEXTS from "../texts/conversation.js";

const OUTBOX = "centerfy-demo:outbox:";
const DRAFTS = "centerfy-demo:drafts:";

/** The names in this tab's storage of drafts and outboxes. */
export const namesOfOutboxes = () => tabNames([OUTBOX, DRAFTS, NEW_AGENT]);

const listeners = new Set();
/** Runs `listener` after each change of any outbox; returns a function that stops it. */
export function onOutboxes(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The outboxes and drafts of one connection. `kept` is the stored form. */
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

  /** Whether this tab has a draft. */
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

// Returning to a connection restores its outboxes and drafts.
const byBaseUrl = new Map();
let written = null;
store.on(["connection"], ({ connection: { baseUrl } }) => {
  // Queued messages were written for the previous connection, and must not be sent with this one.
  for (const outbox of written?.outboxes.values() ?? []) outbox.halt();
  if (!byBaseUrl.has(baseUrl)) byBaseUrl.set(baseUrl, new Written(baseUrl));
  written = byBaseUrl.get(baseUrl);
  for (const outbox of written.outboxes.values()) outbox.pause(false);
});

for (const type of ["pagehide", "pageshow"]) {
  addEventListener(type, () => { for (const outbox of written?.outboxes.values() ?? []) outbox.pause(type === "pagehide"); });
}

/** Whether a message is still to be sent. */
export const isSending = () => [...written?.outboxes.values() ?? []].some(({ isPending }) => isPending);

// Closing the tab would lose it. A reload restores drafts, but browsers do not distinguish it from
// closing.
addEventListener("beforeunload", (event) => {
  if (hasUnsaved() || isSending() || [...byBaseUrl.values()].some(({ hasDrafts }) => hasDrafts)) event.preventDefault();
});

/** The outbox of one contact. */
export const outboxOf = (contactId) => written.outbox(contactId);

/** The draft for one contact, with the current connection. */
export function draftOf(contactId) {
  const mine = written;
  return { get: () => mine.draft(contactId), set: (draft) => mine.keepDraft(contactId, draft) };
}

/** Milliseconds until a message can be sent; 0 for immediately. */
export const sendsIn = () => log.limit.freeIn(Date.now());

/** Whether this tab is a copy of one that was sending a message to the contact; true only once. */
export function takeLeftToOther(contactId) {
  const before = copied?.[OUTBOX + store.get("connection").baseUrl] ?? {};
  const { entries = [] } = before[contactId] ?? {};
  delete before[contactId];
  return entries.some(({ state }) => ["waiting", "queued", "sending"].includes(state));
}

/** The other known contacts with a message that was not sent, or may not have been. */
export function troubles(contactId) {
  const known = store.get("directory")?.contacts.map(({ id }) => id) ?? [];
  return known.filter((id) => id !== contactId && written.has(id)
    && outboxOf(id).entries.some(({ state }) => ["failed", "maybe", "absent"].includes(state)));
}

export const nameOf = (contactId) =>
  store.get("directory")?.contacts.find(({ id }) => id === contactId)?.name || TEXTS.nobody;

// A proxy gets the same idempotency key for each attempt of a message, and never sends it twice. The
// call's timeout does not include the wait for the rate limit.
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

// Checks, slowly and one after another, whether other known contacts wrote. They are marked in the
// list and counted in the title. Each check is a request, which the activity panel shows.

import { log } from "../activity/activity-log.js";
import { REQUESTS } from "../activity/limit.js";
import { call } from "../client.js";
import { lacksKey, localStore, readJson, tabStore, write } from "../connection.js";
import { announce } from "../elements/dom.js";
import { ownerOf } from "../known/known-storage.js";
import { nameOf } from "./outboxes.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/conversation.js";

/** Milliseconds between two checks: three of the minute's 60 requests. */
const PAUSE = 20_000;
/** The maximum number of checks that are skipped after failures. */
const LONGEST_REST = 15;
/** If this share of the rate limit is used, the rest is for a person's actions. */
const MOST_USED = 0.5;
/** How many contacts are checked in turn. */
const MOST_CONTACTS = 30;
/** How many messages a check reads: an agent may have replied, so the newest alone is not enough. */
const MESSAGES = 5;

/** By contact, the newest message that was shown or found first, and whether the contact wrote since: `{ id, timestamp, unread }`. */
let seen = {};
/** The known contacts at the last look at the list. */
let listed = [];
let looked = new Set();
let failures = 0;
let rest = 0;

export function startUnread() {
  store.on(["directory", "contactId"], publish);
  addEventListener("storage", ({ key }) => { if (store.get("directory") && key === storageName()) load(); });
  setInterval(look, PAUSE);
}

/** Marks the contact's conversation as shown up to `newest`. */
export function markSeen(contactId, newest) {
  note(contactId, newest, false);
}

const storageName = () => `centerfy-demo:seen:${Object.values(ownerOf(store.get("connection"))).join(" ")}`;
// Nothing about the sandbox is stored in this browser.
const storage = () => (store.get("directory").isSandbox ? tabStore : localStore);

let loadedFor = null;
function load() {
  loadedFor = store.get("connection");
  listed = [];
  seen = readJson(storage(), storageName()) ?? {};
  publish();
}

function publish() {
  const directory = store.get("directory");
  if (!directory) return;
  if (loadedFor !== store.get("connection")) return load();
  const known = directory.contacts.map(({ id }) => id);
  // Forgotten contacts lose their marks, too. A list that could not be read forgets none.
  const forgotten = listed.filter((id) => !known.includes(id));
  listed = known;
  if (forgotten.length > 0) keep(Object.fromEntries(Object.entries(seen).filter(([id]) => known.length > 0 && !forgotten.includes(id))));
  const unread = known.filter((id) => seen[id]?.unread && id !== store.get("contactId"));
  if (unread.join() !== [...store.get("unread")].join()) store.set({ unread: new Set(unread) });
}

async function look() {
  if (!store.get("live") || !store.get("directory") || lacksKey(store.get("connection"))) return;
  if (rest > 0) return void (rest -= 1);
  const { used, waiting } = log.limit.read(Date.now());
  const id = navigator.onLine && waiting === 0 && used < REQUESTS * MOST_USED ? next() : undefined;
  if (id === undefined) return;
  const connection = store.get("connection");
  looked.add(id);
  try {
    const { messages } = await call("getContactMessages", [id, { limit: MESSAGES }], { maxRetries: 0 }, { background: true });
    failures = 0;
    if (connection === store.get("connection") && id !== store.get("contactId")) compare(id, messages);
  } catch {
    failures += 1;
    rest = Math.min(2 ** failures, LONGEST_REST);
  }
}

/** The contact that was checked longest ago. */
function next() {
  const ids = store.get("directory").contacts.map(({ id }) => id).filter((id) => id !== store.get("contactId")).slice(0, MOST_CONTACTS);
  if (ids.every((id) => looked.has(id))) looked = new Set();
  return ids.find((id) => !looked.has(id));
}

function compare(id, messages) {
  const before = seen[id];
  // At the first check all messages count as read.
  if (!before) return note(id, messages[0], false);
  const place = messages.findIndex((message) => message.id === before.id);
  const since = place < 0 ? messages.filter(({ timestamp }) => !(Date.parse(timestamp) < Date.parse(before.timestamp))) : messages.slice(0, place);
  if (before.unread || !since.some(({ sender_type }) => sender_type === "contact")) return;
  note(id, before, true);
  announce(TEXTS.wroteElsewhere(nameOf(id)));
}

function note(contactId, newest, unread) {
  const now = { id: newest?.id, timestamp: newest?.timestamp, unread };
  if (JSON.stringify(seen[contactId]) === JSON.stringify(now)) return;
  keep({ ...seen, [contactId]: now });
  publish();
}

function keep(now) {
  seen = now;
  write(storage(), storageName(), Object.keys(now).length > 0 ? JSON.stringify(now) : null);
}

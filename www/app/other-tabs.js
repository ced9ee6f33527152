// Tabs of this browser that use the same key at the same address: they share the count of requests,
// and report their changes to each other.

import { localStore, readJson, write } from "./connection.js";

/** Names what such tabs share. It has a digest of the key, since the key is never stored. */
export function sharedName({ baseUrl, apiKey = "" }) {
  let digest = 0;
  for (const character of apiKey) digest = (Math.imul(digest, 31) + character.codePointAt(0)) | 0;
  return `${baseUrl} ${digest}`;
}

const SENT = "centerfy-demo:sent:";
/** The times of the last requests of all tabs, or null if this browser stores nothing. */
export const readSent = (name) => readJson(localStore, SENT + name);
export const writeSent = (name, times) => write(localStore, SENT + name, JSON.stringify(times));
/** Runs `listener(name)` when another tab sent a request. */
export const onSent = (listener) => addEventListener("storage", ({ key }) => {
  if (key?.startsWith(SENT)) listener(key.slice(SENT.length));
});

const channel = new BroadcastChannel("centerfy-demo:changes");
/** Reports to the other tabs that `operation` changed the entity `id`. */
export const reportChange = (name, operation, id) => channel.postMessage({ name, operation, id });
/** Runs `listener({ name, operation, id })` when another tab changed something. */
export const onChange = (listener) => channel.addEventListener("message", ({ data }) => listener(data));

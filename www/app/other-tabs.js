// Tabs of this browser that use the same key at the same address: they share the count of requests,
// and report their changes to each other.

import { localStore, readJson, write } from "./connection.js";

/** Names what such tabs share. It has a digest of the key, since the key is never stored. */
export function sharedName({ baseUrl, apiKey = "" }) {
  let digest = 0;
  for (const character of apiKey) digest = (Math.imul(digest, 31) + character.codePointAt(0)) | 0;
  return `${baseUrl} ${digest}`;
}

const SENT = "centerfy-demo:sent";
const everySent = () => readJson(localStore, SENT) ?? {};
/** The times of the last requests of all tabs, or undefined if none are stored. */
export const readSent = (name) => everySent()[name];
/** Stores them, and removes those of other names that are older than `ms`. */
export function writeSent(name, times, ms) {
  const now = times.at(-1);
  const others = Object.entries(everySent()).filter(([, sent]) => now - sent.at(-1) < ms);
  write(localStore, SENT, JSON.stringify({ ...Object.fromEntries(others), [name]: times }));
}
/** Runs `listener` when another tab sent a request. */
export const onSent = (listener) => addEventListener("storage", ({ key }) => { if (key === SENT) listener(); });

const channel = new BroadcastChannel("centerfy-demo:changes");
/** Reports to the other tabs that `operation` changed the entity `id`. */
export const reportChange = (name, operation, id) => channel.postMessage({ name, operation, id });
/** Runs `listener({ name, operation, id })` when another tab changed something. */
export const onChange = (listener) => channel.addEventListener("message", ({ data }) => listener(data));

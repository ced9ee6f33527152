// Messages to one contact that are not in the conversation yet: queued, in flight, failed, or with an
// unknown outcome. It uses neither elements nor the client.

import { randomId } from "../connection.js";
import { asText } from "../elements/format.js";

/**
 * - `waiting`: for the previous message. `queued`: at the rate limit. `sending`: in flight.
 * - `failed`: it was not sent; `isCanceled` if a person canceled it, `isBehind` if the message before it was not sent.
 * - `maybe`: no answer arrived, so it may have been delivered. `absent`: checked, and not found.
 */
export const UNSURE = ["maybe", "absent"];
/** The states of messages that will be sent. */
const PENDING = ["waiting", "queued"];

export class Outbox {
  /** In the order of writing: `{ key, request, answering, at, state, error, looked, after, mark }`; `at` is when it was written. */
  entries;
  /** `{ changed(), sent(entry, answer), failed(entry), arrived(entries), idle() }` of the panel that shows it. */
  watcher = null;
  #claimed;
  #send;
  #save;
  #running = false;
  #current;
  #paused = false;
  #stop = new AbortController();

  /**
   * `send(entry, { signal, onWire, onHeld })` sends one request. It runs `onWire` when the request is
   * sent, and `onHeld` when the API rejected it with 429 and it will be retried. `save()` stores
   * `toJSON()`; `kept` is what an earlier page stored.
   */
  constructor({ send, save, kept }) {
    this.#send = send;
    this.#save = save;
    this.entries = (kept?.entries ?? []).map(afterReload);
    this.#claimed = new Set(kept?.claimed);
  }

  toJSON() {
    return { entries: this.entries, claimed: [...this.#claimed].slice(-50) };
  }

  /** Sends `request`; `mark` is the conversation's state before (`Conversation.mark`). */
  add({ request, answering }, mark) {
    const entry = { key: randomId(), request, answering, ...fresh(mark) };
    this.entries.push(entry);
    this.#run();
    return entry;
  }

  /** Sends an entry again, on a person's request. */
  again(entry, mark) {
    Object.assign(entry, { error: undefined, looked: undefined, isCanceled: undefined, isBehind: undefined, ...fresh(mark) });
    // It is the newest now.
    this.entries = [...this.entries.filter((other) => other !== entry), entry];
    this.#run();
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    this.#change();
  }

  /** Cancels an entry that is not sent yet. */
  cancel(entry) {
    if (entry.state === "queued") this.#stop.abort();
    if (!PENDING.includes(entry.state)) return;
    Object.assign(entry, { state: "failed", isCanceled: true });
    this.#change();
  }

  /** Whether an entry is still to be sent. */
  get isPending() {
    return this.entries.some(({ state }) => state === "sending" || PENDING.includes(state));
  }

  /** The page changes the connection: unsent entries stay here until a person sends them again. */
  halt() {
    this.#paused = true;
    this.#stop.abort();
    this.entries = this.entries.map((entry) => (PENDING.includes(entry.state) ? Object.assign(entry, { state: "failed" }) : entry));
    this.#save();
  }

  /** A check did not find `entry`. */
  notFound(entry, at) {
    Object.assign(entry, { state: "absent", looked: at });
    this.#change();
  }

  /** Removes entries with an unknown outcome that are among `messages` now. */
  reconcile(messages) {
    // Of two equal messages, the one in flight may be the one that arrived.
    if (this.#running) return [];
    const arrivals = this.#arrivals(messages, UNSURE);
    if (arrivals.size === 0) return [];
    for (const [entry, message] of arrivals) this.#settle(entry, message.id);
    this.#change();
    const found = [...arrivals.keys()];
    this.watcher?.arrived(found);
    return found;
  }

  /** The entries to show with `messages`, without those that arrived before their answer. */
  shown(messages) {
    const already = this.#arrivals(messages, ["sending"]);
    return this.entries.filter((entry) => !already.has(entry));
  }

  get busy() {
    return this.#running;
  }

  /** Resolves when nothing is in flight. */
  async idle() {
    while (this.#running) await this.#current;
  }

  /** Sends nothing more while the page unloads. */
  pause(paused) {
    this.#paused = paused;
    if (!paused) this.#run();
  }

  // One after another, so that they arrive in the order of writing.
  async #run() {
    this.#change();
    if (this.#running) return;
    this.#running = true;
    for (let entry; !this.#paused && (entry = this.entries.find(({ state }) => state === "waiting"));) {
      entry.state = "queued";
      this.#stop = new AbortController();
      this.#current = this.#deliver(entry);
      await this.#current;
    }
    this.#running = false;
    this.watcher?.idle();
  }

  async #deliver(entry) {
    let answer;
    const { signal } = this.#stop;
    try {
      const sending = this.#send(entry, { signal, onWire: () => this.#move(entry, "queued", "sending"), onHeld: () => this.#move(entry, "sending", "queued") });
      // If a request is free, it was sent already.
      if (entry.state === "queued") this.#change();
      answer = await sending;
    } catch (error) {
      // It was canceled, or the page unloads, and its state says so.
      if (signal.aborted && entry.state === "failed") return;
      // The API did not take it, and says when it can be sent: it stays the next one.
      if (error?.code === "rate_limited" && !error.maybeDelivered) return this.#move(entry, entry.state, "waiting");
      Object.assign(entry, { state: error?.maybeDelivered ? "maybe" : "failed", error: keepable(error) });
      if (entry.state === "failed") this.#stopBehind(entry);
      this.#change();
      this.watcher?.failed(entry);
      return;
    }
    this.#settle(entry, answer.message_id);
    this.watcher?.sent(entry, answer);
    this.#change();
  }

  // What was written after an unsent message may depend on it, so a person decides.
  #stopBehind(entry) {
    for (const later of this.entries.slice(this.entries.indexOf(entry))) {
      if (later.state === "waiting") Object.assign(later, { state: "failed", isBehind: true });
    }
  }

  #move(entry, from, to) {
    if (entry.state !== from) return;
    entry.state = to;
    this.#change();
  }

  // It is the message `id` now; later entries stay behind it.
  #settle(entry, id) {
    const place = this.entries.indexOf(entry);
    for (const later of this.entries.slice(place + 1)) later.after.push(id);
    this.#claimed.add(id);
    this.entries = this.entries.filter((other) => other !== entry);
  }

  #change() {
    this.#save();
    this.watcher?.changed();
  }

  /** Maps each entry in one of `states` to its message, if that can be determined. */
  #arrivals(messages, states) {
    const free = messages.filter(({ id, sender_type }) => sender_type !== "contact" && !this.#claimed.has(id)).reverse();
    const arrivals = new Map();
    // The text that an agent writes is unknown, so entries with a known text are matched first.
    const entries = this.entries.filter(({ state }) => states.includes(state))
      .sort((a, b) => Number(a.request.ai) - Number(b.request.ai));
    for (const entry of entries) {
      const place = free.findIndex((message) => isSame(entry, message));
      if (place >= 0) arrivals.set(entry, ...free.splice(place, 1));
    }
    return arrivals;
  }
}

// The server's clock decides what is newer, since this machine's may be wrong.
function isSame({ request, mark }, message) {
  if (message.message_type !== request.channel || mark.seen.includes(message.id)) return false;
  if (mark.since && Date.parse(message.timestamp) < Date.parse(mark.since)) return false;
  return request.ai || plain(message.content) === plain(request.content);
}

const fresh = (mark) => ({ state: "waiting", at: Date.now(), mark, after: [mark.newest].filter(Boolean) });

const plain = (text) => asText(text).replace(/\s+/g, " ").trim();

// The page was closed while it was in flight.
function afterReload(entry) {
  if (entry.state === "sending") return { ...entry, state: "maybe" };
  return PENDING.includes(entry.state) ? { ...entry, state: "failed" } : entry;
}

// An error's facts are stored across a reload, the error itself is not.
function keepable(error) {
  const { code, field, status, attempts, requestId, operation, maybeDelivered, message, body, isOffline } = error ?? {};
  return { code, field, status, attempts, requestId, operation, maybeDelivered, message, body, isOffline };
}

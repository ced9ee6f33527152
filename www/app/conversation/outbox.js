// What was written to one contact and is not in the conversation yet: on its way, failed, or nobody
// knows. Knows neither elements nor the client.

import { randomId } from "../connection.js";
import { asText } from "../elements/format.js";

/**
 * - `waiting`: for the message before it. `queued`: for a free request. `sending`: on its way.
 * - `failed`: it never went out; `isCanceled` where a person canceled it.
 * - `maybe`: no answer came, so it may have been delivered. `absent`: looked for, and not found.
 */
export const UNSURE = ["maybe", "absent"];
/** Not sent yet, and to be sent. */
const PENDING = ["waiting", "queued"];

export class Outbox {
  /** In the order in which they were written: `{ key, request, answering, state, error, looked, after, mark }`. */
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
   * `send(entry, { signal, onWire, onHeld })` asks the API once. It runs `onWire` when the request goes
   * out, and `onHeld` when the API refused it for now and it goes out again later;
   * `save()` keeps `toJSON()`; `kept` is what an earlier page kept.
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

  /** Sends `request`; `mark` says what of the conversation was there before (`Conversation.mark`). */
  add({ request, answering }, mark) {
    const entry = { key: randomId(), request, answering, state: "waiting", mark, after: [mark.newest].filter(Boolean) };
    this.entries.push(entry);
    this.#run();
    return entry;
  }

  /** Sends an entry again: a person decided so. */
  again(entry, mark) {
    Object.assign(entry, { state: "waiting", error: undefined, looked: undefined, isCanceled: undefined, mark, after: [mark.newest].filter(Boolean) });
    // It is the newest now.
    this.entries = [...this.entries.filter((other) => other !== entry), entry];
    this.#run();
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    this.#change();
  }

  /** Keeps an entry from going out, unless it has. */
  cancel(entry) {
    if (entry.state === "queued") this.#stop.abort();
    if (!PENDING.includes(entry.state)) return;
    Object.assign(entry, { state: "failed", isCanceled: true });
    this.#change();
  }

  /** Whether something is to go out yet. */
  get isPending() {
    return this.entries.some(({ state }) => state === "sending" || PENDING.includes(state));
  }

  /** The page leaves the connection: what did not go out stays here, not sent, until a person sends it again. */
  halt() {
    this.#paused = true;
    this.#stop.abort();
    this.entries = this.entries.map((entry) => (PENDING.includes(entry.state) ? Object.assign(entry, { state: "failed" }) : entry));
    this.#save();
  }

  /** Somebody looked for `entry` and did not find it. */
  notFound(entry, at) {
    Object.assign(entry, { state: "absent", looked: at });
    this.#change();
  }

  /** Takes those out of which nobody knew, and that are among `messages` now. */
  reconcile(messages) {
    // Of two alike, the one on its way could be the one that came.
    if (this.#running) return [];
    const arrivals = this.#arrivals(messages, UNSURE);
    if (arrivals.size === 0) return [];
    for (const [entry, message] of arrivals) this.#settle(entry, message.id);
    this.#change();
    const found = [...arrivals.keys()];
    this.watcher?.arrived(found);
    return found;
  }

  /** The entries to show beside `messages`: one that came in before its answer is there already. */
  shown(messages) {
    const already = this.#arrivals(messages, ["sending"]);
    return this.entries.filter((entry) => !already.has(entry));
  }

  get busy() {
    return this.#running;
  }

  /** Resolves when nothing is on its way. */
  async idle() {
    while (this.#running) await this.#current;
  }

  /** While the page is being left, nothing more goes out. */
  pause(paused) {
    this.#paused = paused;
    if (!paused) this.#run();
  }

  // One after the other, so that they arrive in the order in which they were written.
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
      // Where a request is free, it went out already.
      if (entry.state === "queued") this.#change();
      answer = await sending;
    } catch (error) {
      // A person canceled it, or the page left, and its state says so.
      if (signal.aborted && entry.state === "failed") return;
      Object.assign(entry, { state: error?.maybeDelivered ? "maybe" : "failed", error: keepable(error) });
      this.#change();
      this.watcher?.failed(entry);
      return;
    }
    this.#settle(entry, answer.message_id);
    this.watcher?.sent(entry, answer);
    this.#change();
  }

  #move(entry, from, to) {
    if (entry.state !== from) return;
    entry.state = to;
    this.#change();
  }

  // It is the message `id` now; what was written later stays behind it.
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

  /** Which message each entry in one of `states` has become, as far as that can be told. */
  #arrivals(messages, states) {
    const free = messages.filter(({ id, sender_type }) => sender_type !== "contact" && !this.#claimed.has(id)).reverse();
    const arrivals = new Map();
    // What an agent writes is not known before, so what is known word for word chooses first.
    const entries = this.entries.filter(({ state }) => states.includes(state))
      .sort((a, b) => Number(a.request.ai) - Number(b.request.ai));
    for (const entry of entries) {
      const place = free.findIndex((message) => isSame(entry, message));
      if (place >= 0) arrivals.set(entry, ...free.splice(place, 1));
    }
    return arrivals;
  }
}

// The server's clock decides what is newer: this machine's may be wrong.
function isSame({ request, mark }, message) {
  if (message.message_type !== request.channel || mark.seen.includes(message.id)) return false;
  if (mark.since && Date.parse(message.timestamp) < Date.parse(mark.since)) return false;
  return request.ai || plain(message.content) === plain(request.content);
}

const plain = (text) => asText(text).replace(/\s+/g, " ").trim();

// The page was closed in the middle.
function afterReload(entry) {
  if (entry.state === "sending") return { ...entry, state: "maybe" };
  return PENDING.includes(entry.state) ? { ...entry, state: "failed" } : entry;
}

// An error's facts outlive a reload, the error itself does not.
function keepable(error) {
  const { code, field, status, attempts, requestId, retryAfter, operation, maybeDelivered, message, body } = error ?? {};
  const until = retryAfter > 0 ? Date.now() + retryAfter * 1_000 : undefined;
  return { code, field, status, attempts, requestId, until, operation, maybeDelivered, message, body };
}

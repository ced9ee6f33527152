// How much of the API's rate limit this browser has used. The client reports its requests but not the
// state of its limiter, so this keeps the same count, over a sliding window of a minute. All tabs with
// the same key count together, also across reloads.

import { readSent, writeSent } from "../other-tabs.js";

/** The API's limit for one key. */
export const REQUESTS = 60;
/** The number of requests that background reads leave unused. */
export const FOR_PEOPLE = 6;
/** The limit's window, in milliseconds. */
export const WINDOW = 60_000;

export class LimitCount {
  #name;
  #sent = [];
  #waiting = [];
  #heldUntil = 0;

  /** Tabs share what they sent under the same `name`. */
  constructor(name) {
    this.#name = name;
    this.readAgain();
  }

  /** Reads the requests of other tabs. */
  readAgain() {
    this.#sent = readSent(this.#name) ?? this.#sent;
  }

  /** A request is queued; `name` identifies it. */
  queued(name) {
    this.#waiting.push(name);
  }

  sent(name, at) {
    this.left(name);
    this.readAgain();
    this.#forgetOld(at);
    this.#sent.push(at);
    writeSent(this.#name, this.#sent, WINDOW);
  }

  /** A request is no longer queued. */
  left(name) {
    const index = this.#waiting.indexOf(name);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** The API asked to wait until then (`Retry-After`). */
  hold(until) {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /** Milliseconds until a request can be sent that leaves `kept` unused; 0 for immediately. */
  freeIn(now, kept = 0) {
    this.#forgetOld(now);
    const first = this.#sent[this.#sent.length - REQUESTS + kept];
    return Math.max(0, this.#heldUntil - now, first === undefined ? 0 : first + WINDOW - now);
  }

  // A clock that was set back leaves requests of the future.
  #forgetOld(now) {
    this.#sent = this.#sent.filter((at) => at <= now && now - at < WINDOW);
  }

  /**
   * `{ used, waiting, heldFor, nextIn, changesIn }` at the time `now`: the numbers used and queued,
   * how long the API asked to wait, when the next slot is free, and when the count next changes.
   */
  read(now) {
    const nextIn = this.freeIn(now);
    const used = this.#sent.length;
    return {
      used,
      waiting: this.#waiting.length,
      heldFor: Math.max(0, this.#heldUntil - now),
      nextIn,
      changesIn: used > 0 ? this.#sent[0] + WINDOW - now : Infinity,
    };
  }
}

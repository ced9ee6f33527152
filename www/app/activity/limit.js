// How much of the API's rate limit this page has used. The client reports its requests but not the
// state of its limiter, so this keeps the same count, over a sliding window of a minute.

/** The API's limit for one key. */
export const REQUESTS = 60;
/** The number of requests that background reads leave unused. */
export const FOR_PEOPLE = 6;
const WINDOW = 60_000;

export class LimitCount {
  #sent = [];
  #waiting = [];
  #heldUntil = 0;

  /** A request is queued; `name` identifies it. */
  queued(name) {
    this.#waiting.push(name);
  }

  sent(name, at) {
    this.left(name);
    this.#sent.push(at);
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
    while (this.#sent.length > 0 && now - this.#sent[0] >= WINDOW) this.#sent.shift();
    const first = this.#sent[this.#sent.length - REQUESTS + kept];
    return Math.max(0, this.#heldUntil - now, first === undefined ? 0 : first + WINDOW - now);
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

// How much of the API's limit this page has used. The client tells of each request and not of its
// limiter, so this keeps the same count: no more than so many in any window of a minute.

/** The API's limit for one key. */
export const REQUESTS = 60;
/** Reads that no person waits for leave so many of them unused. */
export const FOR_PEOPLE = 6;
const WINDOW = 60_000;

export class LimitCount {
  #sent = [];
  #waiting = [];
  #heldUntil = 0;

  /** A request waits for its turn; `name` says which one. */
  queued(name) {
    this.#waiting.push(name);
  }

  sent(name, at) {
    this.left(name);
    this.#sent.push(at);
  }

  /** A request no longer waits. */
  left(name) {
    const index = this.#waiting.indexOf(name);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** The API asked everybody to wait until then. */
  hold(until) {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /** In how many milliseconds a request can be sent that leaves `kept` unused; 0 for at once. */
  freeIn(now, kept = 0) {
    while (this.#sent.length > 0 && now - this.#sent[0] >= WINDOW) this.#sent.shift();
    const first = this.#sent[this.#sent.length - REQUESTS + kept];
    return Math.max(0, this.#heldUntil - now, first === undefined ? 0 : first + WINDOW - now);
  }

  /**
   * `{ used, waiting, heldFor, nextIn, changesIn }` at the time `now`: how many are used and wait,
   * how long the API asked to wait, when the next place is free, and when the count changes by itself.
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

/** How long a request may take until it is sent to the API. */
import { now } from "../stores/clock.js";

/**
 * Milliseconds. A client gives up an attempt after 30 seconds by itself, so what did not reach the API by
 * then is answered sooner: nothing was sent, and when to come back.
 */
const UNTIL_SENT_MS = 20_000;

export class Deadline {
  readonly #start = now();
  readonly #end: number;

  constructor(most = UNTIL_SENT_MS) {
    this.#end = this.#start + Math.min(most, UNTIL_SENT_MS);
  }

  /** The milliseconds since it was made. */
  passed(): number {
    return now() - this.#start;
  }

  /** The milliseconds that are left, and no more than `most`. */
  left(most = Infinity): number {
    return Math.max(0, Math.min(most, this.#end - now()));
  }
}

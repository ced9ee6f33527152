/** Bounds the time until a request is sent to the API. */
import { now } from "../store/clock.js";
import type { Deadline } from "../store/unavailable.js";

/**
 * In milliseconds. A client abandons an attempt after 30 seconds by default, so the proxy responds sooner: the
 * request was not sent, and when to try again.
 */
const UNTIL_SENT_MS = 20_000;

export class RequestDeadline implements Deadline {
  readonly #start = now();
  readonly #end: number;

  constructor(most = UNTIL_SENT_MS) {
    this.#end = this.#start + Math.min(most, UNTIL_SENT_MS);
  }

  passed(): number {
    return now() - this.#start;
  }

  left(most = Infinity): number {
    return Math.max(0, Math.min(most, this.#end - now()));
  }
}

/**
 * Records what became of a request. Where the store is unavailable in that moment it is recorded as
 * soon as it is there again; until then this process answers from what it knows.
 */
import { now } from "../stores/clock.js";
import { sleep } from "../stores/within.js";
import type { Records } from "./api.js";
import type { Outcome } from "./upstream.js";

/** The pauses between tries, in milliseconds: about a minute in all. */
const TRIES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** So long an answer waits for its record, in milliseconds. */
const ANSWER_WAITS_MS = 2_000;

/** What is not recorded yet. */
interface Pending {
  fingerprint: string;
  outcome: Outcome;
  /** Until then the key is not a new one, by this process's clock. */
  until: number;
}

/** A record, and its owner. */
export interface Owned {
  key: string;
  owner: string;
  fingerprint: string;
  keepMs: number;
}

export class Recording {
  readonly #records: Records;
  readonly #pending = new Map<string, Pending>();

  constructor(records: Records) {
    this.#records = records;
  }

  /** The outcome of a request of this process that the store does not have yet. */
  pending(key: string): Pending | undefined {
    // Where a Worker ends a request in the middle of its tries, the others still know its outcome.
    for (const [old, { until }] of this.#pending) {
      if (until > now()) break;
      this.#pending.delete(old);
    }
    return this.#pending.get(key);
  }

  /**
   * Records the outcome: the answer, or that the request was not carried out. Resolves when it is recorded,
   * or after a moment. `background` keeps the process for the rest; `lost` hears when it was given up.
   */
  async record(owned: Owned, outcome: Outcome, background: (work: Promise<unknown>) => void, lost: (error: unknown) => void) {
    const { key, owner, fingerprint, keepMs } = owned;
    const pending = { fingerprint, outcome, until: now() + keepMs };
    this.#pending.set(key, pending);
    const { status, body, headers, delivered } = outcome;
    const step = () =>
      delivered === "no"
        ? this.#records.forget(key, owner)
        : this.#records.finish(key, owner, JSON.stringify({ status, body, headers, delivered }));
    const recording = this.#keepTrying(step)
      .catch(lost)
      .finally(() => {
        // A later request with this key may have an outcome of its own.
        if (this.#pending.get(key) === pending) this.#pending.delete(key);
      });
    background(recording);
    const moment = new AbortController();
    await Promise.race([recording, sleep(ANSWER_WAITS_MS, moment.signal).catch(() => {})]);
    moment.abort();
  }

  async #keepTrying(step: () => Promise<void>): Promise<void> {
    for (const pause of TRIES_MS) {
      try {
        return await step();
      } catch {
        await sleep(pause);
      }
    }
    return step();
  }
}

/**
 * Records outcomes. If the store is unavailable, an outcome is recorded as soon as the store is available again;
 * meanwhile this process replays it from memory.
 */
import type { Records } from "./api.js";
import { now } from "./clock.js";
import { serialize, type Outcome } from "./outcome.js";
import { sleep } from "./within.js";

/** The pauses between tries, in milliseconds: about a minute in all. */
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** How long a caller waits for its record, in milliseconds. */
const CALLER_WAITS_MS = 2_000;

/** An outcome that is not recorded yet. */
interface Pending {
  fingerprint: string;
  outcome: Outcome;
  /** When the record expires, by this process's clock. */
  until: number;
}

/** A record and its owner. */
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

  /** The outcome of a request of this process that is not recorded yet. */
  pending(key: string): Pending | undefined {
    // A Worker may cancel the request that was recording it; other requests still know the outcome.
    for (const [old, { until }] of this.#pending) {
      if (until > now()) break;
      this.#pending.delete(old);
    }
    return this.#pending.get(key);
  }

  /**
   * Records an outcome: the answer, or that the request was not executed. Resolves when it is recorded, or after a
   * moment. `background` keeps the process alive for the rest; `onLost` is called if it could not be recorded.
   */
  async record(owned: Owned, outcome: Outcome, background: (work: Promise<unknown>) => void, onLost: (error: unknown) => void) {
    const { key, owner, fingerprint, keepMs } = owned;
    const pending = { fingerprint, outcome, until: now() + keepMs };
    this.#pending.set(key, pending);
    const isExecuted = outcome.delivered !== "no";
    const step = () => (isExecuted ? this.#records.finish(key, owner, serialize(outcome)) : this.#records.forget(key, owner));
    const recording = this.#retry(step)
      .catch(onLost)
      .finally(() => {
        // A later request with this key may have an outcome of its own.
        if (this.#pending.get(key) === pending) this.#pending.delete(key);
      });
    background(recording);
    const moment = new AbortController();
    await Promise.race([recording, sleep(CALLER_WAITS_MS, moment.signal).catch(() => {})]);
    moment.abort();
  }

  async #retry(step: () => Promise<void>): Promise<void> {
    for (const pause of RETRIES_MS) {
      try {
        return await step();
      } catch {
        await sleep(pause);
      }
    }
    return step();
  }
}

const recordings = new WeakMap<Records, Recording>();

/** The recording of a store, which all proxies and clients of the store share. */
export const recordingOf = (records: Records): Recording => {
  let recording = recordings.get(records);
  if (!recording) recordings.set(records, (recording = new Recording(records)));
  return recording;
};

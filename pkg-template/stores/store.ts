/**
 * What a store keeps for all who share it: places under a rate limit, and records of what was sent.
 * Its clock is the only one that counts: whoever asks is told durations, never a time of day.
 */
import type { RateLimit, RateLimiter } from "../types.js";

/** Where the places and the records are. `memory()`, `durable()` and `redis()` make one. */
export interface Store {
  /**
   * A limiter for a client's `rateLimit`: at most `requests` in any window of `perMs`, over all
   * machines that use this store with this name, first come first served.
   *
   * @param limit The limit.
   * @param name What distinguishes it from other limits of the store. `"api"` when left out.
   */
  limiter(limit: RateLimit, name?: string): RateLimiter;
  /** For who refuses instead of waiting, as the proxy's `limit` per subject does. */
  readonly quotas: Quotas;
  /** For who must not do a thing twice. */
  readonly records: Records;
}

/** Limits that refuse instead of making wait. */
export interface Quotas {
  /**
   * Counts one request under `name`, if the limit has room.
   *
   * @returns 0 when it was counted, else the milliseconds until there is room, and nothing was counted.
   * @throws When the store cannot be reached.
   */
  admit(name: string, limit: RateLimit): Promise<number>;
}

/** What is known of one idempotency key. */
export type Begun =
  /** Nobody had it: it is the caller's now, who has to `finish` or `forget` it as this owner. */
  | { state: "begun"; owner: string }
  /** Somebody is at it: ask again in a while. */
  | { state: "running" }
  /** It was carried out, and this was the answer. */
  | { state: "done"; answer: string }
  /** Somebody began and never finished: it may have been carried out, and must not be done again. */
  | { state: "unfinished" }
  /** The same key with another request. */
  | { state: "different" };

/** How to begin. Milliseconds. */
export interface Beginning {
  /** A digest of the request: the same key goes with the same request only. */
  fingerprint: string;
  /** For how long who begins may be at it. After that it counts as never finished. */
  leaseMs: number;
  /** For how long the record is kept, from now on. */
  keepMs: number;
  /**
   * How long ago the caller sent this key for the first time, 0 for the first. A store that
   * remembers for less long than that (it was restarted without its data) cannot know what became of it, and says
   * `unfinished` where it has no record.
   */
  sinceMs: number;
}

/** Records of what was begun and what came of it. */
export interface Records {
  /**
   * Begins, unless it was begun before. One step: of many who ask at the same time one gets it.
   *
   * @throws When the store cannot be reached. Then nothing must be sent.
   */
  begin(key: string, beginning: Beginning): Promise<Begun>;
  /** Writes the answer down. Without effect for who is not the owner. */
  finish(key: string, owner: string, answer: string): Promise<void>;
  /** It is known not to have been carried out: the key may begin anew. Without effect for who is not the owner. */
  forget(key: string, owner: string): Promise<void>;
}

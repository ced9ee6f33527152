import type { RateLimit, RateLimiter } from "../types.js";

export type { RateLimit, RateLimiter } from "../types.js";

/**
 * Holds the slots under a rate limit and the idempotency records. `memoryStore()`, `durableStore()` and `redisStore()`
 * make one. Every step is atomic, and safe to repeat: a caller that asks again with its own id gets the
 * answer of the first time, so a step whose answer was lost can be sent again.
 */
export interface Store {
    /**
     * A limiter for a client's `rateLimit`: at most `requests` in any window of `perMs`, over all
     * processes that use this store with this name.
     *
     * @param limit The limit.
     * @param name What distinguishes it from other limits of the store.
     * @default name "api"
     */
    limiter(limit: RateLimit, name?: string): StoreLimiter;
    /** Limits that refuse instead of making a caller wait, as the proxy's `limit` per subject does. */
    readonly quotas: Quotas;
    /** Records of idempotency keys. */
    readonly records: Records;
    /**
     * What in the store's configuration can lose records, one sentence each. The proxy reports each
     * through `onError`, once.
     */
    warnings?(): Promise<readonly string[]>;
}

/** A limiter of a store. */
export interface StoreLimiter extends RateLimiter {
    /** The milliseconds until a slot can be free for a call that is queued now, as far as this process knows. */
    waitMs?(): number;
}

/** Limits that refuse instead of making a caller wait. */
export interface Quotas {
    /**
     * Counts one request under `name`, if the limit has room.
     *
     * @param id Identifies the request. Admitting the same id twice counts it once.
     * @returns 0 when the request was counted, else the milliseconds until there is room; then nothing was counted.
     * @throws When the store is unavailable.
     */
    admit(name: string, limit: RateLimit, id: string): Promise<number>;
    /** Takes a request back that was counted and then not sent. */
    giveBack(name: string, id: string): Promise<void>;
}

/** What a store answers about an idempotency key. */
export type RecordState =
    /** There is no record: the request may be sent. After `begin`, the record is the caller's. */
    | { state: "new" }
    /** Another request with this key is in flight: ask again in a while. */
    | { state: "running" }
    /** The request was sent, and this was the answer. */
    | { state: "done"; answer: string }
    /** A request with this key was sent, and its outcome is not known. It must not be sent again. */
    | { state: "unknown" }
    /** The key belongs to a different request. */
    | { state: "different" };

/** A request with an idempotency key. */
export interface RecordRequest {
    /** Identifies the process that sends the request. Random, and the same when a step is repeated. */
    owner: string;
    /** A digest of the request: a key belongs to one request. */
    fingerprint: string;
    /**
     * Milliseconds since the caller first sent this key, 0 for a first attempt. A store that remembers
     * for less long (it was restarted without its data) cannot know what became of it, and answers
     * `unknown` where it has no record.
     */
    sinceMs: number;
    /** Milliseconds for which the owner holds the record without renewing it. */
    leaseMs: number;
    /** Milliseconds for which the record is kept, from `begin` on. */
    keepMs: number;
}

/** Records of what was sent with an idempotency key, and what came of it. */
export interface Records {
    /**
     * What is known of a key. Changes nothing.
     *
     * @throws When the store is unavailable.
     */
    read(key: string, request: RecordRequest): Promise<RecordState>;
    /**
     * Records that the request is about to be sent. Of several callers exactly one gets `new`, and is
     * the owner: it has to `finish` or `forget` the record, and to `renew` its lease until then.
     *
     * @throws When the store is unavailable. Then nothing must be sent.
     */
    begin(key: string, request: RecordRequest): Promise<RecordState>;
    /** Extends the lease of a record, from now on. Without effect for another owner. */
    renew(key: string, owner: string, leaseMs: number): Promise<void>;
    /** Records the answer. Without effect for another owner. */
    finish(key: string, owner: string, answer: string): Promise<void>;
    /** Records that the request is known not to have been carried out: the key may be used again. Without effect for another owner. */
    forget(key: string, owner: string): Promise<void>;
}

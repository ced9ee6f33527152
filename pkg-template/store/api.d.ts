import type { CenterfyOptions, RateLimit, RateLimiter } from "../types.js";

export type { RateLimit, RateLimiter } from "../types.js";

/**
 * Holds the slots under a rate limit and the idempotency records. `memoryStore()`, `redisStore()` and
 * `durableStore()` create one. Every step is atomic and idempotent: if its reply was lost, it can be repeated with
 * the same id, and returns the same reply.
 */
export interface Store {
    /**
     * Creates a limiter for a client's `rateLimit`: at most `requests` in any window of `perMs`, over all
     * processes that use this store and name.
     *
     * @param limit The limit.
     * @param name The name of the limit within the store. Default: `"api"`.
     */
    limiter(limit: RateLimit, name?: string): StoreLimiter;
    /** Limits that refuse requests instead of queuing them, such as the proxy's `limit` per subject. */
    readonly quotas: Quotas;
    /** The idempotency records. */
    readonly records: Records;
    /** The items of runs (`centerfy/runs`). */
    readonly runs: RunRecords;
    /** Adds the store to a client. Called by `new Centerfy({ store })`, not by programs. */
    attach(client: object, input: CenterfyOptions, options: CenterfyOptions): void;
    /**
     * Returns which settings of the database can lose records, one sentence each. The proxy passes each to
     * `onError`, once.
     */
    warnings?(): Promise<readonly string[]>;
}

/** The limiter of a store. */
export interface StoreLimiter extends RateLimiter {
    /** Estimates the milliseconds until a call that is queued now gets a slot. */
    waitMs?(): number;
}

/** Limits that refuse requests instead of queuing them. */
export interface Quotas {
    /**
     * Counts one request under `name`, unless the limit is reached.
     *
     * @param id Identifies the request. An id that is admitted twice is counted once.
     * @returns 0 if the request was counted; otherwise the milliseconds after which to try again.
     * @throws If the store is unavailable.
     */
    admit(name: string, limit: RateLimit, id: string): Promise<number>;
    /** Uncounts a request that was counted but not sent. */
    release(name: string, id: string): Promise<void>;
}

/** The state of an idempotency key. */
export type RecordState =
    /** The request may be sent. After `begin`, the caller owns the record. */
    | { state: "new" }
    /** Another request with this key is in flight: read again later. */
    | { state: "running" }
    /** The request was sent, and this is the recorded answer. */
    | { state: "done"; answer: string }
    /** A request with this key may have been sent, and its outcome is unknown. It must not be sent again. */
    | { state: "unknown" }
    /** The key belongs to a different request. */
    | { state: "different" };

/** A request with an idempotency key. */
export interface RecordRequest {
    /** Identifies the sender of the request. Random, and the same if a step is repeated. */
    owner: string;
    /** A digest of the request, because a key belongs to one request. */
    fingerprint: string;
    /**
     * Milliseconds since the caller first sent this key, or 0 for a first attempt. If the store has no record,
     * and may have lost records since then (it was restarted without its data), the state is `unknown`.
     */
    sinceMs: number;
    /** How long the lease of the owner lasts without a renewal, in milliseconds. */
    leaseMs: number;
    /** How long the record is kept after `begin`, in milliseconds. */
    keepMs: number;
}

/** Records of the requests that were sent with an idempotency key, and of their outcomes. */
export interface Records {
    /**
     * Reads the state of a key.
     *
     * @throws If the store is unavailable.
     */
    read(key: string, request: RecordRequest): Promise<RecordState>;
    /**
     * Records that the request is about to be sent. Of several callers, exactly one gets `new` and becomes the
     * owner: it has to `finish` or `forget` the record, and to `renew` its lease until then.
     *
     * @throws If the store is unavailable. Then the request must not be sent.
     */
    begin(key: string, request: RecordRequest): Promise<RecordState>;
    /** Renews the lease of a record. Has no effect for another owner. */
    renew(key: string, owner: string, leaseMs: number): Promise<void>;
    /** Records the answer. Has no effect for another owner. */
    finish(key: string, owner: string, answer: string): Promise<void>;
    /** Records that the request was not executed, so the key may be used again. Has no effect for another owner. */
    forget(key: string, owner: string): Promise<void>;
    /**
     * Replaces the answer of a request that is not in flight. Used by `settle()`.
     *
     * @param expected The recorded answer, or an empty string if no answer is recorded.
     * @param answer The new answer, or an empty string to record that the request was not executed.
     * @returns Whether the record was replaced: `false` if it does not exist, has another answer, or is in flight.
     */
    settle(key: string, expected: string, answer: string): Promise<boolean>;
}

/** How the record of an item ends. `free`: it was not sent, and can be sent again. */
export type RunItemEnd = "sent" | "unknown" | "skipped" | "failed" | "free";

/** A process's request for items to send. */
export interface ClaimRequest {
    /** The settings of the run, which must not change. If empty, nothing is recorded. */
    settings: string;
    /** Identifies the process. */
    owner: string;
    /** How long a claim lasts, in milliseconds; 0 to release it. */
    leaseMs: number;
    /** How long the records of the run are kept, in milliseconds. */
    keepMs: number;
    /** How many items to claim at most, besides those that it has claimed already. */
    most: number;
}

/** An item's state, and its detail: the milliseconds of a lease, or an outcome. */
export type ClaimedItem = [state: "claimed" | "free" | "busy" | "sent" | "unknown", detail: string];

/** The reply to a process. */
export interface ClaimReply {
    /** The time of the step, by the store's clock. */
    nowMs: number;
    /** The settings of the run, if they are different; otherwise an empty string. */
    settings: string;
    /** For each key, in their order. */
    items: ClaimedItem[];
}

/** Some items of a run. */
export interface ListReply {
    /** Where the next items start; an empty string at the end. */
    cursor: string;
    items: [key: string, state: "claimed" | "sending" | RunItemEnd, detail: string][];
}

/** Records of the items of runs. Used by `centerfy/runs`, not by programs. */
export interface RunRecords {
    /** Reads the states of items, and claims the first of those that may be sent. */
    claim(run: string, request: ClaimRequest, keys: readonly string[]): Promise<ClaimReply & {
        /** How far the store's clock is ahead of this process's, in milliseconds. */
        aheadMs: number;
    }>;
    /** Records that an item is about to be sent. Of several callers, exactly one gets `new`. */
    startItem(run: string, key: string, owner: string, claimant: string, leaseMs: number): Promise<RecordState>;
    /** Renews the lease of an item that is being sent. */
    renewItem(run: string, key: string, owner: string, leaseMs: number): Promise<void>;
    /** Records the outcome of an item. Without an owner, only an unknown outcome is replaced. */
    endItem(run: string, key: string, owner: string, state: RunItemEnd, detail: string): Promise<boolean>;
    /** Lists the items of a run. Some may be listed twice. */
    listItems(run: string, cursor: string, most: number): Promise<ListReply>;
}

/** An idempotency key whose record is to be settled. */
export interface SettledKey {
    /** The idempotency key, or the key of an item of a run. */
    key: string;
    /** The id of the run, for an item of a run. */
    run?: string | undefined;
    /** The subject of a proxy's request, as `authorize` returned it. Omit it for a client's record. */
    subject?: string | undefined;
}

/** Creates a store in this process. Its data is lost when the process ends. */
export function memoryStore(): Store;

/**
 * Settles a record with an unknown outcome, after a person or a program has checked what happened. With
 * `"delivered"`, later calls with the key succeed without an answer (an empty object). With `"not delivered"`, the key
 * can be used again.
 *
 * @returns Whether the record was settled: `false` if it has no unknown outcome, for example because the request is
 * in flight or was answered, or because the record has expired.
 * @throws If the store is unavailable.
 *
 * @example
 * ```ts
 * import { settle } from "centerfy/store";
 *
 * const { messages } = await centerfy.getContactMessages(contactId, { limit: 20 });
 * const wasSent = messages.some(({ content }) => content === "See you at ten.");
 * await settle(store, { key: "visit-7" }, wasSent ? "delivered" : "not delivered");
 * ```
 */
export function settle(store: Store, key: SettledKey, outcome: "delivered" | "not delivered"): Promise<boolean>;

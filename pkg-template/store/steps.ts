/**
 * The steps of a store: `memoryStore()` takes them on maps, the Durable Object on its SQLite database. Redis has the
 * same steps in Lua (`redis/scripts.ts`). Each is atomic and can be repeated.
 */
import { LONGEST_PAUSE } from "../limiter.js";
import type { RecordRequest, RecordState } from "./api.js";
import { RunSteps, type RunTables } from "./run-items.js";
import { judge, LATEST_BEGIN_MS, NO_OWNER, type IdempotencyRecord } from "./record.js";
import { freeAt, type Window } from "./window.js";

/** The data of the steps. Everything is written before a step ends. */
export interface Tables extends RunTables {
  /** The window of a limit, created if it does not exist. */
  window(name: string, now: number): Window;
  /** The record of a key, unless it has expired. */
  record(key: string, now: number): IdempotencyRecord | undefined;
  keep(key: string, record: IdempotencyRecord): void;
  /** The time since which no record was lost. */
  completeSince(now: number): number;
}

/** A limiter's request for slots. Times are in milliseconds. */
export interface SlotRequest {
  requests: number;
  perMs: number;
  /** How long a slot counts as in flight without a renewal. */
  leaseMs: number;
  /** How far ahead slots are granted after the first, which is granted regardless. */
  aheadMs: number;
}

/** The reply to a limiter. */
export interface SlotReply {
  /** For each id that got a slot: the milliseconds until it may be used, and the id of the slot that it follows. */
  slots: [waitMs: number, follows: string | null][];
  /** For the ids without a slot: the milliseconds until the next slot can be free. */
  againMs: number;
  /** The milliseconds that remain of a pause that the API requested. */
  heldMs: number;
  /** The time of the step, by the store's clock. */
  nowMs: number;
}

export class Steps extends RunSteps {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    super(tables);
    this.#tables = tables;
  }

  /** Reserves slots for these ids, or returns when the slots that they have may be used. */
  take(now: number, name: string, ids: string[], { requests, perMs, leaseMs, aheadMs }: SlotRequest): SlotReply {
    const window = this.#window(name, now, perMs);
    const reply: SlotReply = { slots: [], againMs: 0, heldMs: Math.max(0, window.heldUntil - now), nowMs: now };
    for (const id of ids) {
      const own = window.find(id);
      const blocking = own ? undefined : window.blocking(requests);
      const free = own ? Math.max(now, window.heldUntil, own.at - leaseMs) : freeAt(blocking?.at, perMs, window.heldUntil, now);
      if (free === undefined || (!own && reply.slots.length && free > now + aheadMs)) {
        reply.againMs = free === undefined ? perMs : free - now;
        break;
      }
      window.put(id, free + leaseMs);
      reply.slots.push([free - now, blocking?.id ?? null]);
    }
    return reply;
  }

  /** The requests in these slots can arrive for `ms` more milliseconds; 0 if they were answered. */
  mark(now: number, name: string, perMs: number, ids: string[], ms: number) {
    const window = this.#window(name, now, perMs);
    for (const id of ids) window.put(id, now + ms);
  }

  /** The requests in these slots were not sent. */
  drop(now: number, name: string, ids: string[]) {
    const window = this.#window(name, now);
    for (const id of ids) window.remove(id);
  }

  /** The API requested a pause. */
  hold(now: number, name: string, ms: number) {
    this.#window(name, now).hold(Math.min(ms, LONGEST_PAUSE));
  }

  /** Counts a request, unless the limit is reached. Returns 0, or else the milliseconds until it can be counted. */
  admit(now: number, name: string, id: string, requests: number, perMs: number): number {
    const window = this.#window(name, now, perMs);
    if (window.find(id)) return 0;
    const wait = (freeAt(window.blocking(requests)?.at, perMs, 0, now) ?? now + perMs) - now;
    if (wait <= 0) window.put(id, now);
    return wait;
  }

  read(now: number, key: string, request: RecordRequest): RecordState {
    return judge(this.#record(now, key, request.leaseMs), request, now, this.#tables.completeSince(now));
  }

  begin(now: number, key: string, request: RecordRequest): RecordState {
    const judged = this.read(now, key, request);
    const { fingerprint, owner, leaseMs, keepMs } = request;
    if (judged.state === "new") {
      this.#tables.keep(key, { fingerprint, owner, leaseUntil: now + leaseMs, keepUntil: now + keepMs, answer: undefined });
    }
    return judged;
  }

  renew(now: number, key: string, owner: string, leaseMs: number) {
    this.#change(now, key, owner, { leaseUntil: now + leaseMs });
  }

  finish(now: number, key: string, owner: string, answer: string) {
    this.#change(now, key, owner, { answer });
  }

  forget(now: number, key: string, owner: string) {
    const record = this.#tables.record(key, now);
    if (record && record.owner !== owner) return;
    const keepUntil = record?.keepUntil ?? now + LATEST_BEGIN_MS;
    this.#tables.keep(key, { fingerprint: owner, owner: NO_OWNER, leaseUntil: now, keepUntil, answer: undefined });
  }

  /**
   * Replaces the answer of a request that is not in flight; empty strings mean none. Returns whether the record has the
   * new answer.
   */
  settle(now: number, key: string, expected: string, answer: string): boolean {
    const record = this.#tables.record(key, now);
    if (!record) return false;
    // The owner "" and the fingerprint "" are those of a record that was settled as not executed.
    if (record.owner === NO_OWNER) return !answer && record.fingerprint === NO_OWNER;
    if (answer && record.answer === answer) return true;
    if ((record.answer ?? "") !== expected || (!expected && now < record.leaseUntil)) return false;
    const settled = answer ? { answer } : { fingerprint: NO_OWNER, owner: NO_OWNER, leaseUntil: now, answer: undefined };
    this.#tables.keep(key, { ...record, ...settled });
    return true;
  }

  #change(now: number, key: string, owner: string, change: Partial<IdempotencyRecord>) {
    const record = this.#tables.record(key, now);
    if (record?.owner === owner) this.#tables.keep(key, { ...record, ...change });
  }

  /** The record. If the clock was set back, its lease moves along. */
  #record(now: number, key: string, leaseMs: number): IdempotencyRecord | undefined {
    const record = this.#tables.record(key, now);
    if (!record || record.leaseUntil <= now + leaseMs) return record;
    const moved = { ...record, leaseUntil: now + leaseMs };
    this.#tables.keep(key, moved);
    return moved;
  }

  #window(name: string, now: number, perMs?: number): Window {
    const window = this.#tables.window(name, now);
    window.advance(now, perMs);
    return window;
  }
}

/**
 * The steps of a store in one process: `memoryStore()` takes them over maps, the Durable Object over its
 * SQLite. Redis takes the same steps in Lua (`scripts.ts`). Each is atomic, and safe to repeat.
 */
import { LONGEST_PAUSE } from "../limiter.js";
import type { RecordRequest, RecordState } from "./api.js";
import { judge, LATEST_BEGIN_MS, NO_OWNER, type IdempotencyRecord } from "./record.js";
import { freeAt, type Window } from "./window.js";

/** Where the steps keep what they know. Everything is written before a step ends. */
export interface Tables {
  /** The window of a limit, made where there is none. */
  window(name: string, now: number): Window;
  /** The record of a key that is still kept. */
  record(key: string, now: number): IdempotencyRecord | undefined;
  keep(key: string, record: IdempotencyRecord): void;
  /** Since when no record was lost. */
  remembersSince(now: number): number;
}

/** What a limiter asks for. Milliseconds. */
export interface SlotRequest {
  requests: number;
  perMs: number;
  /** How long a request may be in flight before its slot is renewed. */
  leaseMs: number;
  /** How far ahead slots are given out after the first, which is given out however far ahead it is. */
  aheadMs: number;
}

/** What a limiter is given. */
export interface SlotReply {
  /** For each id, as far as slots were free: the milliseconds until it may be used, and the id of the slot that it follows. */
  slots: [waitMs: number, follows: string | null][];
  /** The milliseconds after which the next slot can be free, for the ids that got none. */
  againMs: number;
  /** The milliseconds for which the API asked for a pause. */
  heldMs: number;
  /** The time of the step by the store's clock. */
  nowMs: number;
}

export class Steps {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Reserves slots under these ids; or says when the slots that they have may be used. */
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

  /** The requests in these slots can arrive for so much longer: 0 when they were answered. */
  mark(now: number, name: string, perMs: number, ids: string[], ms: number) {
    const window = this.#window(name, now, perMs);
    for (const id of ids) window.put(id, now + ms);
  }

  /** The requests in these slots were not sent. */
  drop(now: number, name: string, ids: string[]) {
    const window = this.#window(name, now);
    for (const id of ids) window.remove(id);
  }

  /** The API asks for a pause. */
  hold(now: number, name: string, ms: number) {
    this.#window(name, now).hold(Math.min(ms, LONGEST_PAUSE));
  }

  /** Counts a request, if there is room: 0, else the milliseconds until there is. */
  admit(now: number, name: string, id: string, requests: number, perMs: number): number {
    const window = this.#window(name, now, perMs);
    if (window.find(id)) return 0;
    const wait = (freeAt(window.blocking(requests)?.at, perMs, 0, now) ?? now + perMs) - now;
    if (wait <= 0) window.put(id, now);
    return wait;
  }

  read(now: number, key: string, request: RecordRequest): RecordState {
    return judge(this.#record(now, key, request.leaseMs), request, now, this.#tables.remembersSince(now));
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

  #change(now: number, key: string, owner: string, change: Partial<IdempotencyRecord>) {
    const record = this.#tables.record(key, now);
    if (record?.owner === owner) this.#tables.keep(key, { ...record, ...change });
  }

  /** The record; its lease moves along with a clock that was put back. */
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

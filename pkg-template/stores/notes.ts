/** What is known of idempotency keys, and what that allows. Milliseconds of one clock, which is told. */
import type { Begun, Beginning } from "../proxy/api.js";

interface Note {
  fingerprint: string;
  /** Whoever began; nobody, where it is known that nothing came of it. */
  owner: string;
  /** Until then whoever began may be at it. */
  leaseUntil: number;
  keepUntil: number;
  answer?: string;
}

const NOBODY = "";
/** More are not kept: to forget one would be to allow it twice. */
const MOST = 200_000;

export class Notes {
  /** The oldest first, as all are kept for the same time. */
  readonly #notes = new Map<string, Note>();
  readonly #remembersSince: number;
  #owners = 0;

  constructor(now: number) {
    this.#remembersSince = now;
  }

  begin(key: string, { fingerprint, leaseMs, keepMs, sinceMs }: Beginning, now: number): Begun {
    this.#sweep(now);
    const note = this.#notes.get(key);
    if (!note || note.owner === NOBODY) {
      // It was sent before this store remembers: nobody knows what became of it.
      if (!note && sinceMs > 0 && now - sinceMs <= this.#remembersSince) return { state: "unfinished" };
      // The notes are in the order of their end.
      this.#notes.delete(key);
      if (this.#notes.size >= MOST) throw new Error(`${MOST} idempotency keys are kept, and no more`);
      const owner = String(++this.#owners);
      this.#notes.set(key, { fingerprint, owner, leaseUntil: now + leaseMs, keepUntil: now + keepMs });
      return { state: "begun", owner };
    }
    if (note.fingerprint !== fingerprint) return { state: "different" };
    if (note.answer !== undefined) return { state: "done", answer: note.answer };
    return { state: now < note.leaseUntil ? "running" : "unfinished" };
  }

  finish(key: string, owner: string, answer: string) {
    const note = this.#notes.get(key);
    if (note?.owner === owner) note.answer = answer;
  }

  forget(key: string, owner: string) {
    const note = this.#notes.get(key);
    if (note?.owner === owner) note.owner = NOBODY;
  }

  #sweep(now: number) {
    for (const [key, { keepUntil }] of this.#notes) {
      if (keepUntil > now) return;
      this.#notes.delete(key);
    }
  }
}

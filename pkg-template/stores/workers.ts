/**
 * In Cloudflare Workers a timer, a promise and a fetch belong to the request that made them, and end with
 * it. No request may wait for what another one started, nor wake it.
 */
export const requestsAreIsolated = (): boolean => globalThis.navigator?.userAgent === "Cloudflare-Workers";

type WaitUntil = (work: Promise<unknown>) => void;

/** No literal: what bundles for other runtimes would look for this module. */
const WORKERS = ["cloudflare", "workers"].join(":");

/** The runtime's own, of the request that calls it: once it is known there is nothing to wait for. */
let waitUntil: WaitUntil | undefined;

/**
 * Keeps the current request's timers and fetches until the work has settled, in Workers. A step that no
 * answer waits for, such as a slot's end, would end with the answer.
 */
export const outlive = async (work: Promise<unknown>): Promise<void> => {
  if (!requestsAreIsolated()) return;
  const settled = work.catch(() => {});
  try {
    waitUntil ??= (await import(WORKERS)).waitUntil as WaitUntil | undefined;
    waitUntil?.(settled);
  } catch {
    // An old workerd, or none of Cloudflare's.
  }
};

/** A call that waits, in an isolate that serves many requests. */
export interface Turn {
  /** When it last looked. A request that was ended looks no more. */
  lookedAt: number;
}

/** A turn whose request has not looked for so long has ended, in milliseconds. */
const ENDED_MS = 5_000;
/** How often a call looks, in milliseconds. */
const LOOK_MS = 1_000;

/** The calls of an isolate that wait, in the order in which they came: what they share is data alone. */
export class Turns {
  readonly #turns = new Set<Turn>();
  /** How often a call has to look: twice a window at least. */
  readonly lookMs: number;

  constructor(perMs: number) {
    this.lookMs = Math.min(LOOK_MS, perMs / 2);
  }

  get size(): number {
    return this.#turns.size;
  }

  /** It is there, and waits. One that is new is the last. */
  look(turn: Turn, now: number) {
    turn.lookedAt = now;
    this.#turns.add(turn);
  }

  /** Whether it is among the first so many. */
  isNext(turn: Turn, first: number, now: number): boolean {
    this.look(turn, now);
    let rank = 0;
    for (const other of this.#turns) {
      if (other === turn) return true;
      if (Math.abs(now - other.lookedAt) > ENDED_MS) this.#turns.delete(other);
      else if (++rank >= first) return false;
    }
    return true;
  }

  leave(turn: Turn) {
    this.#turns.delete(turn);
  }
}

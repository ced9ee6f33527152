/**
 * In Cloudflare Workers, timers, promises and fetches belong to the request that created them, and end with it. A
 * request must not wait for those of another request, nor wake it.
 */
export const requestsAreIsolated = (): boolean => globalThis.navigator?.userAgent === "Cloudflare-Workers";

type WaitUntil = (work: Promise<unknown>) => void;

/** Not a literal, because bundlers for other runtimes would try to resolve the module. */
const WORKERS = ["cloudflare", "workers"].join(":");

/** The runtime's function for the current request, once the module is imported. */
let waitUntil: WaitUntil | undefined;

/**
 * In Workers, keeps the current request alive until the work has settled. Otherwise, a step that no response waits
 * for, such as releasing a slot, would be canceled.
 */
export const outlive = async (work: Promise<unknown>): Promise<void> => {
  if (!requestsAreIsolated()) return;
  const settled = work.catch(() => {});
  try {
    waitUntil ??= (await import(WORKERS)).waitUntil as WaitUntil | undefined;
    waitUntil?.(settled);
  } catch {
    // An old version of workerd.
  }
};

/** A queued call, in an isolate that serves many requests. */
export interface Turn {
  /** When it last polled. A canceled request stops polling. */
  polledAt: number;
}

/** A call that has not polled for this long has ended, in milliseconds. */
const ENDED_MS = 5_000;
/** How often a call polls, in milliseconds. */
const POLL_MS = 1_000;

/** The queued calls of an isolate, in the order in which they were made. They share only data. */
export class Turns {
  readonly #turns = new Set<Turn>();
  /** How often a call has to poll: at least twice per window. */
  readonly pollMs: number;

  constructor(perMs: number) {
    this.pollMs = Math.min(POLL_MS, perMs / 2);
  }

  get size(): number {
    return this.#turns.size;
  }

  /** Marks a call as queued. A new call becomes the last. */
  poll(turn: Turn, now: number) {
    turn.polledAt = now;
    this.#turns.add(turn);
  }

  /** Whether the call is among the `first` first. */
  isNext(turn: Turn, first: number, now: number): boolean {
    this.poll(turn, now);
    let rank = 0;
    for (const other of this.#turns) {
      if (other === turn) return true;
      if (Math.abs(now - other.polledAt) > ENDED_MS) this.#turns.delete(other);
      else if (++rank >= first) return false;
    }
    return true;
  }

  leave(turn: Turn) {
    this.#turns.delete(turn);
  }
}

/**
 * Places that a store far away gives out ahead: it says when somebody may go, and whoever came first
 * goes at the earliest of those times.
 */
import { now } from "../clock.js";
import type { RateLimit, RateLimiter } from "../proxy/api.js";
import { listen, reasonOf } from "../signals.js";
import { guarded } from "./places.js";

/** What a store does for places. Each is one round trip, or rejects where the store cannot be reached. */
export interface Giver {
  /**
   * Gives a place under this id, or says whether the one that it has still stands: the milliseconds
   * until it may be used.
   */
  take(id: string, limit: RateLimit): Promise<number>;
  /** Gives a place back that is not needed. */
  giveBack(id: string): Promise<unknown>;
  /** Lets nobody go for so many milliseconds: who has a place gets another one. */
  hold(ms: number): Promise<unknown>;
}

interface Slot {
  id: string;
  /** When it may be used, by this process's clock. */
  at: number;
}

interface Waiter {
  go: () => void;
  fail: (error: unknown) => void;
}

/** The longest pause that a server is granted: an hour. */
const LONGEST_PAUSE = 3_600_000;
/** Timers that are set for longer ring at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

let ids = 0;
const ownId = Math.random().toString(36).slice(2);

export class Slots implements RateLimiter {
  readonly #giver: Giver;
  readonly #limit: RateLimit;
  /** Who waits, in the order in which they came. */
  readonly #waiting = new Set<Waiter>();
  /** What the store has given, the earliest first. */
  readonly #slots: Slot[] = [];
  /** How many places are being asked for. */
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(giver: Giver, limit: RateLimit) {
    this.#giver = giver;
    this.#limit = guarded(limit);
  }

  acquire: RateLimiter["acquire"] = ({ signal }) => {
    if (signal?.aborted) return Promise.reject(reasonOf(signal));
    return new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        go: () => (unlisten?.(), resolve()),
        fail: (error) => (unlisten?.(), reject(error)),
      };
      const unlisten = signal && listen(signal, () => (this.#waiting.delete(waiter), reject(reasonOf(signal)), this.#settle()));
      this.#waiting.add(waiter);
      void this.#ask(`${ownId}-${++ids}`);
    });
  };

  hold: NonNullable<RateLimiter["hold"]> = ({ ms }) =>
    void this.#giver.hold(Math.min(ms, LONGEST_PAUSE)).catch(() => {
      // Whoever cannot be told of it will hear it from the server.
    });

  /** Asks for a place, or whether the one of this id still stands. */
  async #ask(id: string) {
    this.#asked++;
    try {
      const wait = await this.#giver.take(id, this.#limit);
      const slot = { id, at: now() + wait };
      this.#asked--;
      if (wait <= 0 && this.#waiting.size) return this.#first()!.go();
      this.#slots.push(slot);
      this.#slots.sort((a, b) => a.at - b.at);
      this.#settle();
    } catch (error) {
      this.#asked--;
      // The last who came is the one for whom it was asked, or has nobody before them who needs it.
      const last = [...this.#waiting].at(-1);
      if (last && this.#waiting.size > this.#slots.length + this.#asked) {
        this.#waiting.delete(last);
        last.fail(error);
      }
    }
  }

  #first(): Waiter | undefined {
    const [first] = this.#waiting;
    if (first) this.#waiting.delete(first);
    return first;
  }

  /** Gives back what nobody here needs, and sets the timer for the earliest of the others. */
  #settle() {
    while (this.#slots.length > this.#waiting.size) void this.#giver.giveBack(this.#slots.pop()!.id).catch(() => {});
    clearTimeout(this.#timer);
    const [next] = this.#slots;
    if (next) this.#timer = setTimeout(() => this.#ring(), Math.min(Math.ceil(next.at - now()), LONGEST_TIMER));
  }

  /** The earliest time has come. The store may have held everybody meanwhile, so it is asked once more. */
  #ring() {
    const due = now() + 1;
    while (this.#slots[0] && this.#slots[0].at <= due) void this.#ask(this.#slots.shift()!.id);
    this.#settle();
  }
}

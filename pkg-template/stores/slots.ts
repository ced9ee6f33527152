/**
 * Places that a store far away gives out ahead: it says when somebody may go. Of those who wait in this
 * process one has such a time, and whoever came first goes then; so a process that dies wastes one place.
 */
import { LONGEST_PAUSE } from "../limiter.js";
import type { RateLimit, RateLimiter } from "../proxy/api.js";
import { listen, reasonOf } from "../signals.js";
import { after, now } from "./clock.js";
import { Silent, step } from "./patience.js";
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

/** So many places are asked for at the same time, while they can be used at once. */
const MOST_ASKED = 1;

let ids = 0;
const ownId = Math.random().toString(36).slice(2);

export class Slots implements RateLimiter {
  readonly #giver: Giver;
  readonly #limit: RateLimit;
  /** Who waits, in the order in which they came. */
  readonly #waiting = new Set<Waiter>();
  /** The one place that is to come. A process that dies wastes no more than this. */
  #slot: Slot | undefined;
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
      const unlisten = signal && listen(signal, () => this.#leave(waiter, reasonOf(signal)));
      this.#waiting.add(waiter);
      this.#more();
    });
  };

  hold: NonNullable<RateLimiter["hold"]> = ({ ms }) =>
    void this.#giver.hold(Math.min(ms, LONGEST_PAUSE)).catch(() => {
      // Whoever cannot be told of it will hear it from the server.
    });

  #leave(waiter: Waiter, reason: unknown) {
    this.#waiting.delete(waiter);
    waiter.fail(reason);
    if (this.#waiting.size || !this.#slot) return;
    this.#giveBack(this.#slot);
    this.#slot = undefined;
    clearTimeout(this.#timer);
  }

  #giveBack({ id }: Slot) {
    this.#giver.giveBack(id).catch(() => {
      // It is wasted, as by who dies.
    });
  }

  /** Asks for places for those who wait, as long as the next one is not known to be far. */
  #more() {
    while (!this.#slot && this.#asked < MOST_ASKED && this.#asked < this.#waiting.size) void this.#ask(`${ownId}-${++ids}`);
  }

  /** Asks for a place, or whether the one of this id still stands. */
  async #ask(id: string) {
    this.#asked++;
    try {
      const wait = await this.#take(id);
      this.#asked--;
      this.#given({ id, at: now() + wait }, wait);
    } catch (error) {
      this.#asked--;
      this.#fail(error);
    }
    this.#more();
  }

  #take(id: string): Promise<number> {
    return step(async (signal) => {
      const wait = await this.#giver.take(id, this.#limit);
      // It says so too late: nobody waits for it.
      if (signal.aborted) this.#giveBack({ id, at: 0 });
      return wait;
    });
  }

  #given(slot: Slot, wait: number) {
    if (!this.#waiting.size) return this.#giveBack(slot);
    if (wait <= 0) return this.#first()!.go();
    const before = this.#slot;
    if (before) this.#giveBack(before.at <= slot.at ? slot : before);
    if (before && before.at <= slot.at) return;
    this.#slot = slot;
    this.#wait();
  }

  /** Fails the first; and those behind, too, where the store says nothing at all. */
  #fail(error: unknown) {
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter);
      waiter.fail(error);
      if (!(error instanceof Silent)) return;
    }
  }

  #first(): Waiter | undefined {
    const [first] = this.#waiting;
    if (first) this.#waiting.delete(first);
    return first;
  }

  /** Sets the timer for the place that is to come. */
  #wait() {
    clearTimeout(this.#timer);
    this.#timer = after(this.#slot!.at - now(), () => this.#ring());
  }

  /** Its time has come. The store may have held everybody meanwhile, so it is asked once more. */
  #ring() {
    const slot = this.#slot!;
    if (slot.at > now() + 1) return this.#wait();
    this.#slot = undefined;
    void this.#ask(slot.id);
  }
}

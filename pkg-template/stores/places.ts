/** Places under a rate limit in this process: first come, first served. The windows are `limiter.ts`'s. */
import { answered, held, hold, newLimiter, take, type Limiter } from "../limiter.js";
import type { RateLimit, RateLimiter } from "../proxy/api.js";
import { listen, reasonOf } from "../signals.js";
import { after, expect, now } from "./clock.js";

interface Waiter {
  limit: RateLimit;
  go: () => void;
}

/** Counts a request where there is room: 0, else the milliseconds until there is. */
export const admit = (limiter: Limiter, limit: RateLimit, at: number): number => {
  const slot = { _at: 0 };
  const wait = take(limiter, slot, limit, 0, at);
  if (wait > 0) return wait;
  answered(limiter, slot, at);
  return 0;
};

/**
 * Between a place and the API lies a network, and not every request takes the same time there. So a
 * window is a little longer than the API's: by 3.5 %, 50 ms at most.
 */
export const guarded = ({ requests, perMs }: RateLimit): RateLimit => ({ requests, perMs: perMs + Math.min(perMs * 0.035, 50) });

export class Places {
  readonly #limiter = newLimiter();
  readonly #waiting = new Set<Waiter>();
  /** For whom the timer is set. */
  #next: Waiter | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  limiter(given: RateLimit): RateLimiter {
    const limit = guarded(given);
    return {
      acquire: ({ signal }) => {
        if (signal?.aborted) return Promise.reject(reasonOf(signal));
        if (!this.#waiting.size && admit(this.#limiter, limit, now()) === 0) return;
        return new Promise<void>((resolve, reject) => {
          const waiter = { limit, go: () => (unlisten?.(), resolve()) };
          const unlisten = signal && listen(signal, () => (this.#leave(waiter), reject(reasonOf(signal))));
          this.#waiting.add(waiter);
          if (this.#waiting.size === 1) this.#pump();
        });
      },
      hold: ({ ms }) => {
        hold(this.#limiter, ms, now());
        this.#expectEnd();
        this.#pump();
      },
    };
  }

  #leave(waiter: Waiter) {
    this.#waiting.delete(waiter);
    if (!this.#waiting.size) clearTimeout(this.#timer);
    // Whoever is first now may have another limit. It is asked soon, and not now: many may leave at once.
    else if (waiter === this.#next) this.#pumpIn(0);
  }

  /** Whoever was told of the pause waits for its end elsewhere, and comes back then. */
  #expectEnd() {
    const pause = held(this.#limiter, now());
    clearTimeout(this.#pause);
    if (pause > 0) this.#pause = expect(pause);
  }

  #pumpIn(ms: number) {
    clearTimeout(this.#timer);
    this.#timer = after(ms, () => this.#pump());
  }

  /** Lets go whoever may go, and looks again when the next one may. */
  #pump() {
    clearTimeout(this.#timer);
    for (const waiter of this.#waiting) {
      const wait = admit(this.#limiter, waiter.limit, now());
      if (wait > 0) {
        this.#next = waiter;
        return this.#pumpIn(wait);
      }
      this.#waiting.delete(waiter);
      waiter.go();
    }
  }
}

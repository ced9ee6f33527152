/** The sandbox's time. */

/** The longest that a timer can wait; what is longer takes several. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Somebody who waits. */
interface Waiting {
  until: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  over: () => void;
}

/** A wait that can be given up. */
export interface Wait {
  readonly over: Promise<void>;
  cancel(): void;
}

/** The runtime's time, or one that stands; both can be moved. No timer unless somebody waits. */
export class Clock {
  readonly #standing: number | undefined;
  readonly #waiting = new Set<Waiting>();
  #moved = 0;

  /** @param standing where it stands, in milliseconds since 1970; it runs if left out */
  constructor(standing: number | undefined) {
    this.#standing = standing;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return (this.#standing ?? Date.now()) + this.#moved;
  }

  /** Waits until so many milliseconds have passed. Where time stands, only `advance` ends it. */
  wait(ms: number): Wait {
    let waiting: Waiting;
    const over = new Promise<void>((resolve) => {
      waiting = { until: this.now() + ms, timer: undefined, over: resolve };
      this.#waiting.add(waiting);
      this.#look(waiting);
    });
    return { over, cancel: () => this.#forget(waiting) };
  }

  /** Moves it. */
  advance(ms: number): void {
    this.#moved += ms;
    for (const waiting of [...this.#waiting].sort((one, other) => one.until - other.until)) this.#look(waiting);
  }

  /** As it was when it was made. */
  reset(): void {
    this.#moved = 0;
  }

  #look(waiting: Waiting): void {
    const left = waiting.until - this.now();
    clearTimeout(waiting.timer);
    if (left <= 0) {
      this.#waiting.delete(waiting);
      waiting.over();
    } else if (this.#standing === undefined) {
      waiting.timer = setTimeout(() => this.#look(waiting), Math.min(left, LONGEST_TIMER));
    }
  }

  #forget(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
  }
}

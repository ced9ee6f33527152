/** The sandbox's time. */

/** The longest that a timer can wait; what is longer takes several. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** So much earlier than the clock has it, a timer may ring by itself. */
const EARLY = 1;

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

  /** As it was when it was made; nobody waits any more. */
  reset(): void {
    this.#moved = 0;
    for (const waiting of this.#waiting) this.#forget(waiting);
  }

  #look(waiting: Waiting): void {
    const left = waiting.until - this.now();
    clearTimeout(waiting.timer);
    if (left <= 0) this.#end(waiting);
    else if (this.#standing === undefined) this.#start(waiting, Math.min(left, LONGEST_TIMER));
  }

  #start(waiting: Waiting, ms: number): void {
    const due = this.now() + ms;
    const timer = setTimeout(() => {
      // Another one is left behind where it is faked and `clearTimeout` is not.
      if (waiting.timer === timer) this.#rang(waiting, due);
    }, ms);
    waiting.timer = timer;
  }

  /** A timer is believed, whatever the clock says: one of the two may be faked, and the other not. */
  #rang(waiting: Waiting, due: number): void {
    const behind = due - this.now();
    if (behind > EARLY) this.#moved += behind;
    if (due < waiting.until) this.#look(waiting);
    else this.#end(waiting);
  }

  #end(waiting: Waiting): void {
    this.#forget(waiting);
    waiting.over();
  }

  #forget(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    waiting.timer = undefined;
    this.#waiting.delete(waiting);
  }
}

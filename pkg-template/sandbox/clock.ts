/** The sandbox's time. */

/** The longest timeout that `setTimeout` supports, in milliseconds. Longer waits take several timers. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A timer can fire this much before the clock reaches its time, in milliseconds. */
const EARLY = 1;

/** A pending wait. */
interface Pending {
  until: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  resolve: () => void;
}

/** A wait that can be canceled. */
export interface Wait {
  readonly over: Promise<void>;
  cancel(): void;
}

/** The runtime's time, or a fixed time. Both can be advanced. A timer runs only while a wait is pending. */
export class Clock {
  readonly #fixed: number | undefined;
  readonly #pending = new Set<Pending>();
  #advanced = 0;

  /** @param fixed the fixed time, in milliseconds since 1970; `undefined` for the runtime's time */
  constructor(fixed: number | undefined) {
    this.#fixed = fixed;
  }

  /** The current time, in milliseconds since 1970. */
  now(): number {
    return (this.#fixed ?? Date.now()) + this.#advanced;
  }

  /** Waits for `ms` milliseconds. With a fixed time, only `advance` ends the wait. */
  wait(ms: number): Wait {
    let pending: Pending;
    const over = new Promise<void>((resolve) => {
      pending = { until: this.now() + ms, timer: undefined, resolve };
      this.#pending.add(pending);
      this.#check(pending);
    });
    return { over, cancel: () => this.#remove(pending) };
  }

  /** Advances the time. */
  advance(ms: number): void {
    this.#advanced += ms;
    for (const pending of [...this.#pending].sort((one, other) => one.until - other.until)) this.#check(pending);
  }

  /** Restores the initial time and cancels all waits. */
  reset(): void {
    this.#advanced = 0;
    for (const pending of this.#pending) this.#remove(pending);
  }

  #check(pending: Pending): void {
    const left = pending.until - this.now();
    clearTimeout(pending.timer);
    if (left <= 0) this.#end(pending);
    else if (this.#fixed === undefined) this.#start(pending, Math.min(left, LONGEST_TIMER));
  }

  #start(pending: Pending, ms: number): void {
    const due = this.now() + ms;
    const timer = setTimeout(() => {
      // An old timer can still fire where `setTimeout` is faked and `clearTimeout` is not.
      if (pending.timer === timer) this.#fired(pending, due);
    }, ms);
    pending.timer = timer;
  }

  /** A timer that fired takes precedence over the clock: only one of the two may be faked. */
  #fired(pending: Pending, due: number): void {
    const behind = due - this.now();
    if (behind > EARLY) this.#advanced += behind;
    if (due < pending.until) this.#check(pending);
    else this.#end(pending);
  }

  #end(pending: Pending): void {
    this.#remove(pending);
    pending.resolve();
  }

  #remove(pending: Pending): void {
    clearTimeout(pending.timer);
    pending.timer = undefined;
    this.#pending.delete(pending);
  }
}

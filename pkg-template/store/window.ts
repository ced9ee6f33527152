/**
 * The window rule: at most `requests` arrive at the API in any window of `perMs`.
 *
 * Each slot has one number, `at`: the latest time at which its request can have arrived. It is in the future while
 * the request is in flight, and the time of the answer afterwards. The rule depends only on the blocking slot, which
 * is the `requests`-th newest. `redis/scripts.ts` has it in Lua; `tests/store/rules.test.mjs` compares the two.
 */

/**
 * The earliest time at which one more request may be sent, or `undefined` while that depends on a request in flight.
 * `blocking` is the `at` of the blocking slot, `undefined` if there are fewer slots.
 */
export const freeAt = (blocking: number | undefined, perMs: number, heldUntil: number, now: number): number | undefined => {
  if (blocking === undefined) return Math.max(now, heldUntil);
  return blocking > now ? undefined : Math.max(now, heldUntil, blocking + perMs);
};

/** How long slots are kept at least, in milliseconds, because a deployment may lengthen the window of a limit. */
export const LEAST_KEPT_MS = 60_000;
/** The most slots that are kept only for that. */
export const MOST_KEPT = 1_000;

/** A slot of a window. */
export interface Slot {
  readonly id: string;
  at: number;
}

/** Persists a window. Each change is written before a step ends. */
export interface Journal {
  put(slot: Slot): void;
  remove(id: string): void;
  describe(state: WindowState, now: number): void;
}

/** The state of a window besides its slots. */
export interface WindowState {
  /** The end of a pause that the API requested. */
  heldUntil: number;
  /** The longest window that was requested since the limit was last idle. */
  longest: number;
}

/** The slots of one limit, earliest first. */
export class Window {
  readonly #journal: Journal | undefined;
  readonly #slots: Slot[];
  readonly #byId: Map<string, Slot>;
  readonly #state: WindowState;
  /** The time of the latest step. */
  #now = -Infinity;

  constructor(journal?: Journal, slots: Slot[] = [], state: WindowState = { heldUntil: 0, longest: 0 }) {
    this.#journal = journal;
    this.#slots = slots;
    this.#byId = new Map(slots.map((slot) => [slot.id, slot]));
    this.#state = state;
  }

  /** Whether there are no slots and no pause. */
  get isIdle(): boolean {
    return !this.#slots.length && this.heldUntil <= this.#now;
  }

  get heldUntil(): number {
    return this.#state.heldUntil;
  }

  /** Advances to `now`, and removes slots that are outside of every window. If the clock was set back, all times move along. */
  advance(now: number, perMs = 0) {
    const back = this.#now - now;
    if (back > 0) {
      this.#state.heldUntil -= back;
      for (const slot of this.#slots) this.#move(slot, slot.at - back);
    }
    this.#now = now;
    const { longest } = this.#state;
    this.#forgetUntil(now - longest, now - LEAST_KEPT_MS);
    this.#state.longest = this.isIdle ? perMs : Math.max(longest, perMs);
    if (back > 0 || this.#state.longest !== longest) this.#describe();
  }

  /** The blocking slot, for a limit of `requests`. */
  blocking(requests: number): Slot | undefined {
    return this.#slots[this.#slots.length - requests];
  }

  find(id: string): Slot | undefined {
    return this.#byId.get(id);
  }

  /** Adds or moves a slot: its request can arrive until `at`. */
  put(id: string, at: number) {
    this.#unlist(id);
    const slot = { id, at };
    this.#slots.splice(this.#indexOf(slot), 0, slot);
    this.#byId.set(id, slot);
    this.#journal?.put(slot);
  }

  /** Removes a slot: its request was not sent. */
  remove(id: string) {
    if (this.#unlist(id)) this.#forget(id);
  }

  hold(ms: number) {
    if (!(ms > 0)) return;
    this.#state.heldUntil = Math.max(this.heldUntil, this.#now + ms);
    this.#describe();
  }

  /** Removes slots that are outside of every window and either old or surplus. */
  #forgetUntil(outside: number, old: number) {
    const surplus = this.#slots.length - MOST_KEPT;
    const forgotten = Math.min(this.#countUntil(outside), Math.max(this.#countUntil(old), surplus));
    for (const { id } of this.#slots.splice(0, Math.max(0, forgotten))) this.#forget(id);
  }

  /** How many slots are not after `at`. */
  #countUntil(at: number): number {
    // Sorts after every id.
    return this.#indexOf({ id: "\uffff", at });
  }

  #describe() {
    this.#journal?.describe(this.#state, this.#now);
  }

  #move(slot: Slot, at: number) {
    slot.at = at;
    this.#journal?.put(slot);
  }

  #unlist(id: string): boolean {
    const slot = this.#byId.get(id);
    if (!slot) return false;
    this.#slots.splice(this.#indexOf(slot), 1);
    return true;
  }

  /** The index of a slot, or where to insert it. Slots are sorted by `at` and then by id, as in Redis. */
  #indexOf({ id, at }: Slot): number {
    let [low, high] = [0, this.#slots.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const slot = this.#slots[middle]!;
      if (slot.at < at || (slot.at === at && slot.id < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forget(id: string) {
    this.#byId.delete(id);
    this.#journal?.remove(id);
  }
}

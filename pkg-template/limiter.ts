/**
 * The rate limiter: at most `requests` requests in any window of `perMs` milliseconds, by the rules of
 * `src/limiter.rs`. All times are milliseconds of one clock; when it is set back, the recorded times move along.
 */
import type { RateLimit } from "./types.js";

/** The slot of one request. */
export interface Slot {
  /** The time from which it counts for one window: that of the response, or the end of its lease while in flight. */
  _at: number;
}

/** The state that all clients with the same key and base URL share. */
export interface Limiter {
  /** The slots by time. Those in flight come last: they count in every window. */
  _slots: Slot[];
  /** The longest window of any client. Older slots are removed. */
  _longest: number;
  /** The server requested that no request is sent before this time. */
  _heldUntil: number;
  /** The latest time that was passed in. */
  _now: number;
}

/** The longest pause that a server can request, one hour: a faulty header must not block a key forever. */
export const LONGEST_PAUSE = 3_600_000;

export const newLimiter = (): Limiter => ({ _slots: [], _longest: 0, _heldUntil: 0, _now: 0 });

/** The rest of the pause that the server requested, 0 or less if it is over. Removes slots that are out of every window. */
export const held = (limiter: Limiter, now: number): number => {
  const { _slots: slots } = limiter;
  const back = limiter._now - now;
  if (back > 0) {
    limiter._heldUntil -= back;
    for (const slot of slots) slot._at -= back;
  }
  limiter._now = now;
  while (now - slots[0]?._at! >= limiter._longest) slots.shift();
  return limiter._heldUntil - now;
};

/** Inserts a slot by its time. */
export const put = (slots: Slot[], slot: Slot, at: number) => {
  let index = slots.length;
  while (slots[index - 1]?._at! > at) index--;
  slot._at = at;
  slots.splice(index, 0, slot);
};

/**
 * Takes a slot for a request that is in flight for at most `lease` milliseconds. Returns 0 or less if it is
 * granted, otherwise the milliseconds after which to try again.
 */
export const take = (limiter: Limiter, slot: Slot, { requests, perMs }: RateLimit, lease: number, now: number): number => {
  const { _slots: slots } = limiter;
  limiter._longest = Math.max(limiter._longest, perMs);
  const pause = held(limiter, now);
  const first = slots[slots.length - requests];
  // A slot in flight may get its response now at the earliest.
  const wait = Math.max(pause, first ? perMs - Math.max(now - first._at, 0) : 0);
  if (wait <= 0) put(slots, slot, now + lease);
  return wait;
};

/** Frees a slot whose request was never sent. */
export const free = ({ _slots: slots }: Limiter, slot: Slot) => {
  const index = slots.lastIndexOf(slot);
  if (index >= 0) slots.splice(index, 1);
};

/**
 * Counts the slot for one window from now on: the response headers have arrived, or the attempt has ended without
 * any. Called again for the same slot if its request may have arrived later than that.
 */
export const answered = (limiter: Limiter, slot: Slot, now: number) => {
  held(limiter, now);
  free(limiter, slot);
  put(limiter._slots, slot, now);
};

/** Grants no slot for `wait` milliseconds: the server requested a pause. */
export const hold = (limiter: Limiter, wait: number, now: number) => {
  const left = held(limiter, now);
  limiter._heldUntil = now + Math.max(left, Math.min(wait, LONGEST_PAUSE));
};

/**
 * The rate limiter: at most so many requests in any window of time, by the rules of `src/limiter.rs`.
 * All times are milliseconds of one clock; where that is put back, what is known moves along.
 */
import type { RateLimit } from "./types.js";

/** A request's slot. */
export interface Slot {
  /** From when on it counts for one window: its answer's time. While it is in flight, the end of its lease. */
  _at: number;
}

/** What all clients with the same key and base URL share. */
export interface Limiter {
  /** The slots in the order of their times. Those in flight are at the end: they count in every window. */
  _slots: Slot[];
  /** The longest window that anybody asked for: older slots are forgotten. */
  _longest: number;
  /** Nobody goes before this time: the server said so. */
  _heldUntil: number;
  /** The latest time that it was told. */
  _now: number;
}

/** The longest pause that a server is granted: an hour. A mistaken header must not end a key for good. */
export const LONGEST_PAUSE = 3_600_000;

export const newLimiter = (): Limiter => ({ _slots: [], _longest: 0, _heldUntil: 0, _now: 0 });

/** How long the server's pause lasts from now on, 0 or less where there is none. Forgets what is out of every window. */
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

/** Puts a slot where its time is. */
export const put = (slots: Slot[], slot: Slot, at: number) => {
  let index = slots.length;
  while (slots[index - 1]?._at! > at) index--;
  slot._at = at;
  slots.splice(index, 0, slot);
};

/**
 * Asks for a slot, in flight for so long at most: 0 or less where it is granted, else the milliseconds after
 * which to ask again.
 */
export const take = (limiter: Limiter, slot: Slot, { requests, perMs }: RateLimit, lease: number, now: number): number => {
  const { _slots: slots } = limiter;
  limiter._longest = Math.max(limiter._longest, perMs);
  const pause = held(limiter, now);
  const first = slots[slots.length - requests];
  // One in flight may be answered now at the earliest.
  const wait = Math.max(pause, first ? perMs - Math.max(now - first._at, 0) : 0);
  if (wait <= 0) put(slots, slot, now + lease);
  return wait;
};

/** The slot is free again: its request was never sent. */
export const giveBack = ({ _slots: slots }: Limiter, slot: Slot) => {
  const index = slots.lastIndexOf(slot);
  if (index >= 0) slots.splice(index, 1);
};

/**
 * The answer's headers have come, or the attempt has ended without: from now on the slot counts for one
 * window. For the same slot again, where its request may have arrived later than was thought.
 */
export const answered = (limiter: Limiter, slot: Slot, now: number) => {
  held(limiter, now);
  giveBack(limiter, slot);
  put(limiter._slots, slot, now);
};

/** Lets nobody go for so long: the server asks for it. */
export const hold = (limiter: Limiter, wait: number, now: number) => {
  const left = held(limiter, now);
  limiter._heldUntil = now + Math.max(left, Math.min(wait, LONGEST_PAUSE));
};

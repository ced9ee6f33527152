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
  /** The slots that count for one window, the oldest first. */
  _answered: Slot[];
  /** The slots whose requests may yet arrive at the API: they count in every window. */
  _inFlight: Set<Slot>;
  /** No lease ends before this time. */
  _leaseEnd: number;
  /** The longest window that anybody asked for: older slots are forgotten. */
  _longest: number;
  /** Nobody goes before this time: the server said so. */
  _heldUntil: number;
  /** The latest time that it was told. */
  _now: number;
}

/** The longest pause that a server is granted: an hour. A mistaken header must not end a key for good. */
export const LONGEST_PAUSE = 3_600_000;

export const newLimiter = (): Limiter => ({
  _answered: [],
  _inFlight: new Set(),
  _leaseEnd: Infinity,
  _longest: 0,
  _heldUntil: 0,
  _now: 0,
});

/** Slots whose leases have ended count as answered at that time. */
const endLeases = (limiter: Limiter, now: number) => {
  limiter._leaseEnd = Infinity;
  for (const slot of limiter._inFlight) {
    if (slot._at <= now) {
      limiter._inFlight.delete(slot);
      limiter._answered.push(slot);
    } else limiter._leaseEnd = Math.min(limiter._leaseEnd, slot._at);
  }
  limiter._answered.sort((a, b) => a._at - b._at);
};

/** How long the server's pause lasts from now on, 0 or less where there is none. Forgets what is out of every window. */
export const held = (limiter: Limiter, now: number): number => {
  const { _answered: answered } = limiter;
  const back = limiter._now - now;
  if (back > 0) {
    limiter._heldUntil -= back;
    limiter._leaseEnd -= back;
    for (const slot of [...answered, ...limiter._inFlight]) slot._at -= back;
  }
  limiter._now = now;
  if (now >= limiter._leaseEnd) endLeases(limiter, now);
  while (now - answered[0]?._at! >= limiter._longest) answered.shift();
  return limiter._heldUntil - now;
};

/**
 * Asks for a slot, for so long at most: 0 or less where it is granted, else the milliseconds after which to
 * ask again.
 */
export const take = (limiter: Limiter, slot: Slot, { requests, perMs }: RateLimit, lease: number, now: number): number => {
  limiter._longest = Math.max(limiter._longest, perMs);
  const pause = held(limiter, now);
  const first = limiter._answered.length + limiter._inFlight.size - requests;
  // Where all are in flight, the next may be answered now at the earliest.
  const full = first < 0 ? 0 : perMs - (now - (limiter._answered[first]?._at ?? now));
  const wait = Math.max(pause, full);
  if (wait <= 0) {
    slot._at = now + lease;
    limiter._leaseEnd = Math.min(limiter._leaseEnd, slot._at);
    limiter._inFlight.add(slot);
  }
  return wait;
};

/** The slot is free again: its request was never sent. */
export const giveBack = (limiter: Limiter, slot: Slot) => {
  if (!limiter._inFlight.delete(slot)) limiter._answered = limiter._answered.filter((other) => other !== slot);
};

/**
 * The answer's headers have come, or the attempt has ended without: from now on the slot counts for one
 * window. For the same slot again, where its request may have arrived later than was thought.
 */
export const answered = (limiter: Limiter, slot: Slot, now: number) => {
  held(limiter, now);
  giveBack(limiter, slot);
  slot._at = now;
  limiter._answered.push(slot);
};

/** Lets nobody go for so long: the server asks for it. */
export const hold = (limiter: Limiter, wait: number, now: number) => {
  const left = held(limiter, now);
  limiter._heldUntil = now + Math.max(left, Math.min(wait, LONGEST_PAUSE));
};

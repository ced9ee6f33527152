/**
 * The rate limiter: at most so many requests in any window of time, by the rules of `src/limiter.rs`.
 * All times are milliseconds of one clock; where that is put back, what is known moves along.
 */
import type { RateLimit } from "./types.js";

/** What all clients with the same key and base URL share. */
export interface Limiter {
  /** The times of the requests in the window, the oldest first. */
  _sent: number[];
  /** How many have their place and are not yet on their way. */
  _promised: number;
  /** The longest window that anybody asked for: older requests are forgotten. */
  _longest: number;
  /** Nobody goes before this time: the server said so. */
  _heldUntil: number;
  /** The latest time that it was told. */
  _now: number;
}

/** The longest pause that a server is granted: an hour. A mistaken header must not end a key for good. */
export const LONGEST_PAUSE = 3_600_000;

export const newLimiter = (): Limiter => ({ _sent: [], _promised: 0, _longest: 0, _heldUntil: 0, _now: 0 });

/** How long the server's pause lasts from now on, 0 or less where there is none. Forgets what is out of every window. */
export const held = (limiter: Limiter, now: number): number => {
  const back = limiter._now - now;
  if (back > 0) {
    limiter._heldUntil -= back;
    limiter._sent = limiter._sent.map((time) => time - back);
  }
  limiter._now = now;
  while (now - limiter._sent[0]! >= limiter._longest) limiter._sent.shift();
  return limiter._heldUntil - now;
};

/** Asks for a place: 0 or less where it is given, else the milliseconds after which to ask again. */
export const take = (limiter: Limiter, { requests, perMs }: RateLimit, now: number): number => {
  limiter._longest = Math.max(limiter._longest, perMs);
  const pause = held(limiter, now);
  const first = limiter._sent.length + limiter._promised - requests;
  // Where there are only promises, whoever holds one is about to send.
  const full = first < 0 ? 0 : perMs - (now - (limiter._sent[first] ?? now));
  const wait = Math.max(pause, full);
  if (wait <= 0) limiter._promised++;
  return wait;
};

/** A request that had a place is on its way: from now on it counts for one window. */
export const sent = (limiter: Limiter, now: number) => {
  held(limiter, now);
  limiter._promised--;
  limiter._sent.push(now);
};

/** Lets nobody go for so long: the server asks for it. */
export const hold = (limiter: Limiter, wait: number, now: number) => {
  const left = held(limiter, now);
  limiter._heldUntil = now + Math.max(left, Math.min(wait, LONGEST_PAUSE));
};

/**
 * The earliest time, from `from` on, at which one more may go, so that no window of `perMs` has more than
 * `requests`. `given` are the places that were given, the earliest first; some may be to come. The
 * script `TAKE` for Redis has this once more in Lua; the tests hold the two together.
 */
export const earliest = (given: readonly number[], from: number, requests: number, perMs: number): number => {
  let at = from;
  for (;;) {
    const later = tooMany(given, at, requests, perMs);
    if (later === undefined) return at;
    at = later;
  }
};

/** Where a place at that time would make a window too full: the next time that comes into question. */
const tooMany = (given: readonly number[], at: number, requests: number, perMs: number): number | undefined => {
  let before = 0;
  while (before < given.length && given[before]! <= at) before++;
  // Windows that begin with a place before it, and end with it or with one after it.
  for (let first = Math.max(0, before - requests); first < before; first++) {
    const last = first + requests === before ? at : given[first + requests - 1];
    if (last !== undefined && last - given[first]! < perMs) return given[first]! + perMs;
  }
  // The window that begins with it.
  const last = given[before + requests - 1];
  return last !== undefined && last - at < perMs ? given[before] : undefined;
};

/** How much of a refused request is still read, so that its connection is neither blocked nor reset. */

/** In bytes. */
export const MOST_DRAINED = 1_048_576;
/** In milliseconds. */
export const DRAIN_MS = 5_000;

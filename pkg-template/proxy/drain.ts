/** How much of a refused request is read and discarded, so that its connection is neither blocked nor reset. */

/** In bytes. */
export const MAX_DRAINED_BYTES = 1_048_576;
/** In milliseconds. */
export const DRAIN_MS = 5_000;

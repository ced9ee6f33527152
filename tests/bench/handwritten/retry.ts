/** Operations that are not repeat-safe are retried only after a 429, since the server did not execute them. */
export const retryable = (status: number, repeatSafe: boolean) =>
  status === 429 || (repeatSafe && (status === 408 || (status >= 500 && status < 600 && status !== 501 && status !== 505)));

/** 500, 1000, 2000, … up to 8000 ms, less up to a quarter. */
export const backoff = (attempt: number) =>
  Math.ceil(Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - Math.random() / 4));

/** Timers have whole milliseconds, six days at most. */
export const timer = (ms: number) => Math.min(Math.ceil(ms), 2 ** 29 - 1);

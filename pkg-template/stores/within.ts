/** Waiting with an end: the time is over, or the caller has disconnected. */
import { listen } from "../abort.js";
import { after } from "./clock.js";

/** The time was over. */
export class TimeoutError extends Error {}

/** The caller has disconnected: no answer can reach it, and nothing was sent. */
export class CallerDisconnected extends Error {}

/** The store did not answer in time. It counts as unavailable. */
export class StoreTimeout extends Error {}

/** The store cannot work as it is set up. Trying again changes nothing. */
export class UnusableStore extends TypeError {}

/** The longest that a step of a store may take, in milliseconds. Some clients of Redis wait for a lost connection for ever. */
const STEP_MS = 10_000;
/** How long a step waits before it is tried again, in milliseconds. Steps are safe to repeat. */
const STEP_RETRIES_MS = [50, 200, 800];

/** Throws when the caller has disconnected. */
export const ensureConnected = (disconnected: AbortSignal | undefined) => {
  if (disconnected?.aborted) throw new CallerDisconnected();
};

/** What `act` gives, within so many milliseconds and while the caller is connected. Its signal aborts when that is over. */
export const within = async <T>(
  ms: number,
  disconnected: AbortSignal | undefined,
  act: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> => {
  ensureConnected(disconnected);
  const controller = new AbortController();
  let end!: (why: Error) => void;
  const over = new Promise<never>((_, reject) => {
    end = (why) => (reject(why), controller.abort(why));
  });
  // Where `act` throws at once, nothing else handles it.
  over.catch(() => {});
  const timer = after(ms, () => end(new TimeoutError(`over after ${ms} ms`)));
  const unlisten = disconnected && listen(disconnected, () => end(new CallerDisconnected()));
  try {
    return await Promise.race([act(controller.signal), over]);
  } finally {
    clearTimeout(timer);
    unlisten?.();
  }
};

/** Waits for so many milliseconds, while the caller is connected. */
export const sleep = (ms: number, disconnected?: AbortSignal): Promise<void> =>
  within(ms, disconnected, () => new Promise<never>(() => {})).catch((error) => {
    if (!(error instanceof TimeoutError)) throw error;
  });

/** Takes a step, again where it fails: its answer may have been lost, or a cluster may be moving keys. */
const attempts = async <T>(act: () => PromiseLike<T>, signal: AbortSignal): Promise<T> => {
  for (const pause of STEP_RETRIES_MS) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof UnusableStore || signal.aborted) throw error;
    }
    await sleep(pause);
  }
  return act();
};

/** A step of a store: tried again for a moment, and given up after a while. */
export const storeStep = <T>(act: () => PromiseLike<T>): Promise<T> =>
  within(STEP_MS, undefined, (signal) => attempts(act, signal)).catch((error) => {
    throw error instanceof TimeoutError ? new StoreTimeout(`The store did not answer within ${STEP_MS} ms`) : error;
  });

/** Waiting that ends with a timeout, or when the caller disconnects. */
import { listen } from "../abort.js";
import { after } from "./clock.js";

/** The time has run out. */
export class TimeoutError extends Error {}

/** The caller has disconnected, and the request was not sent. */
export class CallerDisconnected extends Error {}

/** The store did not reply in time. It counts as unavailable. */
export class StoreTimeout extends Error {}

/** The store cannot work with its configuration. Retrying does not help. */
export class UnusableStore extends TypeError {}

/** How long a step of a store may take, in milliseconds. Some Redis clients wait for a lost connection forever. */
const STEP_MS = 10_000;
/** The pauses between the tries of a step, in milliseconds. */
const STEP_RETRIES_MS = [50, 200, 800];

/** Throws if the caller has disconnected. */
export const ensureConnected = (disconnected: AbortSignal | undefined) => {
  if (disconnected?.aborted) throw new CallerDisconnected();
};

/** Runs `act` for at most `ms` milliseconds and while the caller is connected; after that, its signal aborts. */
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
  // If `act` throws synchronously, nothing else handles it.
  over.catch(() => {});
  const timer = after(ms, () => end(new TimeoutError(`Timed out after ${Math.round(ms)} ms`)));
  const unlisten = disconnected && listen(disconnected, () => end(new CallerDisconnected()));
  try {
    return await Promise.race([act(controller.signal), over]);
  } finally {
    clearTimeout(timer);
    unlisten?.();
  }
};

/** Waits for `ms` milliseconds, while the caller is connected. */
export const sleep = (ms: number, disconnected?: AbortSignal): Promise<void> =>
  within(ms, disconnected, () => new Promise<never>(() => {})).catch((error) => {
    if (!(error instanceof TimeoutError)) throw error;
  });

/** Takes a step, and repeats it if it fails: its reply may have been lost, or a cluster may be moving keys. */
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

/** Takes a step of a store with retries and a timeout. */
export const storeStep = <T>(act: () => PromiseLike<T>): Promise<T> =>
  within(STEP_MS, undefined, (signal) => attempts(act, signal)).catch((error) => {
    throw error instanceof TimeoutError ? new StoreTimeout(`The store did not reply within ${STEP_MS} ms`) : error;
  });

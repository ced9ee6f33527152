/** Waiting, but not for ever: until the time is over, or whoever asked has left. */
import { listen } from "../signals.js";
import { after } from "./clock.js";

/** The time was over. */
export class Late extends Error {}

/** Whoever asked has left: nobody is there to be answered, and nothing was sent. */
export class Left extends Error {}

/** A store that says nothing counts as away. */
export class Silent extends Error {}

/** How long a step of a store may take, in milliseconds. Some clients of Redis wait for ever while it is away. */
const STEP = 10_000;

/** Goes on only while whoever asked is there. */
export const stay = (left: AbortSignal | undefined) => {
  if (left?.aborted) throw new Left();
};

/** What `act` gives, within so many milliseconds and while whoever asked is there. Its signal tells it when that is over. */
export const within = async <T>(
  ms: number,
  left: AbortSignal | undefined,
  act: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> => {
  stay(left);
  const controller = new AbortController();
  let end!: (why: Error) => void;
  const over = new Promise<never>((_, reject) => {
    end = (why) => (reject(why), controller.abort(why));
  });
  // Where `act` throws at once, nobody else hears of it.
  over.catch(() => {});
  const timer = after(ms, () => end(new Late(`over after ${ms} ms`)));
  const unlisten = left && listen(left, () => end(new Left()));
  try {
    return await Promise.race([act(controller.signal), over]);
  } finally {
    clearTimeout(timer);
    unlisten?.();
  }
};

/** A step of a store. */
export const step = <T>(act: (signal: AbortSignal) => T | PromiseLike<T>): Promise<T> =>
  within(STEP, undefined, act).catch((error) => {
    throw error instanceof Late ? new Silent(`the store said nothing in ${STEP} ms`) : error;
  });

/** Failures of the store. */
import { CallerDisconnected, within } from "./within.js";

/** How long after the deadline a step that started in time may end, in milliseconds. */
const GRACE_MS = 2_000;

/** Bounds the time until a request is sent. */
export interface Deadline {
  /** The milliseconds since the request arrived. */
  passed(): number;
  /** The remaining milliseconds, at most `most`. */
  left(most?: number): number;
}

/** The store is unavailable. The request was not sent. */
export class StoreUnavailable extends Error {}

/** Converts the failure of a step, unless the caller ended it. */
export const unavailable = (cause: unknown): Error =>
  cause instanceof CallerDisconnected ? cause : new StoreUnavailable("The store is unavailable", { cause });

/** Takes a step of the store, within the deadline. */
export const fromStore = async <T>(deadline: Deadline, step: () => PromiseLike<T>): Promise<T> => {
  try {
    return await within(deadline.left() + GRACE_MS, undefined, step);
  } catch (error) {
    throw unavailable(error);
  }
};

/** A store that does not work. */
import { CallerDisconnected, within } from "../stores/within.js";
import type { Deadline } from "./deadline.js";

/** A step that began in time may end so much later, in milliseconds. */
const GRACE_MS = 2_000;

/** The store is unavailable. Nothing was sent. */
export class StoreUnavailable extends Error {}

/** The store is unavailable, unless it was the caller that ended the step. */
export const unavailable = (cause: unknown): Error =>
  cause instanceof CallerDisconnected ? cause : new StoreUnavailable("The store is unavailable", { cause });

/** What a step of the store gives, in time. Where it fails, the store is unavailable. */
export const fromStore = async <T>(deadline: Deadline, step: () => PromiseLike<T>): Promise<T> => {
  try {
    return await within(deadline.left() + GRACE_MS, undefined, step);
  } catch (error) {
    throw unavailable(error);
  }
};

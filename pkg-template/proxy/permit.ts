/** The permission to send one request: the subject's quota, and a slot under the key's rate limit. */
import { quietly } from "../events.js";
import { digest } from "../store/digest.js";
import type { Release } from "../store/idempotency.js";
import { newId } from "../store/ids.js";
import { retryAfter } from "../store/outcome.js";
import { fromStore, unavailable, type Deadline } from "../store/unavailable.js";
import { ensureConnected, TimeoutError, within } from "../store/within.js";
import type { Operation } from "./api.js";
import type { Checked } from "./options.js";
import { Refusal } from "./refusal.js";

const NO_RELEASE: Release = () => {};

/** Counts the request against the subject's quota. A request that is not sent is not counted. */
const admit = async ({ limit, store: { quotas } }: Checked, subject: string, deadline: Deadline): Promise<Release> => {
  if (!limit) return NO_RELEASE;
  const name = await digest([subject]);
  const id = newId();
  const release = () => quietly(() => quotas.release(name, id));
  const wait = await fromStore(deadline, () => quotas.admit(name, limit, id)).catch((error) => {
    // The store may have counted it, and its reply was lost.
    release();
    throw error;
  });
  if (wait > 0) throw new Refusal(429, "You have sent too many requests; try again later", retryAfter(wait));
  return (sent) => {
    if (!sent) release();
  };
};

/** Takes a slot under the key's rate limit. */
const takeSlot = async (checked: Checked, operation: Operation, deadline: Deadline, disconnected: AbortSignal): Promise<Release> => {
  const { slots, attemptTimeout } = checked;
  if (!slots) return NO_RELEASE;
  try {
    const release = await within(deadline.left(attemptTimeout), disconnected, (signal) =>
      slots.acquire({ operation, attempt: 1, signal, attemptTimeout }),
    );
    return typeof release === "function" ? (sent) => quietly(() => (release as Release)(sent)) : NO_RELEASE;
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw unavailable(error);
    throw new Refusal(429, "Too many requests are queued; this request was not sent", retryAfter(slots.waitMs?.() ?? 0));
  }
};

/**
 * Waits for the permission to send. Rejects if the request must not be sent: the subject or the API key is over
 * its limit, the caller has disconnected, or the store is unavailable.
 */
export const permit = async (
  checked: Checked,
  subject: string,
  operation: Operation,
  deadline: Deadline,
  disconnected: AbortSignal,
): Promise<Release> => {
  ensureConnected(disconnected);
  const releaseQuota = await admit(checked, subject, deadline);
  let releaseSlot: Release = NO_RELEASE;
  try {
    releaseSlot = await takeSlot(checked, operation, deadline, disconnected);
    ensureConnected(disconnected);
  } catch (error) {
    releaseQuota(false);
    releaseSlot(false);
    throw error;
  }
  return (sent) => {
    releaseQuota(sent);
    releaseSlot(sent);
  };
};

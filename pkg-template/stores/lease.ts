/** Leases: what a process holds is its own as long as it says so. */
import { quietly } from "../events.js";
import { afterQuietly } from "./clock.js";

/** How many renewals fall into a lease: one that is lost does not end it. */
const RENEWALS = 3;

/**
 * Renews a lease of so many milliseconds until the returned function is called, and for `mostMs` at most: what
 * is held takes no longer. A process that died renews none.
 */
export const keepLease = (leaseMs: number, mostMs: number, renew: (leaseMs: number) => PromiseLike<unknown>): (() => void) => {
  const renewMs = leaseMs / RENEWALS;
  let timer: ReturnType<typeof setTimeout>;
  const renewLater = (leftMs: number) => {
    if (leftMs <= 0) return;
    timer = afterQuietly(renewMs, () => {
      quietly(() => renew(leaseMs));
      renewLater(leftMs - renewMs);
    });
  };
  renewLater(mostMs);
  return () => clearTimeout(timer);
};

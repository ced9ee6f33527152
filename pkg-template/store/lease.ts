/** Leases: a process keeps what it holds by renewing it. */
import { quietly } from "../events.js";
import { afterQuietly } from "./clock.js";

/** Renewals per lease, so that a lost renewal does not end it. */
const RENEWALS = 3;

/**
 * Renews a lease of `leaseMs` milliseconds until the returned function is called, for `mostMs` at most.
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

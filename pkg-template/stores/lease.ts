/** Leases: what a process holds is its own as long as it says so. */
import { quietly } from "../events.js";
import { afterQuietly } from "./clock.js";

/** For how long something is held without a word of its process, in milliseconds. */
export const LEASE_MS = 10_000;
/** How often a process renews its lease, in milliseconds: a lost renewal does not end it. */
const RENEW_MS = LEASE_MS / 3;

/** Renews a lease until the returned function is called. The store hears no more of a process that died. */
export const keepLease = (renew: (leaseMs: number) => PromiseLike<unknown>): (() => void) => {
  let timer: ReturnType<typeof setTimeout>;
  const renewLater = () => {
    timer = afterQuietly(RENEW_MS, () => {
      quietly(() => renew(LEASE_MS));
      renewLater();
    });
  };
  renewLater();
  return () => clearTimeout(timer);
};

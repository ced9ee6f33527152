/** Leases: what a process holds is its own as long as it says so. */
import { quietly } from "../events.js";
import { afterQuietly } from "./clock.js";

/** How many renewals fall into a lease: one that is lost does not end it. */
const RENEWALS = 3;

/** Renews a lease of so many milliseconds until the returned function is called. A process that died renews none. */
export const keepLease = (leaseMs: number, renew: (leaseMs: number) => PromiseLike<unknown>): (() => void) => {
  let timer: ReturnType<typeof setTimeout>;
  const renewLater = () => {
    timer = afterQuietly(leaseMs / RENEWALS, () => {
      quietly(() => renew(leaseMs));
      renewLater();
    });
  };
  renewLater();
  return () => clearTimeout(timer);
};

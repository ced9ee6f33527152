/** Makes a store from a function that takes its steps. */
import type { RateLimit, RecordRequest, Store } from "./api.js";
import { attach } from "./client.js";
import { StoreLimiter } from "./limiter.js";
import type { Steps } from "./steps.js";
import { storeStep } from "./within.js";
import { outlive } from "./workers.js";

/** The arguments of a step without the time, which is the store's own. */
type Arguments<Name extends keyof Steps> = Steps[Name] extends (now: number, ...args: infer Args) => unknown ? Args : never;

/** One step, which may be a network round trip. Rejects if the store is unavailable. */
export type StepOf<Name extends keyof Steps> = (...args: Arguments<Name>) => PromiseLike<ReturnType<Steps[Name]>>;

/** Takes one step. */
export type TakeStep = <Name extends keyof Steps>(name: Name, ...args: Arguments<Name>) => ReturnType<StepOf<Name>>;

const quotaOf = (name: string) => `quota ${name}`;

/** The properties of a kind of store. */
export interface StoreTraits {
  /** Whether a step is a network round trip. */
  isRemote: boolean;
  /** The resolution of its clock in milliseconds, by which the time of an answer is rounded up. */
  clockMs: number;
}

export const storeOf = (take: TakeStep, { isRemote, clockMs }: StoreTraits): Store => {
  const step = <Name extends keyof Steps>(name: Name, ...args: Arguments<Name>) => {
    const taking = storeStep(() => take(name, ...args));
    if (isRemote) void outlive(taking);
    return taking;
  };
  return {
    attach(client, input, options) {
      attach(this, client, input, options);
    },
    limiter(limit: RateLimit, name = "api") {
      const { perMs } = limit;
      return new StoreLimiter(
        {
          take: (ids, request) => step("take", name, ids, request),
          mark: (ids, ms) => step("mark", name, perMs, ids, ms + clockMs),
          drop: (ids) => step("drop", name, ids),
          hold: (ms) => step("hold", name, ms),
        },
        limit,
        isRemote,
      );
    },
    quotas: {
      admit: (name, { requests, perMs }, id) => step("admit", quotaOf(name), id, requests, perMs),
      release: (name, id) => step("drop", quotaOf(name), [id]),
    },
    runs: {
      claim: async (run, request, keys) => {
        const reply = await step("claim", run, request, keys);
        return { ...reply, aheadMs: isRemote ? reply.nowMs - Date.now() : 0 };
      },
      startItem: (run, key, owner, claimant, leaseMs) => step("startItem", run, key, owner, claimant, leaseMs),
      renewItem: (run, key, owner, leaseMs) => step("renewItem", run, key, owner, leaseMs),
      endItem: (run, key, owner, state, detail) => step("endItem", run, key, owner, state, detail),
      listItems: (run, cursor, most) => step("listItems", run, cursor, most),
    },
    records: {
      read: (key: string, request: RecordRequest) => step("read", key, request),
      begin: (key: string, request: RecordRequest) => step("begin", key, request),
      renew: (key, owner, leaseMs) => step("renew", key, owner, leaseMs),
      finish: (key, owner, answer) => step("finish", key, owner, answer),
      forget: (key, owner) => step("forget", key, owner),
      settle: (key, expected, answer) => step("settle", key, expected, answer),
    },
  };
};

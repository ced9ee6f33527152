/** Decides right before sending whether an item may be sent. */
import { quietly } from "../events.js";
import type { StoreLimiter } from "../store/api.js";
import type { Gate } from "../store/client.js";
import type { Release } from "../store/idempotency.js";
import { failed } from "../store/outcome.js";
import type { RateLimit, RateLimiter } from "../types.js";
import type { ItemRecords } from "./records.js";
import type { Checked, Task } from "./options.js";
import { nextOpen } from "./hours.js";

/** An item cannot be sent yet. */
export class Later extends Error {
  readonly at: number;
  readonly reason: "hours" | "pace" | "concurrent" | "sending";

  constructor(at: number, reason: Later["reason"]) {
    super("Later");
    this.at = at;
    this.reason = reason;
  }
}

/** `allow` did not return `true`. */
export class Skipped extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("Skipped");
    this.reason = reason;
  }
}

const MINUTE_MS = 60_000;

/** Throws if the item is outside of its hours. */
export const checkHours = ({ hours }: Checked, { item }: Task, now: number) => {
  const at = hours ? nextOpen(hours, item.timeZone, now) : now;
  // Hours that exist in skipped hours alone are found in another week.
  if (at === undefined) throw new Later(now + 7 * 24 * 60 * MINUTE_MS, "hours");
  if (at > now) throw new Later(at, "hours");
};

export const checkAllowed = async ({ allow }: Checked, { item }: Task) => {
  if (!allow) return;
  let answer: unknown;
  try {
    answer = await allow(item);
  } catch (error) {
    throw new Skipped(error);
  }
  if (answer !== true) throw new Skipped(answer);
};

const paceOf = (id: string) => `run ${id} pace`;
export const callsOf = (id: string) => `run ${id} calls`;

/** The longest call of the agents that are known, in milliseconds. */
class Durations {
  readonly #agents = new Map<string, number>();
  #longest = 0;

  async longest({ centerfy }: Checked, { operation, args }: Task): Promise<number> {
    const agentId = args[0] as string;
    if (operation === "makeAiCall" && !this.#agents.has(agentId)) {
      const { max_duration: minutes = 0 } = await centerfy.getAgent(agentId);
      this.#agents.set(agentId, minutes * MINUTE_MS);
      this.#longest = Math.max(this.#longest, minutes * MINUTE_MS);
    }
    return this.#longest;
  }
}

/** The gate of one item. */
export interface ItemGate extends Gate {
  /** The hours ended right before the item was to be sent. */
  late: Later | undefined;
  /** The limiter for which it is queued. */
  limiter: StoreLimiter | false;
}

/** The gates of a run. */
export class Gates {
  readonly #run: Checked;
  readonly #records: ItemRecords;
  readonly #durations = new Durations();
  readonly #pace: RateLimiter | undefined;

  constructor(run: Checked, records: ItemRecords) {
    this.#run = run;
    this.#records = records;
    // Under the name that the quota has, so that both count the same items.
    if (run.pace) this.#pace = run.store.limiter(run.pace, `quota ${paceOf(run.id)}`);
  }

  /** What has to be known before an item is queued: how long calls last. */
  async prepare(task: Task) {
    if (this.#run.concurrent) await this.#durations.longest(this.#run, task);
  }

  /**
   * `onPassed` is called when the item is about to be sent: from then on it is no longer aborted. `isPatient`: whether it
   * waits for the pace.
   */
  of(task: Task, isPatient: boolean, onPassed: () => void): ItemGate {
    const check = () => checkHours(this.#run, task, this.#records.now());
    const gate: ItemGate = {
      records: this.#records,
      late: undefined,
      limiter: false,
      beforeQueue: async (info, limiter) => {
        gate.limiter = limiter;
        check();
        return isPatient ? ((await this.#pace?.acquire(info)) as Release | undefined) : undefined;
      },
      beforeSend: async () => {
        onPassed();
        check();
        const releases: (() => void)[] = [];
        const releaseAll = () => releases.forEach((release) => release());
        try {
          for await (const release of this.#admit(task, isPatient)) releases.push(release);
          await checkAllowed(this.#run, task);
          check();
        } catch (error) {
          releaseAll();
          throw error;
        }
        return (sent) => sent || releaseAll();
      },
      beforeFetch: () => {
        try {
          check();
          return undefined;
        } catch (error) {
          gate.late = error as Later;
          return failed(425, "Not sent: the hours have ended");
        }
      },
    };
    return gate;
  }

  /** Counts the item under the limits of the run. */
  async *#admit(task: Task, isPatient: boolean) {
    const { id, pace, concurrent } = this.#run;
    if (concurrent && task.operation === "makeAiCall") {
      const perMs = await this.#durations.longest(this.#run, task);
      if (perMs > 0) yield await this.#count(callsOf(id), { requests: concurrent, perMs }, task, "concurrent");
    }
    if (pace && !isPatient) yield await this.#count(paceOf(id), pace, task, "pace");
  }

  async #count(name: string, limit: RateLimit, { item }: Task, reason: "pace" | "concurrent") {
    const { quotas } = this.#run.store;
    const wait = await quotas.admit(name, limit, item.key);
    if (wait > 0) throw new Later(this.#records.now() + wait, reason);
    return () => quietly(() => quotas.release(name, item.key));
  }
}

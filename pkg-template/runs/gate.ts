/** Decides right before sending whether an item may be sent. */
import { quietly } from "../events.js";
import type { Gate } from "../store/client.js";
import type { Release } from "../store/idempotency.js";
import type { RateLimit } from "../types.js";
import type { Checked, Task } from "./options.js";
import { nextOpen } from "./hours.js";

/** An item cannot be sent yet. */
export class Later extends Error {
  readonly at: number;
  readonly reason: "hours" | "pace" | "concurrent";

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

/** The gates of a run. */
export class Gates {
  readonly #run: Checked;
  readonly #durations = new Durations();

  constructor(run: Checked) {
    this.#run = run;
  }

  /** What has to be known before an item is queued: how long calls last. */
  async prepare(task: Task) {
    if (this.#run.concurrent) await this.#durations.longest(this.#run, task);
  }

  /** `onPassed` is called when the item is about to be sent: from then on it is no longer aborted. */
  of(task: Task, onPassed: () => void): Gate {
    return {
      beforeQueue: () => checkHours(this.#run, task, Date.now()),
      beforeSend: async () => {
        onPassed();
        checkHours(this.#run, task, Date.now());
        const releases: (() => void)[] = [];
        const releaseAll = () => releases.forEach((release) => release());
        try {
          for await (const release of this.#admit(task)) releases.push(release);
          await checkAllowed(this.#run, task);
          checkHours(this.#run, task, Date.now());
        } catch (error) {
          releaseAll();
          throw error;
        }
        return ((sent) => sent || releaseAll()) as Release;
      },
    };
  }

  /** Counts the item under the limits of the run. */
  async *#admit(task: Task) {
    const { id, pace, concurrent } = this.#run;
    if (concurrent && task.operation === "makeAiCall") {
      const perMs = await this.#durations.longest(this.#run, task);
      if (perMs > 0) yield await this.#count(callsOf(id), { requests: concurrent, perMs }, task, "concurrent");
    }
    if (pace) yield await this.#count(`run ${id} pace`, pace, task, "pace");
  }

  async #count(name: string, limit: RateLimit, { item }: Task, reason: "pace" | "concurrent") {
    const { quotas } = this.#run.store;
    const wait = await quotas.admit(name, limit, item.key);
    if (wait > 0) throw new Later(Date.now() + wait, reason);
    return () => quietly(() => quotas.release(name, item.key));
  }
}

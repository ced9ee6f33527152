/** A store in Redis or Valkey, for many processes. */
import type { RedisClient, RedisOptions } from "../redis/api.js";
import type { RecordRequest, RecordState, Store } from "./api.js";
import { runner, type Run } from "./redis-client.js";
import { LATEST_BEGIN_MS } from "./record.js";
import { ADMIT, BEGIN, DROP, FINISH, FORGET, HOLD, MARK, READ, REMEMBERS, RENEW, TAKE } from "./scripts.js";
import type { SlotReply, SlotRequest } from "./steps.js";
import { storeOf, type TakeStep } from "./store.js";
import { storeStep, UnusableStore } from "./within.js";

/** The scripts read Redis's clock in whole milliseconds. */
const PLACE = { isRemote: true, clockMs: 1 };
/** For how long a Redis that is not used knows since when it lost nothing, in milliseconds: 30 days. */
const HISTORY_KEPT_MS = 30 * 86_400_000;

/** Makes the name of a key. */
type Key = (...parts: string[]) => string;

/** What must stay the same for Redis to have lost nothing, and since when it has. */
interface History {
  id: string;
  since: string;
  evictionPolicy: string;
  isAppendOnly: boolean;
}

const unexpected = (expected: string, reply: unknown) =>
  new UnusableStore(`redis(): eval must resolve to the script's reply, ${expected}; got ${JSON.stringify(reply) ?? String(reply)}`);

const listOf = (reply: unknown, least: number): unknown[] => {
  if (Array.isArray(reply) && reply.length >= least) return reply;
  throw unexpected(`a list of ${least} or more`, reply);
};

const numberOf = (reply: unknown): number => {
  const number = typeof reply === "number" || typeof reply === "bigint" || (typeof reply === "string" && reply) ? Number(reply) : NaN;
  if (Number.isNaN(number)) throw unexpected("a number", reply);
  return number;
};

/** Upstash's client parses what looks like JSON; an answer is a text. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const slotReplyOf = (reply: unknown): SlotReply => {
  const [nowMs, againMs, heldMs, ...pairs] = listOf(reply, 3);
  const slots: SlotReply["slots"] = [];
  for (let i = 0; i < pairs.length; i += 2) slots.push([numberOf(pairs[i]), (pairs[i + 1] as string) || null]);
  return { slots, againMs: numberOf(againMs), heldMs: numberOf(heldMs), nowMs: numberOf(nowMs) };
};

/** So often a step is tried when Redis's history changes meanwhile. */
const HISTORIES = 3;

/** The records. Redis's history has to be known, to tell a key that is new from one that was lost. */
class RedisRecords {
  readonly #run: Run;
  readonly #key: Key;
  /** What was read last. A promise would belong to one request of a Worker. */
  #history: History | undefined;

  constructor(run: Run, key: Key) {
    this.#run = run;
    this.#key = key;
  }

  async ask(script: string, name: string, request: RecordRequest): Promise<RecordState> {
    const { owner, fingerprint, leaseMs, keepMs, sinceMs } = request;
    for (let tries = 0; tries < HISTORIES; tries++) {
      const { id, since } = this.#history ?? (await this.readHistory());
      const args = [owner, `f${fingerprint}`, leaseMs, keepMs, Math.ceil(sinceMs), id, since];
      const [state, answer] = listOf(await this.#run(script, this.#key("record", name), args), 2);
      if (state === "done") return { state, answer: textOf(answer) };
      if (state !== "forgot") return { state } as RecordState;
      // Redis was restarted, or another one took its place.
      this.#history = undefined;
    }
    throw new Error("Redis changes its history with every step");
  }

  async readHistory(): Promise<History> {
    const [id, since, evictionPolicy, isAppendOnly] = listOf(await this.#run(REMEMBERS, this.#key("history"), [HISTORY_KEPT_MS]), 4);
    return (this.#history = {
      id: textOf(id),
      since: textOf(since),
      evictionPolicy: textOf(evictionPolicy),
      isAppendOnly: textOf(isAppendOnly) === "1",
    });
  }
}

const warningsOf = ({ id, evictionPolicy, isAppendOnly }: History): string[] => {
  if (!id.trim()) return ["Redis does not permit INFO: a restart that loses idempotency records cannot be noticed"];
  const warnings = [];
  if (evictionPolicy && evictionPolicy !== "noeviction") {
    warnings.push(`Redis may evict idempotency records: set maxmemory-policy to noeviction; it is ${evictionPolicy}`);
  }
  if (!isAppendOnly) warnings.push("Redis can lose idempotency records when it restarts: set appendonly to yes");
  return warnings;
};

const stepsOf = (run: Run, records: RedisRecords, key: Key) => {
  const window = (name: string) => key("window", name);
  const record = (name: string) => key("record", name);
  return {
    take: async (name: string, ids: string[], { requests, perMs, leaseMs, aheadMs }: SlotRequest) =>
      slotReplyOf(await run(TAKE, window(name), [requests, Math.ceil(perMs), leaseMs, aheadMs, ...ids])),
    mark: (name: string, perMs: number, ids: string[], ms: number) => run(MARK, window(name), [Math.ceil(perMs), ms, ...ids]).then(numberOf),
    drop: (name: string, ids: string[]) => run(DROP, window(name), ids).then(numberOf),
    hold: (name: string, ms: number) => run(HOLD, window(name), [Math.ceil(ms)]).then(numberOf),
    admit: (name: string, id: string, requests: number, perMs: number) => run(ADMIT, window(name), [requests, Math.ceil(perMs), id]).then(numberOf),
    read: (name: string, request: RecordRequest) => records.ask(READ, name, request),
    begin: (name: string, request: RecordRequest) => records.ask(BEGIN, name, request),
    renew: (name: string, owner: string, leaseMs: number) => run(RENEW, record(name), [owner, leaseMs]).then(numberOf),
    finish: (name: string, owner: string, answer: string) => run(FINISH, record(name), [owner, answer]).then(numberOf),
    forget: (name: string, owner: string) => run(FORGET, record(name), [owner, LATEST_BEGIN_MS]).then(numberOf),
  };
};

export const redis = (client: RedisClient, { prefix = "centerfy" }: RedisOptions = {}): Store => {
  if (typeof prefix !== "string" || !/^[^{}]+$/.test(prefix)) {
    throw new TypeError("redis(): prefix must be a text of 1 or more characters without braces");
  }
  const run = runner(client);
  // One hash tag: all keys are in one slot of a cluster.
  const key: Key = (...parts) => [`{${prefix}}`, ...parts].join(":");
  const records = new RedisRecords(run, key);
  const steps: any = stepsOf(run, records, key);
  const take: TakeStep = (name, ...args) => steps[name](...args);
  return { ...storeOf(take, PLACE), warnings: async () => warningsOf(await storeStep(() => records.readHistory())) };
};

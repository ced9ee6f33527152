/** A store in Redis or Valkey, for many processes. */
import { LONGEST_PAUSE } from "../limiter.js";
import type { RedisClient, RedisOptions } from "../redis/api.js";
import type { RecordRequest, RecordState, Store } from "./api.js";
import { now } from "./clock.js";
import { runner, type Run } from "./redis-client.js";
import { LATEST_BEGIN_MS } from "./record.js";
import { ADMIT, BEGIN, DROP, FINISH, FORGET, HOLD, MARK, READ, REMEMBERS, RENEW, TAKE } from "./scripts.js";
import type { SlotReply, Steps } from "./steps.js";
import { storeOf, type StepOf } from "./store.js";
import { storeStep, UnusableStore } from "./within.js";

/** The scripts read Redis's clock in whole milliseconds. */
const PLACE = { isRemote: true, clockMs: 1 };
/** For how long a Redis that is not used knows since when it lost nothing, in milliseconds: 30 days. */
const HISTORY_KEPT_MS = 30 * 86_400_000;
/** How often a process renews that, in milliseconds: each day. */
const HISTORY_RENEWED_MS = 86_400_000;

/** Makes the name of a key. */
type Key = (...parts: string[]) => string;

/** What must stay the same for Redis to have lost nothing, and since when it has lost nothing. */
interface History {
  id: string;
  since: number;
  /** When this was read, by this process's clock. */
  read: number;
}

/** How Redis is set up. Texts are empty where it does not say. */
interface Setup {
  runId: string;
  maxMemory: string;
  evictionPolicy: string;
  aofEnabled: string;
}

const unexpected = (expected: string, reply: unknown) =>
  new UnusableStore(`redisStore(): eval must resolve to the script's reply, ${expected}; got ${JSON.stringify(reply) ?? String(reply)}`);

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

/** A step that tells nothing has answered with a number all the same. */
const ignored = (reply: unknown): void => void numberOf(reply);

const slotReplyOf = (reply: unknown, most: number): SlotReply => {
  const [nowMs, againMs, heldMs, ...pairs] = listOf(reply, 3);
  if (pairs.length % 2 || pairs.length > 2 * most) throw unexpected(`at most ${most} slots`, reply);
  const slots: SlotReply["slots"] = [];
  for (let i = 0; i < pairs.length; i += 2) slots.push([numberOf(pairs[i]), (pairs[i + 1] as string) || null]);
  return { slots, againMs: numberOf(againMs), heldMs: numberOf(heldMs), nowMs: numberOf(nowMs) };
};

const STATES = new Set(["new", "running", "done", "unknown", "different", "forgot"]);

/** The records. Redis's history has to be known, to tell a key that is new from one that was lost. */
class RedisRecords {
  readonly #run: Run;
  readonly #key: Key;
  /** What was read last. A promise would belong to one request of a Worker. */
  #history: History | undefined;
  /** A time of Redis's clock, and of this process's when it was heard. */
  #clock: { told: number; heard: number } | undefined;

  constructor(run: Run, key: Key) {
    this.#run = run;
    this.#key = key;
  }

  async ask(script: string, name: string, request: RecordRequest): Promise<RecordState> {
    const known = this.#history;
    const asked = known && now() - known.read < HISTORY_RENEWED_MS ? known : await this.#readHistory();
    const state = await this.#askWith(asked, script, name, request);
    if (state) return state;
    // Redis was restarted, another one took its place, it evicted keys, or its clock was set.
    return (await this.#askWith(await this.#readHistory(), script, name, request)) ?? { state: "unknown" };
  }

  async setup(): Promise<Setup> {
    const [current, since, told, maxMemory, evictionPolicy, aofEnabled] = listOf(
      await this.#run(REMEMBERS, this.#key("history"), [HISTORY_KEPT_MS, this.#expected()]),
      6,
    );
    this.#hear(told);
    this.#history = { id: textOf(current), since: numberOf(since), read: now() };
    return { runId: this.#history.id.trim(), maxMemory: textOf(maxMemory), evictionPolicy: textOf(evictionPolicy), aofEnabled: textOf(aofEnabled) };
  }

  async #readHistory(): Promise<History> {
    await this.setup();
    return this.#history!;
  }

  /** What Redis says with this history; nothing where that has ended. */
  async #askWith({ id, since }: History, script: string, name: string, request: RecordRequest): Promise<RecordState | undefined> {
    const { owner, fingerprint, leaseMs, keepMs, sinceMs } = request;
    const args = [owner, `f${fingerprint}`, leaseMs, keepMs, Math.ceil(sinceMs), this.#expected(), id, since];
    const [state, told, answer] = listOf(await this.#run(script, this.#key("record", name), args), 3);
    if (!STATES.has(state as string)) throw unexpected("a state, a time and an answer", state);
    // Its clock may have been set: that is still to be told.
    if (state === "forgot") return undefined;
    this.#hear(told);
    return state === "done" ? { state, answer: textOf(answer) } : ({ state } as RecordState);
  }

  #hear(told: unknown) {
    this.#clock = { told: numberOf(told), heard: now() };
  }

  /** What Redis's clock shows by now, or a little less: the last answer was under way for a while. */
  #expected(): number {
    if (!this.#clock) return Number.MAX_SAFE_INTEGER;
    const { told, heard } = this.#clock;
    return Math.floor(told + now() - heard);
  }
}

/** What can lose idempotency records. */
const warningsOf = ({ runId, maxMemory, evictionPolicy, aofEnabled }: Setup): string[] => {
  const warnings = [];
  if (!runId) warnings.push("Redis does not permit INFO, so a restart that loses idempotency records goes unnoticed: permit it");
  if (maxMemory !== "0" && evictionPolicy && evictionPolicy !== "noeviction") {
    warnings.push(`Redis may evict idempotency records: set maxmemory-policy to noeviction; it is ${evictionPolicy}`);
  }
  if (aofEnabled === "0") warnings.push("Redis can lose idempotency records when it restarts: set appendonly to yes");
  return warnings;
};

/** The steps of a store, each a script on one key. */
export const redisSteps = (client: RedisClient, { prefix = "centerfy" }: RedisOptions) => {
  if (typeof prefix !== "string" || !/^[^{}]+$/.test(prefix)) {
    throw new TypeError("redisStore(): prefix must be a text of 1 or more characters without braces");
  }
  const run = runner(client);
  // One hash tag: all keys are in one slot of a cluster.
  const key: Key = (...parts) => [`{${prefix}}`, ...parts].join(":");
  const window = (name: string) => key("window", name);
  const record = (name: string) => key("record", name);
  const records = new RedisRecords(run, key);
  const take: { [Name in keyof Steps]: StepOf<Name> } = {
    take: async (name, ids, { requests, perMs, leaseMs, aheadMs }) =>
      slotReplyOf(await run(TAKE, window(name), [requests, Math.ceil(perMs), leaseMs, aheadMs, ...ids]), ids.length),
    mark: (name, perMs, ids, ms) => run(MARK, window(name), [Math.ceil(perMs), ms, ...ids]).then(ignored),
    drop: (name, ids) => run(DROP, window(name), ids).then(ignored),
    hold: (name, ms) => run(HOLD, window(name), [Math.ceil(Math.min(ms, LONGEST_PAUSE))]).then(ignored),
    admit: (name, id, requests, perMs) => run(ADMIT, window(name), [requests, Math.ceil(perMs), id]).then(numberOf),
    read: (name, request) => records.ask(READ, name, request),
    begin: (name, request) => records.ask(BEGIN, name, request),
    renew: (name, owner, leaseMs) => run(RENEW, record(name), [owner, leaseMs]).then(ignored),
    finish: (name, owner, answer) => run(FINISH, record(name), [owner, answer]).then(ignored),
    forget: (name, owner) => run(FORGET, record(name), [owner, LATEST_BEGIN_MS]).then(ignored),
  };
  return { take, warnings: async () => warningsOf(await records.setup()) };
};

export const redisStore = (client: RedisClient, options: RedisOptions = {}): Store => {
  const { take, warnings } = redisSteps(client, options);
  const store = storeOf((name, ...args) => (take[name] as any)(...args), PLACE);
  return { ...store, warnings: () => storeStep(warnings) };
};

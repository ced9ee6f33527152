/** A store in Redis or Valkey, for many processes. */
import { LONGEST_PAUSE } from "../limiter.js";
import type { RecordRequest, RecordState, Store } from "../store/api.js";
import { now } from "../store/clock.js";
import { LATEST_BEGIN_MS } from "../store/record.js";
import type { SlotReply, Steps } from "../store/steps.js";
import { storeOf, type StepOf } from "../store/store.js";
import { storeStep } from "../store/within.js";
import type { RedisClient, RedisOptions } from "./api.js";
import { runner, type Run } from "./client.js";
import { ignored, listOf, numberOf, textOf, unexpected } from "./replies.js";
import { runSteps } from "./run-steps.js";
import { ADMIT, BEGIN, DROP, FINISH, FORGET, HOLD, MARK, READ, REMEMBERS, RENEW, SETTLE, TAKE } from "./scripts.js";

/** The scripts read Redis's clock in whole milliseconds. */
const TRAITS = { isRemote: true, clockMs: 1 };
/** How long the key of the history is kept without use, in milliseconds: 30 days. */
const HISTORY_KEPT_MS = 30 * 86_400_000;
/** How often a process renews it, in milliseconds: each day. */
const HISTORY_RENEWED_MS = 86_400_000;

/** Builds the name of a key. */
type Key = (...parts: string[]) => string;

/** Identifies a history without lost records, and its start. */
interface History {
  id: string;
  since: number;
  /** When this was read, by this process's clock. */
  read: number;
}

/** The settings of Redis. Empty if they are not permitted to be read. */
interface Setup {
  runId: string;
  maxMemory: string;
  evictionPolicy: string;
  aofEnabled: string;
}

const slotReplyOf = (reply: unknown, most: number): SlotReply => {
  const [nowMs, againMs, heldMs, ...pairs] = listOf(reply, 3);
  if (pairs.length % 2 || pairs.length > 2 * most) throw unexpected(`at most ${most} slots`, reply);
  const slots: SlotReply["slots"] = [];
  for (let i = 0; i < pairs.length; i += 2) slots.push([numberOf(pairs[i]), (pairs[i + 1] as string) || null]);
  return { slots, againMs: numberOf(againMs), heldMs: numberOf(heldMs), nowMs: numberOf(nowMs) };
};

const STATES = new Set(["new", "running", "done", "unknown", "different", "forgot"]);

/** The records. The history has to be known to distinguish a new key from a lost one. */
class RedisRecords {
  readonly #run: Run;
  readonly #key: Key;
  /** The history that was read last. It is not a promise, which would belong to one request of a Worker. */
  #history: History | undefined;
  /** A time of Redis's clock, and when it was observed by this process's clock. */
  #clock: { time: number; observedAt: number } | undefined;

  constructor(run: Run, key: Key) {
    this.#run = run;
    this.#key = key;
  }

  async judge(script: string, name: string, request: RecordRequest): Promise<RecordState> {
    const known = this.#history;
    // FLUSHALL ends a history without a trace but its key's: a retry is sent only if the key is still there.
    const isCertain = script !== BEGIN || request.sinceMs === 0;
    const asked = known && isCertain && now() - known.read < HISTORY_RENEWED_MS ? known : await this.#readHistory();
    const state = await this.#judgeWith(asked, script, name, request);
    if (state) return state;
    // Redis was restarted or replaced, it evicted keys, or its clock was set.
    return (await this.#judgeWith(await this.#readHistory(), script, name, request)) ?? { state: "unknown" };
  }

  async setup(): Promise<Setup> {
    const [current, since, time, maxMemory, evictionPolicy, aofEnabled] = listOf(
      await this.#run(REMEMBERS, this.#key("history"), [HISTORY_KEPT_MS, this.#expected()]),
      6,
    );
    this.#observe(time);
    const known = this.#history;
    const id = textOf(current);
    // A clock that was set back makes no history longer than it was known.
    this.#history = { id, since: Math.max(numberOf(since), known?.id === id ? known.since : 0), read: now() };
    return { runId: this.#history.id.trim(), maxMemory: textOf(maxMemory), evictionPolicy: textOf(evictionPolicy), aofEnabled: textOf(aofEnabled) };
  }

  async #readHistory(): Promise<History> {
    await this.setup();
    return this.#history!;
  }

  /** The state of a record; undefined if this history has ended. */
  async #judgeWith({ id, since }: History, script: string, name: string, request: RecordRequest): Promise<RecordState | undefined> {
    const { owner, fingerprint, leaseMs, keepMs, sinceMs } = request;
    const args = [owner, `f${fingerprint}`, leaseMs, keepMs, Math.ceil(sinceMs), this.#expected(), id, since];
    const [state, time, answer] = listOf(await this.#run(script, this.#key("record", name), args), 3);
    if (!STATES.has(state as string)) throw unexpected("a state, a time and an answer", state);
    // Do not observe the time, because the clock may have been set.
    if (state === "forgot") return undefined;
    this.#observe(time);
    return state === "done" ? { state, answer: textOf(answer) } : ({ state } as RecordState);
  }

  #observe(time: unknown) {
    this.#clock = { time: numberOf(time), observedAt: now() };
  }

  /** The expected time of Redis's clock, or a little less, because the last reply was in transit for a while. */
  #expected(): number {
    if (!this.#clock) return Number.MAX_SAFE_INTEGER;
    const { time, observedAt } = this.#clock;
    return Math.floor(time + now() - observedAt);
  }
}

/** Which settings can lose idempotency records. */
const warningsOf = ({ runId, maxMemory, evictionPolicy, aofEnabled }: Setup): string[] => {
  const warnings = [];
  if (!runId) warnings.push("Redis does not permit INFO, so a restart that loses idempotency records cannot be detected: allow INFO");
  if (maxMemory !== "0" && evictionPolicy && evictionPolicy !== "noeviction") {
    warnings.push(`Redis may evict idempotency records: set maxmemory-policy to noeviction (currently ${evictionPolicy})`);
  }
  if (aofEnabled === "0") warnings.push("Redis can lose idempotency records when it restarts: set appendonly to yes");
  return warnings;
};

/** The steps of a store, each a script on one key. */
export const redisSteps = (client: RedisClient, { prefix = "centerfy" }: RedisOptions) => {
  if (typeof prefix !== "string" || !/^[^{}]+$/.test(prefix)) {
    throw new TypeError("redisStore(): prefix must be a non-empty string without braces");
  }
  const run = runner(client);
  // With one hash tag, all keys are in the same slot of a cluster.
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
    read: (name, request) => records.judge(READ, name, request),
    begin: (name, request) => records.judge(BEGIN, name, request),
    renew: (name, owner, leaseMs) => run(RENEW, record(name), [owner, leaseMs]).then(ignored),
    finish: (name, owner, answer) => run(FINISH, record(name), [owner, answer]).then(ignored),
    forget: (name, owner) => run(FORGET, record(name), [owner, LATEST_BEGIN_MS]).then(ignored),
    ...runSteps(run, (id) => key("run", id)),
    settle: (name, expected, answer) => run(SETTLE, record(name), [expected, answer]).then((reply) => numberOf(reply) === 1),
  };
  return { take, warnings: async () => warningsOf(await records.setup()) };
};

export const redisStore = (client: RedisClient, options: RedisOptions = {}): Store => {
  const { take, warnings } = redisSteps(client, options);
  const store = storeOf((name, ...args) => (take[name] as any)(...args), TRAITS);
  return { ...store, warnings: () => storeStep(warnings) };
};

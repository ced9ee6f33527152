// The rules for slots and records exist twice: in TypeScript for `memoryStore()` and the Durable Object, in Lua
// for Redis. Random schedules of steps have equal replies, and no window has more requests than its limit.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { random } from "../support/random.mjs";
import { startRedis } from "./redis.mjs";
import { source } from "./source.mjs";

const { Steps, MemoryTables, redisSteps } = await source(`
  export { Steps } from "./steps.js";
  export { MemoryTables } from "./memory.js";
  export { redisSteps } from "../redis/store.js";
`);

const server = await startRedis({ fsync: "no" });
const connection = new (createRequire(import.meta.url)("ioredis"))(server.url);
after(async () => {
  connection.disconnect();
  await server.stop();
});

/** Integers from 0 up to but excluding `most`, the same for the same seed. */
const seeded = (seed) => {
  const next = random(seed);
  return (most) => Math.floor(next() * most);
};

/** The start of the clocks, in milliseconds: late enough that a clock can be set back. */
const START = 1_000_000_000;

/**
 * A script that takes the time from a key, and stores when its keys expire by that time. Only the calls that
 * read or depend on Redis's own clock are replaced.
 */
const simulated = (script) => {
  const replaced = script
    .replaceAll("redis.call('TIME')", "redis.call('LRANGE', 'time', 0, 1)")
    .replaceAll(/redis\.call\('PEXPIRE', (\S+), (\S+)\)/g, "redis.call('HSET', 'expirations', $1, now + $2)");
  assert.doesNotMatch(replaced, /'TIME'|'PEXPIRE'/);
  return replaced;
};

/** The same steps on the tables of `memoryStore()` and in Redis, with a clock that the test sets. */
async function makePair(t) {
  await connection.flushall();
  const scripts = new Map();
  const { take } = redisSteps(
    {
      async eval(script, keys, args) {
        await expire(keys[0]);
        if (!scripts.has(script)) scripts.set(script, simulated(script));
        return connection.eval(scripts.get(script), keys.length, ...keys, ...args);
      },
    },
    {},
  );
  /** Removes expired keys when they are read, like Redis. */
  const expire = async (key) => {
    const at = await connection.hget("expirations", key);
    if (at && at <= now) await connection.multi().del(key).hdel("expirations", key).exec();
    if (at <= now) ended = Math.max(ended, at);
  };
  /**
   * The clock is not set back over the expiration of a record, because the two remove expired records at different
   * times, nor to before a record was first read: the clock of memory cannot be, and Redis then starts a new history.
   */
  let ended = 0;
  let isRead = false;
  const lastEnd = async () => {
    const ends = await connection.hvals("expirations");
    return Math.max(ended, ...ends.map(Number).filter((at) => at <= now));
  };
  const steps = new Steps(new MemoryTables());
  let now = START;
  // The process's own clock, which never goes back.
  let local = START;
  t.mock.method(performance, "now", () => local);
  const pair = {
    now: () => now,
    async pass(ms) {
      now = Math.max(now + ms, ms < 0 ? await lastEnd() : 0);
      local += Math.max(0, ms);
      await connection.multi().del("time").rpush("time", Math.floor(now / 1000), (now % 1000) * 1000).exec();
    },
    inMemory: (name, ...args) => steps[name](now, ...args),
    inRedis: (name, ...args) => take[name](...args),
    /** Runs a step on both. Returns their reply. */
    async step(name, ...args) {
      if (!isRead && (name === "read" || name === "begin")) [isRead, ended] = [true, Math.max(ended, now)];
      const inMemory = steps[name](now, ...args);
      const inRedis = await take[name](...args);
      assert.deepEqual(inRedis, inMemory, `${name} ${JSON.stringify(args)} at ${now - START}`);
      return inMemory;
    },
  };
  await pair.pass(0);
  return pair;
}

const slotStep = (pick, ids) => {
  const name = `limit-${pick(2)}`;
  const perMs = 10 * (1 + pick(3));
  const some = Array.from({ length: 1 + pick(4) }, () => ids[pick(ids.length)]);
  switch (pick(8)) {
    case 0:
      return ["mark", name, perMs, some, pick(3) ? 0 : pick(30)];
    case 1:
      return ["drop", name, some];
    case 2:
      return pick(3) ? ["drop", name, some] : ["hold", name, pick(40)];
    case 3:
    case 4:
      return ["admit", `quota ${name}`, some[0], 1 + pick(4), perMs];
    default:
      return ["take", name, some, { requests: 1 + pick(6), perMs, leaseMs: 1 + pick(30), aheadMs: pick(10) }];
  }
};

const recordStep = (pick) => {
  const key = `key-${pick(3)}`;
  const owner = `owner-${pick(3)}`;
  const request = { owner, fingerprint: `f${pick(8) ? 0 : 1}`, sinceMs: pick(2) * pick(2_000), leaseMs: 1 + pick(30), keepMs: 60_000 };
  switch (pick(8)) {
    case 0:
      return ["renew", key, owner, pick(40)];
    case 7:
      return ["settle", key, pick(2) ? "" : `answer-${pick(5)}`, pick(2) ? "" : `answer-${pick(5)}`];
    case 1:
      return ["finish", key, owner, `answer-${pick(5)}`];
    case 2:
      return ["forget", key, owner];
    default:
      return [pick(2) ? "read" : "begin", key, request];
  }
};

/** Mostly a little forward, sometimes back, sometimes far forward. */
const passing = (pick) => (pick(12) ? pick(12) : pick(4) ? -pick(100) : pick(90_000));

test("memory and Redis have equal replies to 8,000 random steps, while their clock moves forward and back", async (t) => {
  const seen = {};
  for (let schedule = 0; schedule < 40; schedule++) {
    const pair = await makePair(t);
    const pick = seeded(schedule);
    const ids = Array.from({ length: 40 }, (_, i) => `i${i}`);
    for (let i = 0; i < 200; i++) {
      await pair.pass(passing(pick));
      const [name, ...args] = pick(2) ? slotStep(pick, ids) : recordStep(pick);
      const reply = await pair.step(name, ...args);
      const what = reply?.state ?? (name === "take" ? `${reply.slots.length < args[1].length}` : name === "admit" ? `${reply > 0}` : name === "settle" ? `${reply}` : "done");
      seen[`${name}: ${what}`] = (seen[`${name}: ${what}`] ?? 0) + 1;
    }
  }
  for (const state of ["new", "running", "done", "different", "unknown"]) {
    for (const name of ["read", "begin"]) assert.ok(seen[`${name}: ${state}`] > 10, `${name} hardly ever said ${state}`);
  }
  for (const settled of [true, false]) assert.ok(seen[`settle: ${settled}`] > 10, `settle hardly ever returned ${settled}`);
  for (const name of ["take", "admit"]) for (const waits of [true, false]) assert.ok(seen[`${name}: ${waits}`] > 20, `${name} hardly ever: ${waits}`);
});

const RUNS = ["run-0", "run-1"];
const ENDS = ["sent", "unknown", "skipped", "failed", "free"];

const itemStep = (pick) => {
  const run = RUNS[pick(2)];
  const key = `key-${pick(4)}`;
  const process = `process-${pick(2)}`;
  const owner = `owner-${pick(3)}`;
  const leaseMs = 1 + pick(30);
  switch (pick(8)) {
    case 0:
      return ["renewItem", run, key, owner, leaseMs];
    case 1:
    case 2:
      return ["endItem", run, key, [owner, process, ""][pick(3)], ENDS[pick(5)], pick(3) ? `{"answer": "${pick(3)}  7"}` : ""];
    case 3:
    case 4:
      return ["startItem", run, key, owner, process, leaseMs];
    default: {
      const settings = ["", "hours", "hours", "hours", "other hours"][pick(5)];
      const keys = Array.from({ length: pick(4) }, (_, i) => `key-${i}`);
      return ["claim", run, { settings, owner: process, leaseMs: leaseMs * pick(3), keepMs: 10 ** 9, most: pick(3) }, keys];
    }
  }
};

const sorted = ({ cursor, items }) => ({ cursor, items: items.sort(([a], [b]) => (a < b ? -1 : 1)) });

test("memory and Redis have equal replies to 6,000 random steps on the items of runs", async (t) => {
  const seen = {};
  for (let schedule = 0; schedule < 30; schedule++) {
    const pair = await makePair(t);
    const pick = seeded(schedule);
    for (const run of RUNS) await pair.step("claim", run, { settings: "hours", owner: "o", leaseMs: 1, keepMs: 10 ** 9, most: 0 }, []);
    for (let i = 0; i < 200; i++) {
      await pair.pass(passing(pick));
      const [name, ...args] = itemStep(pick);
      const reply = await pair.step(name, ...args);
      const states = name === "claim" ? reply.items.map(([state]) => state) : [name === "startItem" ? reply.state : reply];
      for (const state of states) seen[`${name}: ${state}`] = (seen[`${name}: ${state}`] ?? 0) + 1;
    }
    for (const run of RUNS) assert.deepEqual(sorted(await pair.inRedis("listItems", run, "", 10)), sorted(pair.inMemory("listItems", run, "", 10)));
  }
  for (const state of ["claimed", "free", "busy", "sent", "unknown"]) assert.ok(seen[`claim: ${state}`] > 10, `claim hardly ever said ${state}`);
  for (const state of ["new", "running", "done", "unknown"]) assert.ok(seen[`startItem: ${state}`] > 10, `startItem hardly ever said ${state}`);
  for (const ended of [true, false]) assert.ok(seen[`endItem: ${ended}`] > 10, `endItem hardly ever returned ${ended}`);
});

test("of many processes, one gets an item, and no item starts twice while its outcome is unknown", async (t) => {
  const pair = await makePair(t);
  const claim = (owner, keys, most) => pair.step("claim", "run", { settings: "s", owner, leaseMs: 100, keepMs: 10 ** 9, most }, keys);
  assert.deepEqual((await claim("a", ["1", "2", "3"], 2)).items.map(([state]) => state), ["claimed", "claimed", "free"]);
  assert.deepEqual((await claim("b", ["1", "2", "3"], 2)).items, [["busy", "100"], ["busy", "100"], ["claimed", ""]]);
  await pair.step("startItem", "run", "1", "request-1", "a", 100);
  await pair.pass(100);
  // The claim of 2 has ended; the request of 1 may have been sent.
  assert.deepEqual((await claim("b", ["1", "2"], 2)).items, [["unknown", ""], ["claimed", ""]]);
  assert.deepEqual(await pair.step("startItem", "run", "1", "request-2", "b", 100), { state: "unknown" });
  assert.deepEqual(await pair.step("startItem", "run", "2", "request-3", "a", 100), { state: "running" });
  assert.equal(await pair.step("endItem", "run", "1", "", "free", ""), true);
  assert.deepEqual(await pair.step("startItem", "run", "1", "request-2", "b", 100), { state: "new" });
});

test("memory and Redis remove the same slots of a limit with thousands", async (t) => {
  const pair = await makePair(t);
  const pick = seeded(7);
  const limit = { requests: 500, perMs: 1_000, leaseMs: 100, aheadMs: 0 };
  for (let i = 0; i < 60; i++) {
    await pair.pass(pick(600));
    const ids = Array.from({ length: 100 }, (_, n) => `i${i}-${n}`);
    await pair.step("take", "busy", ids, limit);
    if (pick(3)) await pair.step("mark", "busy", limit.perMs, ids, 0);
    // A limit with a longer window has the same wait.
    if (!pick(5)) await pair.step("admit", "busy", `other-${i}`, 1 + pick(1_500), 1_000 * (1 + pick(5)));
  }
});

/**
 * Processes that send as often as several limits of one name allow. A request arrives at any time between
 * the start of its slot and its mark. Returns the arrivals in the order in which their slots were taken.
 */
async function arrivalsOf(pair, pick, limits) {
  const [leaseMs, name] = [40, "shared"];
  const arrivals = [];
  let inFlight = [];
  let physical = 0;
  for (let i = 0; i < 300; i++) {
    const forward = 1 + pick(8);
    physical += forward;
    // Time passes for every process, and the clock is sometimes set back.
    await pair.pass(forward - (pick(20) ? 0 : pick(300)));
    const ended = inFlight.filter(({ until }) => until <= physical);
    inFlight = inFlight.filter(({ until }) => until > physical);
    for (const { id, limit, isSent } of ended) {
      if (isSent) await pair.step("mark", name, limit.perMs, [id], 0);
      else await pair.step("drop", name, [id]);
    }
    // A lease is renewed in time.
    const renewed = inFlight.filter(({ from }) => from <= physical);
    for (const { id, limit } of renewed) await pair.step("mark", name, limit.perMs, [id], leaseMs);
    if (pick(2)) continue;
    const limit = limits[pick(limits.length)];
    const ids = Array.from({ length: 1 + pick(5) }, (_, n) => `i${i}-${n}`);
    const { slots } = await pair.step("take", name, ids, { ...limit, leaseMs, aheadMs: pick(10) });
    for (const [n, [waitMs]] of slots.entries()) {
      const from = physical + waitMs;
      const until = from + pick(100);
      const isSent = pick(6) > 0;
      const at = from + pick(until - from + 1);
      inFlight.push({ id: ids[n], limit, from, until, isSent });
      if (isSent) arrivals.push({ at, limit });
    }
  }
  return arrivals;
}

/** Each limit holds for its own requests, whatever was taken before. */
function checkWindows(arrivals) {
  for (const [i, { at, limit }] of arrivals.entries()) {
    const earlier = arrivals.slice(0, i).filter((other) => Math.abs(other.at - at) < limit.perMs);
    const times = [...earlier.map((other) => other.at), at].sort((a, b) => a - b);
    const last = times.findIndex((time, n) => n >= limit.requests && time - times[n - limit.requests] < limit.perMs);
    assert.equal(last, -1, `${limit.requests} per ${limit.perMs} ms: ${times}`);
  }
}

for (const [what, limits] of Object.entries({
  "one limit": [{ requests: 5, perMs: 60 }],
  "three limits under one name": [
    { requests: 20, perMs: 200 },
    { requests: 5, perMs: 10 },
    { requests: 2, perMs: 30 },
  ],
})) {
  test(`no window has more requests than ${what} allows, whenever they arrive and however late they are answered`, async (t) => {
    let total = 0;
    for (let schedule = 0; schedule < 15; schedule++) {
      const pair = await makePair(t);
      const pick = seeded(1_000 + schedule);
      for (const limit of limits) await pair.step("take", "shared", [], { ...limit, leaseMs: 40, aheadMs: 0 });
      const arrivals = await arrivalsOf(pair, pick, limits);
      checkWindows(arrivals);
      total += arrivals.length;
    }
    assert.ok(total > 500, `only ${total} arrived`);
  });
}

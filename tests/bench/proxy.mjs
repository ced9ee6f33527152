/** The cost of a proxied call over a ten-line proxy, the cost of each store, and how it grows. */
import { createRequire } from "node:module";
import { startRedis } from "../stores/redis.mjs";
import { runtimes } from "./calls/runtimes.mjs";
import { limiters } from "./limiters.mjs";
import { startWorkerd } from "./proxy/workerd.mjs";
import { median } from "./support/tables.mjs";

const OPERATIONS = { getAgent: "getAgent", sendMessage: "sendMessage, with an idempotency key" };

const STEPS = {
  place: "a slot under the limit, free",
  wait: "a slot, queued",
  record: "a record, started and finished",
  quota: "a subject's own limit",
};

const WAITING = [1, 100, 1_000, 10_000];

/** The median of the differences, for one figure per round. */
const over = (figures, name, base) => median(figures[name].map((value, round) => value - figures[base][round]));

const inNode = async (settings) => {
  const server = await startRedis({ fsync: "everysec" });
  try {
    const redisClient = createRequire(import.meta.url).resolve("ioredis");
    return await runtimes.node.run("proxy/entry.mjs", { ...settings, waiting: WAITING, redisClient, redisUrl: server.url });
  } finally {
    await server.stop();
  }
};

const inWorkerd = async ({ times }) => {
  const workerd = await startWorkerd();
  try {
    /** After the same number of warm-up calls. */
    const work = async (asked) => {
      await workerd.work(asked);
      return workerd.work(asked);
    };
    const calls = {};
    for (const operation of Object.keys(OPERATIONS)) {
      calls[operation] = {};
      for (const name of ["none", "handwritten", "centerfy"]) {
        const { micros } = await work({ kind: "call", name, operation, times });
        calls[operation][name] = micros / times;
      }
    }
    const steps = {};
    for (const name of Object.keys(STEPS)) {
      const often = name === "wait" ? 20 : 200;
      const { trips, read, written } = await work({ kind: "step", name, times: often });
      steps[name] = { trips: trips / often, read: read / often, written: written / often };
    }
    const waiting = {};
    for (const number of WAITING) {
      const { micros } = await workerd.work({ kind: "wait", waiting: number, times: Math.ceil(200 / number) });
      waiting[number] = micros / (number * Math.ceil(200 / number));
    }
    const minutes = [];
    for (const operation of Object.keys(OPERATIONS)) {
      for (const isKept of [false, true]) {
        const { trips, read, written } = await work({ kind: "minute", operation, isKept, times: 100 });
        minutes.push({ operation, isKept, figures: [trips / 100, read / 100, written / 100] });
      }
    }
    return { calls, steps, waiting, minutes };
  } finally {
    workerd.stop();
  }
};

export const proxy = async ({ rounds, ms, times }) => {
  const node = await inNode({ rounds, ms, times: 500 });
  const workerd = await inWorkerd({ times });
  const others = await limiters();
  const tables = [calls(node, workerd), stores(node, workerd), minutes(workerd), growth(node, workerd), others.table];
  return { data: { node, workerd, limiters: others.data }, tables };
};

const plus = (value) => `+${value.toFixed(0)}`;

const calls = (node, workerd) => {
  const row = (title, inNode, inWorkerd) => [title, ...Object.keys(OPERATIONS).flatMap((operation) => [inNode(operation), inWorkerd(operation)])];
  const nodes = (name) => (operation) => plus(over(node.calls[operation], name, "none"));
  const workers = (name) => (operation) => plus(workerd.calls[operation][name] - workerd.calls[operation].none);
  const not = () => "";
  return {
    title: "A call through a proxy in the same process, µs over the answer alone",
    head: ["", ...Object.values(OPERATIONS).flatMap((title) => [`${title}: Node`, "workerd"])],
    rows: [
      row("a ten-line proxy without checks", nodes("handwritten"), workers("handwritten")),
      row("centerfy/proxy, memoryStore()", nodes("memory"), not),
      row("centerfy/proxy, redisStore()", nodes("redis"), not),
      row("centerfy/proxy, durableStore()", not, workers("centerfy")),
    ],
    notes: [
      "CPU time of the thread (Node), or of the process with its object (workerd). It excludes the wait for the store's replies:",
      "the next table lists the round trips. The proxy checks origin, route, body and caller; with an idempotency key it",
      "computes three SHA-256 digests.",
    ],
  };
};

const figure = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));

const stores = (node, workerd) => ({
  title: "What a store costs, per step",
  head: ["", "redisStore(): round trips", "µs of Redis", "durableStore(): requests", "rows read", "rows written"],
  rows: Object.entries(STEPS).map(([name, title]) => {
    const { trips, units } = node.steps.redis[name];
    const object = workerd.steps[name];
    return [title, figure(trips), units.toFixed(0), figure(object.trips), figure(object.read), figure(object.written)];
  }),
  notes: ["memoryStore() costs no round trip."],
});

const minutes = (workerd) => ({
  title: "What a request costs a Durable Object, one a second under the API's limit of 60 a minute",
  head: ["", "requests to the object", "rows read", "rows written"],
  rows: workerd.minutes.map(({ operation, isKept, figures }) => [
    `${OPERATIONS[operation]}: a proxy ${isKept ? "for the isolate" : "for each request"}`,
    ...figures.map(figure),
  ]),
});

const growth = (node, workerd) => ({
  title: "µs per queued request, by the number of queued requests",
  head: ["", ...WAITING.map(String)],
  rows: Object.entries({ "memoryStore()": node.waiting.memory, "redisStore()": node.waiting.redis, "durableStore()": workerd.waiting }).map(([title, figures]) => [
    title,
    ...WAITING.map((number) => figures[number].toFixed(0)),
  ]),
  notes: [
    "CPU time of the process, without Redis itself, under a limit of 60 per 10 ms. A single request is not queued.",
  ],
});

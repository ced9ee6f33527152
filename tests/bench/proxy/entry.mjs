/** In Node.js: the proxy over the ten-line proxy, `memoryStore()` and `redisStore()`. */
import { createRequire } from "node:module";
import { memoryStore } from "centerfy/proxy";
import { redisStore } from "centerfy/redis";
import { measure } from "../calls/measure.mjs";
import { caller, steps, wait } from "./subjects.mjs";

const OPERATIONS = ["getAgent", "sendMessage"];

/** A store in Redis that counts its round trips and the time of Redis itself, in µs. */
const connect = async ({ redisClient, redisUrl }) => {
  const connection = new (createRequire(redisClient)(redisClient))(redisUrl);
  let trips = 0;
  const counted =
    (send) =>
    (script, keys, args) => {
      trips++;
      return connection[send](script, keys.length, ...keys, ...args);
    };
  const store = redisStore({ eval: counted("eval"), evalsha: counted("evalsha") });
  const micros = async () => {
    const info = await connection.info("commandstats");
    return [...info.matchAll(/cmdstat_eval\w*:calls=\d+,usec=(\d+)/g)].reduce((sum, [, usec]) => sum + Number(usec), 0);
  };
  return { store, look: async () => ({ trips, units: await micros() }), close: () => connection.disconnect() };
};

/** The cost of one step after warm-up. */
const perStep = async (step, look, times) => {
  await step();
  await step();
  const before = await look();
  for (let i = 0; i < times; i++) await step();
  const after = await look();
  return { trips: (after.trips - before.trips) / times, units: (after.units - before.units) / times };
};

const eachStep = async (store, look, times) => {
  const costs = {};
  for (const [name, step] of Object.entries(steps(store))) costs[name] = await perStep(step, look, name === "wait" ? 20 : times);
  return costs;
};

/** µs of this process per queued request, for each number of queued requests. */
const eachWaiting = async (store, numbers) => {
  const figures = {};
  await wait(store, 200);
  for (const waiting of numbers) {
    const runs = Math.ceil(200 / waiting);
    const { user, system } = process.cpuUsage();
    for (let run = 0; run < runs; run++) await wait(store, waiting);
    const spent = process.cpuUsage({ user, system });
    figures[waiting] = (spent.user + spent.system) / (runs * waiting);
  }
  return figures;
};

export const run = async ({ rounds, ms, times, waiting, ...settings }) => {
  const redis = await connect(settings);
  const stores = { memory: memoryStore(), redis: redis.store };
  const made = (name, store) => () => Object.fromEntries(OPERATIONS.map((operation) => [operation, caller(name, operation, store)]));
  const clients = { none: made("none"), handwritten: made("handwritten"), memory: made("centerfy", stores.memory), redis: made("centerfy", redis.store) };
  const calls = await measure(clients, Object.fromEntries(OPERATIONS.map((operation) => [operation, undefined])), { rounds, ms });
  const none = async () => ({ trips: 0, units: 0 });
  const answer = {
    calls,
    steps: { memory: await eachStep(stores.memory, none, times), redis: await eachStep(redis.store, redis.look, times) },
    waiting: { memory: await eachWaiting(stores.memory, waiting), redis: await eachWaiting(redis.store, waiting) },
  };
  redis.close();
  return answer;
};

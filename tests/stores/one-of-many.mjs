// One of many processes that share a limit. CENTERFY_MANY has its settings as JSON.

import { createRequire } from "node:module";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { redisStore } from "../proxy/load.mjs";
import { Centerfy } from "../node/support.mjs";
import { random } from "../support/random.mjs";

const { apiKey, baseUrl, redisUrl, limit, calls, lateMs, seed } = JSON.parse(process.env.CENTERFY_MANY);
const connection = new (createRequire(import.meta.url)("ioredis"))(redisUrl);
const chance = random(seed);
let slowest = 0;
/** The numbers of the calls, in the order in which they are sent. Requests may overtake each other. */
const order = [];

/** A network that delays each request by a random time, and measures the slowest answer without the delay. */
const late = async (url, init) => {
  order.push(Number(url.split("-").at(-1)));
  if (lateMs) await pause(chance() * lateMs);
  const sent = performance.now();
  const response = await fetch(url, init);
  slowest = Math.max(slowest, performance.now() - sent);
  return response;
};

const rateLimit = redisStore(connection).limiter(limit);
const client = new Centerfy({ apiKey, baseUrl, rateLimit, fetch: late, timeout: 0, maxRetries: 0 });
// Loading and connecting happen before the measurement.
const warm = new Centerfy({ apiKey: "cfy_warm_warm", baseUrl, rateLimit: redisStore(connection).limiter({ requests: 10_000, perMs: 1_000 }, "warm"), maxRetries: 0 });
await Promise.all(Array.from({ length: 40 }, () => warm.getAgent("warm").catch(() => {})));
console.log("ready");
process.stdin.once("data", async () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The number of the call is in the id, which no agent has.
  await Promise.all(Array.from({ length: calls }, (_, i) => client.getAgent(`${process.pid}-${i}`).catch(() => {})));
  console.log(JSON.stringify({ order, slowest, delay: delay.max / 1e6 }));
  process.exit();
});

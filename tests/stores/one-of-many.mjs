// One of many processes that share a limit. CENTERFY_MANY has its settings as JSON.

import { createRequire } from "node:module";
import { redis } from "../proxy/load.mjs";
import { Centerfy } from "../node/support.mjs";

const { apiKey, baseUrl, redisUrl, limit, calls } = JSON.parse(process.env.CENTERFY_MANY);
const connection = new (createRequire(import.meta.url)("ioredis"))(redisUrl);
const client = new Centerfy({ apiKey, baseUrl, rateLimit: redis(connection).limiter(limit), timeout: 0, maxRetries: 0 });
// What loads and connects only once is none of the limit's business.
const rateLimit = redis(connection).limiter({ requests: 10_000, perMs: 1_000 }, "warm");
const warm = new Centerfy({ apiKey: "cfy_warm_warm", baseUrl, rateLimit, maxRetries: 0 });
await Promise.all(Array.from({ length: 40 }, () => warm.getAgent("warm").catch(() => {})));
console.log("ready");
process.stdin.once("data", async () => {
  // Whoever came first goes first: the number is in the id, and nobody has it.
  const went = await Promise.all(Array.from({ length: calls }, (_, i) => client.getAgent(`${process.pid}-${i}`).catch(({ code }) => code)));
  console.log(JSON.stringify(went));
  process.exit();
});

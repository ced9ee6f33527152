/** The limiter in Redis next to others: the cost of a slot for Redis, and what the API sees. */
import { createRequire } from "node:module";
import { startRedis } from "../stores/redis.mjs";
import { startWire } from "../stores/wire.mjs";
import { runtimes } from "./calls/runtimes.mjs";

/** The one-way latency of the distant Redis, in milliseconds. */
const ONE_WAY_MS = 10;

export const limiters = async () => {
  const server = await startRedis({ fsync: "everysec" });
  const wire = await startWire(server.port, { delayMs: ONE_WAY_MS });
  try {
    const redisClient = createRequire(import.meta.url).resolve("ioredis");
    const data = await runtimes.node.run("limiters/entry.mjs", { redisClient, port: server.port, distantPort: wire.port });
    return { data, table: table(data) };
  } finally {
    await wire.stop();
    await server.stop();
  }
};

const TITLES = {
  centerfy: "centerfy, redisStore()",
  flexible: "rate-limiter-flexible, RateLimiterQueue",
  upstash: "@upstash/ratelimit, slidingWindow",
  bottleneck: "bottleneck, reservoir",
};

const table = (data) => ({
  title: "Limiters in Redis",
  head: ["", "scripts per slot", "µs of Redis per slot", "most requests in a window of 20", "60 at once, 20 ms away: ms"],
  rows: Object.entries(TITLES).map(([name, title]) => {
    const { scripts, micros, most, atOnceMs } = data[name];
    return [title, scripts.toFixed(2), micros.toFixed(0), String(most), atOnceMs.toFixed(0)];
  }),
  notes: [
    "Scripts and µs: 60 requests at once, under a limit of 60 a minute, until all are answered. Windows: 100 requests at once by two",
    "connections under 20 a second; each arrives up to 100 ms after it was sent. 60 at once: until all may be sent.",
  ],
});

import IORedis from "ioredis";
import { Centerfy } from "centerfy";
import { redisStore } from "centerfy/redis";
import { createRun } from "centerfy/runs";
import { hours, id } from "./settings.js";

const { CENTERFY_API_KEY, CENTERFY_BASE_URL, REDIS_URL = "redis://127.0.0.1:6379" } = process.env;

/** BullMQ's connection and that of the store. BullMQ requires the option. */
export const redis = new IORedis(REDIS_URL, { maxRetriesPerRequest: null });
redis.on("error", (error) => console.error(`Redis: ${error.message}`));

const store = redisStore(redis);

export const run = createRun({
  centerfy: new Centerfy({ apiKey: CENTERFY_API_KEY, baseUrl: CENTERFY_BASE_URL, store }),
  store,
  id,
  hours,
  // Asked right before each message. Your webhook adds people who answer STOP to this set.
  allow: async ({ key }) => !(await redis.sismember("opted-out", key)),
});

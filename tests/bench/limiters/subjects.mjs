/** Limiters in Redis, each set up for queued calls as documented: `run(send)` calls `send` when the limit allows. */
import { createHash } from "node:crypto";
import { redisStore } from "centerfy/redis";

/** Longer than any call waits. */
const PATIENCE_MS = 120_000;

const centerfy = (connection, { requests, perMs }, name) => {
  const limiter = redisStore(connection).limiter({ requests, perMs }, name);
  return async (send) => {
    const release = await limiter.acquire({ operation: "getAgent", attempt: 1, attemptTimeout: PATIENCE_MS });
    await send();
    release(true);
  };
};

const flexible = ({ RateLimiterQueue, RateLimiterRedis }) => (connection, { requests, perMs }, name) => {
  const limiter = new RateLimiterRedis({ storeClient: connection, points: requests, duration: perMs / 1_000, keyPrefix: name });
  const queue = new RateLimiterQueue(limiter);
  return async (send) => {
    await queue.removeTokens(1, "api");
    await send();
  };
};

/** The part of Upstash's client that it uses, over TCP. Its scripts start with a flag that only Upstash supports. */
const upstashClient = (connection) => {
  const digests = new Map();
  const sha1 = (text) => createHash("sha1").update(text).digest("hex");
  const evalsha = async (sha, keys, args) => {
    if (!digests.has(sha)) throw new Error("NOSCRIPT");
    return connection.evalsha(digests.get(sha), keys.length, ...keys, ...args);
  };
  return {
    evalsha,
    async eval(script, keys, args) {
      digests.set(sha1(script), await connection.script("LOAD", script.replace(/^\s*#!.*/, "")));
      return evalsha(sha1(script), keys, args);
    },
  };
};

const upstash = ({ Ratelimit }) => (connection, { requests, perMs }, name) => {
  const client = upstashClient(connection);
  const limiter = new Ratelimit({ redis: client, limiter: Ratelimit.slidingWindow(requests, `${perMs} ms`), prefix: name, ephemeralCache: false, timeout: 0 });
  return async (send) => {
    const { success } = await limiter.blockUntilReady("api", PATIENCE_MS);
    if (!success) throw new Error("it gave up");
    await send();
  };
};

const bottleneck = (Bottleneck) => (connection, { requests, perMs }, name) => {
  const limiter = new Bottleneck({
    id: name,
    reservoir: requests,
    reservoirRefreshAmount: requests,
    reservoirRefreshInterval: perMs,
    connection: new Bottleneck.IORedisConnection({ client: connection }),
  });
  return (send) => limiter.schedule(send);
};

/** `load` is Node.js's `require`, since not all of them can be bundled. */
export const subjects = (load) => ({
  centerfy,
  flexible: flexible(load("rate-limiter-flexible")),
  upstash: upstash(load("@upstash/ratelimit")),
  bottleneck: bottleneck(load("bottleneck")),
});

/** A store in Redis or Valkey, for many processes. */
import type { Begun, Beginning, RateLimit, Store } from "../proxy/api.js";
import type { RedisAdapter, RedisClient, RedisOptions } from "../redis/api.js";
import { ADMIT, BEGIN, FINISH, FORGET, GIVE_BACK, HOLD, TAKE } from "./scripts.js";
import { Slots } from "./slots.js";

/** Runs a script: by its digest, and whole where Redis does not know it (any more). */
type Run = (script: string, keys: string[], args: (string | number)[]) => Promise<any>;

const hex = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const digests = new Map<string, Promise<string>>();

/** Redis names scripts by their SHA-1. */
const digestOf = (script: string): Promise<string> => {
  let digest = digests.get(script);
  if (!digest) {
    digest = crypto.subtle.digest("SHA-1", new TextEncoder().encode(script)).then(hex);
    digests.set(script, digest);
  }
  return digest;
};

/** One form for node-redis, ioredis, Upstash's client, and what is made like it. */
const adapterOf = (client: any): RedisAdapter => {
  if (typeof client.evalSha === "function") {
    return {
      eval: (script, keys, args) => client.eval(script, { keys, arguments: args }),
      evalsha: (sha, keys, args) => client.evalSha(sha, { keys, arguments: args }),
    };
  }
  if (typeof client.defineCommand === "function") {
    return {
      eval: (script, keys, args) => client.eval(script, keys.length, ...keys, ...args),
      evalsha: (sha, keys, args) => client.evalsha(sha, keys.length, ...keys, ...args),
    };
  }
  if (typeof client.eval !== "function") throw new TypeError("redis() takes a client of node-redis, ioredis or Upstash, or { eval(script, keys, args) }");
  return client;
};

const runner = (client: RedisClient): Run => {
  const adapter = adapterOf(Object(client));
  return async (script, keys, args) => {
    const texts = args.map(String);
    if (adapter.evalsha) {
      try {
        return await adapter.evalsha(await digestOf(script), keys, texts);
      } catch (error) {
        if (!/NOSCRIPT/.test(String((error as Error)?.message))) throw error;
      }
    }
    return adapter.eval(script, keys, texts);
  };
};

/** Upstash's client reads what looks like JSON; an answer is a text. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const begunOf = ([state, value]: [Begun["state"], unknown]): Begun => {
  if (state === "begun") return { state, owner: textOf(value) };
  if (state === "done") return { state, answer: textOf(value) };
  return { state };
};

let owners = 0;
const unique = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${++owners}`;

export const redis = (client: RedisClient, { prefix = "centerfy" }: RedisOptions = {}): Store => {
  const run = runner(client);
  const key = (...parts: string[]) => [`{${prefix}}`, ...parts].join(":");
  const record = (name: string) => key("record", name);
  return {
    limiter(limit: RateLimit, name = "api") {
      const given = key("places", name, "given");
      const pause = key("places", name, "pause");
      return new Slots(
        {
          take: async (id, { requests, perMs }) => Number(await run(TAKE, [given, pause], [id, requests, Math.ceil(perMs)])),
          giveBack: (id) => run(GIVE_BACK, [given], [id]),
          hold: (ms) => run(HOLD, [given, pause], [Math.ceil(ms)]),
        },
        limit,
      );
    },
    quotas: {
      admit: async (name, { requests, perMs }) => Number(await run(ADMIT, [key("quota", name)], [unique(), requests, Math.ceil(perMs)])),
    },
    records: {
      async begin(name: string, { fingerprint, leaseMs, keepMs, sinceMs }: Beginning) {
        const args = [unique(), `f${fingerprint}`, leaseMs, keepMs, Math.ceil(sinceMs)];
        return begunOf(await run(BEGIN, [record(name), key("born")], args));
      },
      async finish(name: string, owner: string, answer: string) {
        await run(FINISH, [record(name)], [owner, answer]);
      },
      async forget(name: string, owner: string) {
        await run(FORGET, [record(name)], [owner]);
      },
    },
  };
};

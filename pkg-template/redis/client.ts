/** Runs scripts with any Redis client. */
import type { RedisAdapter, RedisClient } from "./api.js";

/** Runs a script on one key: by its digest, or with its text if Redis does not have it cached. */
export type Run = (script: string, key: string, args: (string | number)[]) => Promise<unknown>;

const hex = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const digests = new Map<string, string>();

/** The SHA-1 by which Redis identifies a script. */
const digestOf = async (script: string): Promise<string> => {
  const known = digests.get(script);
  if (known) return known;
  const digest = hex(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(script)));
  digests.set(script, digest);
  return digest;
};

const isFunction = (value: unknown) => typeof value === "function";

/** Whether a client is Bun's own. If it has `eval`, its arguments differ from an adapter's. */
const isBuns = (client: any): boolean => {
  const { RedisClient } = (globalThis as any).Bun ?? {};
  return (RedisClient && client instanceof RedisClient) || (isFunction(client.send) && !isFunction(client.eval));
};

const adapterOf = (client: any): RedisAdapter => {
  // node-redis
  if (isFunction(client.evalSha)) {
    return {
      eval: (script, keys, args) => client.eval(script, { keys, arguments: args }),
      evalsha: (sha, keys, args) => client.evalSha(sha, { keys, arguments: args }),
    };
  }
  // ioredis
  if (isFunction(client.defineCommand)) {
    return {
      eval: (script, keys, args) => client.eval(script, keys.length, ...keys, ...args),
      evalsha: (sha, keys, args) => client.evalsha(sha, keys.length, ...keys, ...args),
    };
  }
  if (isBuns(client)) {
    return {
      eval: (script, keys, args) => client.send("EVAL", [script, String(keys.length), ...keys, ...args]),
      evalsha: (sha, keys, args) => client.send("EVALSHA", [sha, String(keys.length), ...keys, ...args]),
    };
  }
  if (!isFunction(client.eval)) {
    throw new TypeError("redisStore() requires a client of node-redis, ioredis, Bun or Upstash, or { eval(script, keys, args) }");
  }
  return client;
};

export const runner = (client: RedisClient): Run => {
  const adapter = adapterOf(Object(client));
  return async (script, key, args) => {
    const texts = args.map(String);
    if (adapter.evalsha) {
      try {
        return await adapter.evalsha(await digestOf(script), [key], texts);
      } catch (error) {
        if (!/NOSCRIPT/.test(String((error as Error)?.message))) throw error;
      }
    }
    return adapter.eval(script, [key], texts);
  };
};

import type { Store } from "../stores/api.js";

export type { Store } from "../stores/api.js";

/** What a client of Redis has to do, for one that is neither node-redis nor ioredis. Upstash's has it. */
export interface RedisAdapter {
    /** `EVAL`. Resolves to the script's reply: a number, or a list of numbers and strings. */
    eval(script: string, keys: string[], args: string[]): Promise<unknown>;
    /** `EVALSHA`, which saves sending the script each time. */
    evalsha?(sha: string, keys: string[], args: string[]): Promise<unknown>;
}

/** A client of node-redis (4 and 5), of ioredis (5), of Bun, of Upstash, or an adapter for another one. */
export type RedisClient =
    | RedisAdapter
    | { evalSha: (...args: any[]) => any }
    | { defineCommand: (...args: any[]) => any }
    | { send: (command: string, args: string[]) => Promise<any> };

/** How the store is set up. */
export interface RedisOptions {
    /**
     * What all its keys begin with, in braces: 1 or more characters, none of them a brace.
     *
     * @default "centerfy"
     */
    prefix?: string | undefined;
}

/**
 * A store in Redis or Valkey, for many processes. Each step is one script, and Redis's clock is the
 * only one that counts.
 *
 * @throws TypeError when the client is none, or the prefix has braces or no characters.
 *
 * @example
 * ```ts
 * import { createClient } from "redis";
 * import { Centerfy } from "centerfy";
 * import { redisStore } from "centerfy/redis";
 *
 * const store = redisStore(await createClient().connect());
 * const centerfy = new Centerfy({ apiKey, rateLimit: store.limiter({ requests: 60, perMs: 60_000 }) });
 * ```
 */
export function redisStore(client: RedisClient, options?: RedisOptions): Store;

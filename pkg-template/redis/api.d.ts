import type { Store } from "../store/api.js";

export type { Store } from "../store/api.js";

/** The methods that any other Redis client needs. Upstash's client has them. */
export interface RedisAdapter {
    /** Runs `EVAL`. Resolves to the reply of the script: a number, or a list of numbers and strings. */
    eval(script: string, keys: string[], args: string[]): Promise<unknown>;
    /** Runs `EVALSHA`, so that the script is not sent each time. Rejects with Redis's NOSCRIPT error. */
    evalsha?(sha: string, keys: string[], args: string[]): Promise<unknown>;
}

/** A client of node-redis (4 and 5), ioredis (5), Bun or Upstash, or an adapter for another client. */
export type RedisClient =
    | RedisAdapter
    | { evalSha: (...args: any[]) => any }
    | { defineCommand: (...args: any[]) => any }
    | { send: (command: string, args: string[]) => Promise<any> };

/** The options of the store. */
export interface RedisOptions {
    /**
     * The prefix of all keys, which is put in braces: a non-empty string without braces.
     *
     * @default "centerfy"
     */
    prefix?: string | undefined;
}

/**
 * Creates a store in Redis or Valkey, for many processes. Each step is one script, and only Redis's clock is
 * used.
 *
 * @throws {TypeError} If the client is not supported, or the prefix is empty or contains braces.
 *
 * @example
 * ```ts
 * import { createClient } from "redis";
 * import { Centerfy } from "centerfy";
 * import { redisStore } from "centerfy/redis";
 *
 * const store = redisStore(await createClient().connect());
 * const centerfy = new Centerfy({ apiKey, store });
 * ```
 */
export function redisStore(client: RedisClient, options?: RedisOptions): Store;

import type { Store } from "../store/api.js";

export type { Store } from "../store/api.js";

/** The part of a Durable Object binding that the store uses. */
export interface DurableNamespace {
    idFromName(name: string): any;
    get(id: any): { fetch(url: string, init: any): Promise<any> };
}

/** The options of the store. */
export interface DurableOptions {
    /**
     * The name of the Durable Object. Use one for each API key.
     *
     * @default "centerfy"
     */
    name?: string | undefined;
}

/**
 * Creates a store in a Durable Object, for all isolates of a Worker, wherever they run. Only the object's clock is
 * used, and its SQLite database survives restarts.
 *
 * A store can be created at the top level of a module or in a request, once for an isolate or for each request.
 * Steps that no response waits for, such as releasing a slot, outlive the request that takes them.
 *
 * @throws {TypeError} If `namespace` is not a Durable Object binding.
 *
 * @example
 * ```ts
 * import { createProxy } from "centerfy/proxy";
 * import { CenterfyObject, durableStore } from "centerfy/durable";
 *
 * export { CenterfyObject };
 *
 * export default {
 *   fetch: (request, env, context) =>
 *     createProxy({ ...options, apiKey: env.CENTERFY_API_KEY, store: durableStore(env.CENTERFY) })(request, env, context),
 * };
 * ```
 */
export function durableStore(namespace: DurableNamespace, options?: DurableOptions): Store;

/**
 * The class of the Durable Object. Export it from your Worker, bind it, and list it in a migration under
 * `new_sqlite_classes`.
 */
export class CenterfyObject {
    constructor(state: any, env?: any);
    /** Takes a step of the store. A step that fails changes nothing, and every step can be repeated. */
    fetch(request: Request): Promise<Response>;
    /**
     * Removes records within ten seconds of their expiration, and idle limits within an hour. It schedules
     * itself while the object has data.
     */
    alarm(): Promise<void>;
}

import type { Store } from "../stores/api.js";

export type { Store } from "../stores/api.js";

/** The part of a binding to Durable Objects that the store uses. */
export interface DurableNamespace {
    idFromName(name: string): any;
    get(id: any): { fetch(url: string, init: any): Promise<any> };
}

/** How the store is set up. */
export interface DurableOptions {
    /**
     * The name of the object that is the store: one for each API key.
     *
     * @default "centerfy"
     */
    name?: string | undefined;
}

/**
 * A store in a Durable Object, for all isolates of a Worker, wherever they run. The object's clock is
 * the only one that counts, and its SQLite keeps everything over restarts.
 *
 * It can be made at the top level of a module or in a request, once for an isolate or for each request.
 * Steps that no answer waits for, such as the end of a slot, outlive the request that takes them.
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
 * The class of the object. Export it from your Worker, bind it, and name it in a migration under
 * `new_sqlite_classes`.
 */
export class CenterfyObject {
    constructor(state: any, env?: any);
    /** Takes the steps of the store. A step that fails changes nothing, and each is safe to repeat. */
    fetch(request: Request): Promise<Response>;
    /**
     * Removes records within ten seconds after the time for which they are kept, and idle limits within an
     * hour. It runs by itself while anything is kept.
     */
    alarm(): Promise<void>;
}

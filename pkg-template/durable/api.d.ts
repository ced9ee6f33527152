import type { Store } from "../stores/api.js";

export type { Store } from "../stores/api.js";

/** The part of a binding to Durable Objects that the store uses. */
export interface DurableNamespace {
    idFromName(name: string): any;
    get(id: any): { fetch(url: string, init: any): Promise<any> };
}

/** How the store is set up. */
export interface DurableOptions {
    /** The name of the object that is the store: one for each API key. `"centerfy"` when left out. */
    name?: string | undefined;
}

/**
 * A store in a Durable Object, for all isolates of a Worker, wherever they run. The object's clock is
 * the only one that counts, and its SQLite keeps everything over restarts.
 *
 * @example
 * ```ts
 * import { createProxy } from "centerfy/proxy";
 * import { CenterfyObject, durable } from "centerfy/durable";
 *
 * export { CenterfyObject };
 *
 * export default {
 *   fetch: (request, env, context) =>
 *     createProxy({ ...options, apiKey: env.CENTERFY_API_KEY, store: durable(env.CENTERFY) })(request, env, context),
 * };
 * ```
 */
export function durable(namespace: DurableNamespace, options?: DurableOptions): Store;

/**
 * The class of the object. Export it from your Worker, bind it, and name it in a migration under
 * `new_sqlite_classes`.
 */
export class CenterfyObject {
    constructor(state: any, env?: any);
    /** Answers the store's steps; nobody else reaches it. */
    fetch(request: Request): Promise<Response>;
    /** Clears away what is no longer kept. */
    alarm(): Promise<void>;
}

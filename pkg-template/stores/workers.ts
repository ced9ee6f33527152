/**
 * In Cloudflare Workers a timer, a promise and a fetch belong to the request that made them, and end with
 * it. No request may wait for what another one started, nor wake it.
 */
export const requestsAreIsolated = (): boolean => globalThis.navigator?.userAgent === "Cloudflare-Workers";

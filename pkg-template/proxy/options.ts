/** The options of a proxy, checked. */
import { Centerfy, CenterfyError } from "centerfy";
import { operations } from "../generated/tables.js";
import { memory } from "../stores/memory.js";
import type { Operation, ProxyOptions, Quotas, RateLimiter, Records } from "./api.js";
import { impatient } from "./store.js";

/** A proxy's options, as its requests use them. */
export interface Checked extends Pick<ProxyOptions, "authorize" | "limit" | "onError"> {
  /** With a slash at its end. */
  path: string;
  allow: Set<Operation>;
  origins: Set<string>;
  store: { quotas: Quotas; records: Records };
  /** Where the places for the API's own limit come from. */
  places: RateLimiter | undefined;
  /** The longest that the API may take, and before that a place under its limit, in milliseconds. */
  attemptTimeout: number;
  /** Makes one attempt a call: who calls through the proxy is the one who tries again. */
  client: Centerfy;
}

const API_LIMIT = { requests: 60, perMs: 60_000 };

const must = (holds: unknown, field: string, expected: string) => {
  if (!holds) throw new CenterfyError(`${field} must be ${expected}`, { code: "validation", field });
};

const isOrigin = (text: unknown) => {
  try {
    return text === "none" || new URL(text as string).origin === text;
  } catch {
    return false;
  }
};

const isLimit = (limit: any) =>
  Number.isInteger(limit?.requests) && limit.requests > 0 && Number.isFinite(limit.perMs) && limit.perMs > 0;

const isStore = ({ limiter, quotas, records }: any) =>
  [limiter, quotas?.admit, records?.begin, records?.finish, records?.forget].every((it) => typeof it === "function");

const isList = (list: unknown, fits: (it: any) => unknown) => Array.isArray(list) && list.every(fits);

export const check = (given: ProxyOptions): Checked => {
  must(given === Object(given), "options", "an object");
  const { apiKey, path, allow, authorize, origins = [], store = memory(), limit, rateLimit = API_LIMIT, onError } = given;
  const { auth, baseUrl, fetch, attemptTimeout = 30_000, onEvent } = given;
  must(apiKey, "apiKey", "given: the proxy is what keeps it");
  must(typeof path === "string" && /^(\/[\w.~-]+)+\/?$/.test(path), "path", 'a path such as "/api/centerfy"');
  const names = operations.map(({ _name: name }) => name);
  must(isList(allow, (name) => names.includes(name)), "allow", `a list of operations: ${names.join(", ")}`);
  must(typeof authorize === "function", "authorize", "a function that says who asks");
  must(isList(origins, isOrigin), "origins", 'a list of origins such as "https://app.example.com", or "none"');
  must(isStore(Object(store)), "store", "a store: memory(), durable() or redis()");
  must(limit === undefined || isLimit(limit), "limit", "{ requests, perMs }");
  must(rateLimit === false || isLimit(rateLimit), "rateLimit", "{ requests, perMs } or false");
  must(attemptTimeout > 0 && attemptTimeout < Infinity, "attemptTimeout", "a number of milliseconds, more than 0");
  must(onError === undefined || typeof onError === "function", "onError", "a function");
  const settings = { apiKey, auth, baseUrl, fetch, attemptTimeout, onEvent, maxRetries: 0, rateLimit: false as const };
  // The proxy is the server of a page, also where a test runs both in jsdom.
  const client = new Centerfy({ ...settings, dangerouslyAllowBrowser: true });
  return {
    path: path.replace(/\/?$/, "/"),
    allow: new Set(allow),
    origins: new Set(origins),
    authorize,
    store: impatient(store),
    limit,
    places: rateLimit ? store.limiter(rateLimit) : undefined,
    onError,
    attemptTimeout,
    client,
  };
};

/** The options of a proxy, checked. */
import { Centerfy, CenterfyError } from "centerfy";
import { operations } from "../generated/tables.js";
import { memoryStore } from "../stores/memory.js";
import type { Operation, ProxyOptions, Store, StoreLimiter } from "./api.js";
import { Recording } from "./recording.js";

/** A proxy's options, as its requests use them. */
export interface Checked extends Pick<ProxyOptions, "authorize" | "limit" | "allowHeaders" | "onError" | "onRefusal"> {
  /** With a slash at its end. */
  path: string;
  allow: Set<Operation>;
  origins: Set<string>;
  store: Store;
  /** What this process has to record. */
  recording: Recording;
  /** For how long records are kept, in milliseconds. */
  keepMs: number;
  /** The slots under the API's own limit. */
  slots: StoreLimiter | undefined;
  /** The longest that the API may take, in milliseconds. */
  attemptTimeout: number;
  /** Makes one attempt a call: who calls through the proxy is the one who tries again. */
  client: Centerfy;
}

/** For how long records are kept, in milliseconds: 24 hours. */
const KEEP_MS = 86_400_000;
/** What an origin looks like, in words. */
const ORIGINS = 'such as "https://app.example.com" or "capacitor://localhost", without a slash at the end; or "none"';
const API_LIMIT = { requests: 60, perMs: 60_000 };

const must = (holds: unknown, field: string, expected: string) => {
  if (!holds) throw new CenterfyError(`${field} must be ${expected}`, { code: "validation", field });
};

/**
 * An origin as a browser writes it, of any scheme: the pages of apps and extensions have schemes of their
 * own. `null` is not one: any sandboxed frame sends it.
 */
const isOrigin = (text: unknown) => {
  try {
    const { protocol, host, origin } = new URL(text as string);
    return text === (origin === "null" ? `${protocol}//${host}` : origin) && !host.includes("*");
  } catch {
    return text === "none";
  }
};

/** The name of a header. */
const isName = (text: unknown) => typeof text === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(text) && text !== "*";

const isLimit = (limit: any) =>
  Number.isInteger(limit?.requests) && limit.requests > 0 && Number.isFinite(limit.perMs) && limit.perMs > 0;

const RECORD_STEPS = ["read", "begin", "renew", "finish", "forget"];

const isStore = ({ limiter, quotas, records }: any) =>
  [limiter, quotas?.admit, quotas?.giveBack, ...RECORD_STEPS.map((step) => records?.[step])].every((it) => typeof it === "function");

const isList = (list: unknown, fits: (it: any) => unknown) => Array.isArray(list) && list.every(fits);

export const check = (given: ProxyOptions): Checked => {
  must(given === Object(given), "options", "an object");
  const { apiKey, path, allow, authorize, origins = [], allowHeaders, store = memoryStore(), limit, rateLimit = API_LIMIT } = given;
  const { onError, onRefusal } = given;
  const { auth, baseUrl, fetch, attemptTimeout = 30_000, keepMs = KEEP_MS, onEvent } = given;
  must(apiKey, "apiKey", "given: the proxy is what keeps it");
  must(typeof path === "string" && /^(\/[\w.~-]+)*\/?$/.test(path) && path, "path", 'a path such as "/api/centerfy", or "/"');
  const names = operations.map(({ _name: name }) => name);
  must(isList(allow, (name) => names.includes(name)), "allow", `a list of operations: ${names.join(", ")}`);
  must(typeof authorize === "function", "authorize", "a function that says who asks");
  must(isList(origins, isOrigin), "origins", `a list of origins, ${ORIGINS}`);
  must(allowHeaders === undefined || isList(allowHeaders, isName), "allowHeaders", 'a list of names of headers, such as "x-session"');
  must(isStore(Object(store)), "store", "a store: memoryStore(), durableStore() or redisStore()");
  must(limit === undefined || isLimit(limit), "limit", "{ requests, perMs }");
  must(rateLimit === false || isLimit(rateLimit), "rateLimit", "{ requests, perMs } or false");
  must(attemptTimeout > 0 && attemptTimeout < Infinity, "attemptTimeout", "a number of milliseconds, more than 0");
  must(keepMs > 0 && keepMs < Infinity, "keepMs", "a number of milliseconds, more than 0");
  for (const [field, hook] of Object.entries({ onError, onRefusal })) {
    must(hook === undefined || typeof hook === "function", field, "a function");
  }
  const settings = { apiKey, auth, baseUrl, fetch, attemptTimeout, onEvent, maxRetries: 0, rateLimit: false as const };
  // The proxy is the server of a page, also where a test runs both in jsdom.
  const client = new Centerfy({ ...settings, dangerouslyAllowBrowser: true });
  return {
    path: path.replace(/\/?$/, "/"),
    allow: new Set(allow),
    origins: new Set(origins),
    authorize,
    store,
    recording: new Recording(store.records),
    keepMs,
    limit,
    slots: rateLimit ? store.limiter(rateLimit) : undefined,
    allowHeaders,
    onError,
    onRefusal,
    attemptTimeout,
    client,
  };
};

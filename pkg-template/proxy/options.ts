/** Validates the options of a proxy. */
import { Centerfy, CenterfyError } from "centerfy";
import { operations } from "../generated/tables.js";
import { Expected, suggestion } from "../nearest.js";
import { memoryStore } from "../store/memory.js";
import { KEEP_MS } from "../store/outcome.js";
import { recordingOf, type Recording } from "../store/recording.js";
import type { Operation, ProxyOptions, Store, StoreLimiter } from "./api.js";

/** The validated options of a proxy, and what is made from them. */
export interface Checked extends Pick<ProxyOptions, "authorize" | "limit" | "allowHeaders" | "onError" | "onRefusal"> {
  /** With a trailing slash. */
  path: string;
  allow: Set<Operation>;
  origins: Set<string>;
  store: Store;
  /** Records outcomes. */
  recording: Recording;
  /** How long records are kept, in milliseconds. */
  keepMs: number;
  /** The slots under the rate limit of the API key. */
  slots: StoreLimiter | undefined;
  /** How long the API may take, in milliseconds. */
  attemptTimeout: number;
  /** Makes one attempt per call, because retries are up to the caller of the proxy. */
  client: Centerfy;
}

/** Describes an origin. */
const ORIGINS = 'such as "https://app.example.com" or "capacitor://localhost", without a trailing slash; or "none"';
const API_LIMIT = { requests: 60, perMs: 60_000 };

const assertOption = (holds: unknown, field: string, expected: string) => {
  if (!holds) throw new CenterfyError(`${field} must be ${expected}`, { code: "validation", field });
};

/**
 * Whether a text is an origin as browsers send it, with any scheme: pages of apps and extensions have schemes of
 * their own. `null` is not accepted, because every sandboxed frame sends it.
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
  [limiter, quotas?.admit, quotas?.release, ...RECORD_STEPS.map((step) => records?.[step])].every((it) => typeof it === "function");

const isList = (list: unknown, fits: (it: any) => unknown) => Array.isArray(list) && list.every(fits);

/** Every option. */
const NAMES: Record<keyof ProxyOptions, true> = {
  apiKey: true,
  path: true,
  allow: true,
  authorize: true,
  origins: true,
  allowHeaders: true,
  store: true,
  limit: true,
  rateLimit: true,
  attemptTimeout: true,
  keepMs: true,
  auth: true,
  baseUrl: true,
  fetch: true,
  onEvent: true,
  onError: true,
  onRefusal: true,
};

export const check = (options: ProxyOptions): Checked => {
  assertOption(options === Object(options), "options", "an object");
  for (const name in options) assertOption(Object.hasOwn(NAMES, name), name, Expected.NoOption + suggestion(name, Object.keys(NAMES)));
  const { apiKey, path, allow, authorize, origins = [], allowHeaders, store = memoryStore(), limit, rateLimit = API_LIMIT } = options;
  const { onError, onRefusal } = options;
  const { auth, baseUrl, fetch, attemptTimeout = 30_000, keepMs = KEEP_MS, onEvent } = options;
  assertOption(apiKey, "apiKey", "your API key (cfy_…)");
  assertOption(typeof path === "string" && /^(\/[\w.~-]+)*\/?$/.test(path) && path, "path", 'a path such as "/api/centerfy", or "/"');
  const names = operations.map(({ _name: name }) => name);
  assertOption(isList(allow, (name) => names.includes(name)), "allow", `a list of operations: ${names.join(", ")}`);
  assertOption(typeof authorize === "function", "authorize", "a function that returns a subject or false");
  assertOption(isList(origins, isOrigin), "origins", `a list of origins, ${ORIGINS}`);
  assertOption(allowHeaders === undefined || isList(allowHeaders, isName), "allowHeaders", 'a list of header names, such as "x-session"');
  assertOption(isStore(Object(store)), "store", "a store: memoryStore(), durableStore() or redisStore()");
  assertOption(limit === undefined || isLimit(limit), "limit", "{ requests, perMs }");
  assertOption(rateLimit === false || isLimit(rateLimit), "rateLimit", "{ requests, perMs } or false");
  assertOption(attemptTimeout > 0 && attemptTimeout < Infinity, "attemptTimeout", "a number of milliseconds greater than 0");
  assertOption(keepMs > 0 && keepMs < Infinity, "keepMs", "a number of milliseconds greater than 0");
  for (const [field, hook] of Object.entries({ onError, onRefusal })) {
    assertOption(hook === undefined || typeof hook === "function", field, "a function");
  }
  const settings = { apiKey, auth, baseUrl, fetch, attemptTimeout, onEvent, maxRetries: 0, rateLimit: false as const };
  // A proxy is a server, even if a test runs it in jsdom.
  const client = new Centerfy({ ...settings, dangerouslyAllowBrowser: true });
  return {
    path: path.replace(/\/?$/, "/"),
    allow: new Set(allow),
    origins: new Set(origins),
    authorize,
    store,
    recording: recordingOf(store.records),
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

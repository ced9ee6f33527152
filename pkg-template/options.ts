/** Validates and normalizes the options of a client and of a call. */
import { invalid } from "./error.js";
import type { Source } from "./load.js";
import { Expected, suggestion } from "./nearest.js";
import { isPlain } from "./plain.js";
import type { AbortSignalLike, CenterfyOptions, RateLimit, RateLimiter } from "./types.js";

/** The options that a call can override. Times are in milliseconds, `Infinity` for no limit. */
export interface CallOptions {
  signal?: AbortSignalLike | undefined;
  idempotencyKey?: string;
  maxRetries: number;
  attemptTimeout: number;
  timeout: number;
}

/** A client's options, as its calls use them. */
export interface Client extends CallOptions, Pick<CenterfyOptions, "apiKey" | "fetch" | "onEvent" | "store"> {
  rateLimit: RateLimit | RateLimiter | false;
  /** The base URL of the operations, with a trailing slash. */
  _base: string;
  /** A slash if the proxy's framework requires one at the end of every path. */
  _end: string;
  /** Whether the server is `centerfy/proxy`, which performs requests with one idempotency key once. */
  _once: boolean;
  _headers: Record<string, string>;
  /** The headers of a request with a body. */
  _jsonHeaders: Record<string, string>;
  /** Clients with the same value share their rate limit. */
  _shared: string;
  _source: Source;
}

/** What an option must be, in words and as a predicate. */
type Rule = [expected: string, fits: (value: any) => unknown];

const isFunction = (value: unknown) => typeof value === "function";
const duration: Rule = ["a number of milliseconds, 0 for no limit", (ms) => typeof ms === "number" && ms >= 0];

const ofCall: Record<string, Rule> = {
  signal: ["an AbortSignal", (signal) => signal?.addEventListener],
  maxRetries: ["a non-negative integer", (retries) => Number.isInteger(retries) && retries >= 0],
  attemptTimeout: duration,
  timeout: duration,
};

/** An option that is validated where it is used. */
const any: Rule = ["", () => true];

/** A string that is valid in a header, quoted or not. */
const visible: Rule = [
  "a string of visible ASCII characters without double quotes or backslashes",
  (key) => typeof key === "string" && /^[!#-[\]-~]+$/.test(key),
];

const ofClient: Record<string, Rule> = {
  ...ofCall,
  apiKey: visible,
  baseUrl: any,
  dangerouslyAllowBrowser: any,
  keepMs: any,
  proxy: any,
  auth: ['"x-api-key" or "bearer"', (auth) => auth === "x-api-key" || auth === "bearer"],
  fetch: ["a function", isFunction],
  onEvent: ["a function", isFunction],
  store: ["a store", (store) => store?.attach],
  rateLimit: [
    "{ requests, perMs }, false, or an object with acquire",
    (limit) =>
      limit === false ||
      isFunction(limit?.acquire) ||
      (Number.isInteger(limit?.requests) && limit.requests > 0 && Number.isFinite(limit.perMs) && limit.perMs > 0),
  ],
};

/** Whether an error suggests the option that was meant. Where bytes count, it does not: 130 bytes less. */
declare const SUGGESTS: boolean;

const assertOption = (isValid: unknown, field: string, expected: string, operation?: string) => {
  if (!isValid) throw invalid(field, expected, operation);
};

/** Validates the options and merges them into the defaults. Each property is read once: it may be a getter. */
const read = <T>(rules: Record<string, Rule>, input: any, defaults: T, operation?: string): T => {
  assertOption(input === Object(input), "options", "an object", operation);
  const options: any = { ...defaults };
  for (const name in input) {
    if (!rules[name]) throw invalid(name, Expected.NoOption + (SUGGESTS ? suggestion(name, Object.keys(rules)) : ""), operation);
  }
  for (const name in rules) {
    const [expected, fits] = rules[name]!;
    const value = input[name];
    if (value !== undefined) {
      assertOption(fits(value), name, expected, operation);
      // 0 means no limit.
      options[name] = /imeout/.test(name) ? value || Infinity : value;
    }
  }
  return options;
};

/** The options of a call: its own, over its client's. */
export const readCall = (input: unknown, client: Client, operation: string): CallOptions => {
  assertOption(isPlain(input), "options", "a plain object", operation);
  const options = read<CallOptions>({ ...ofCall, idempotencyKey: visible }, input, client, operation);
  assertOption(!options.idempotencyKey || client._once || client.store, "idempotencyKey", "omitted unless proxy or store is set", operation);
  return options;
};

const isRelative = (url: string) => !/^https?:/i.test(url);

/**
 * Validates the base URL: http or https, without any part that may hold a secret. A relative URL is resolved at
 * each call: the client may be created before there is a document.
 */
const readBase = (input: any = "https://crmwebhook.com/functions/v1/crm-api", field: string): string => {
  const text = input?.href ?? input;
  let href = "";
  try {
    href = new URL(text, "http://relative").href;
  } catch {}
  assertOption(
    text && typeof text === "string" && /^https?:\/\/[^/?#@]*\/[^?#]*$/.test(href),
    field,
    "an http or https URL without credentials, query or fragment",
  );
  return (isRelative(text) ? text : href).replace(/\/*$/, "/");
};

/** The absolute base URL, as `fetch` would resolve it. A custom `fetch` may resolve a relative one itself. */
export const resolveBase = ({ _base: base, _once: once, fetch }: Client, operation: string): string => {
  if (!isRelative(base)) return base;
  const here = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    return new URL(base, here).href;
  } catch {
    assertOption(fetch, once ? "proxy" : "baseUrl", "an absolute URL outside of pages", operation);
    return base;
  }
};

/** The options of a client. */
export const readClient = (input: CenterfyOptions = {}, source: Source): Client => {
  const defaults = {
    attemptTimeout: 30_000,
    timeout: 60_000,
    maxRetries: 2,
    rateLimit: { requests: 60, perMs: 60_000 },
    auth: "bearer",
  };
  const options: any = read(ofClient, input, defaults);
  const { apiKey, auth, baseUrl, proxy } = options;
  assertOption(apiKey || baseUrl || proxy, "apiKey", "set unless proxy or baseUrl is set");
  assertOption(!proxy || !(apiKey || baseUrl), "proxy", "omitted if apiKey or baseUrl is set");
  assertOption(
    !apiKey || options.dangerouslyAllowBrowser || typeof window + typeof document !== "objectobject",
    "apiKey",
    "kept out of pages: use proxy, or set dangerouslyAllowBrowser",
  );
  const headers: Record<string, string> = { accept: "application/json" };
  if (apiKey) {
    if (auth === "bearer") headers.authorization = "Bearer " + apiKey;
    else headers[auth] = apiKey;
  }
  const base = readBase(proxy || baseUrl, proxy ? "proxy" : "baseUrl");
  return {
    ...options,
    _base: base,
    // The slash after a host alone does not count: every URL has it.
    _end: /(^|[^/:])\/[^/]+\/$/.test(proxy) ? "/" : "",
    _once: !!proxy,
    _headers: headers,
    _jsonHeaders: { ...headers, "content-type": "application/json" },
    _shared: `${base} ${apiKey}`,
    _source: source,
  };
};

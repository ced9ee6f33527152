/** Reads the options of a client and of a call, once. */
import { invalid } from "./error.js";
import type { Source } from "./load.js";
import { isPlain } from "./plain.js";
import type { AbortSignalLike, CenterfyOptions, RateLimit, RateLimiter } from "./types.js";

/** What a call may set for itself. Milliseconds, 0 or infinite for none. */
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
  /** The URL below which the operations are, with a slash at its end. */
  _base: string;
  /** A slash, where a proxy's framework has one at the end of every path. */
  _end: string;
  /** Whether what has a key is carried out once: the other side is `centerfy/proxy`. */
  _once: boolean;
  _headers: Record<string, string>;
  /** The headers of a request with a body. */
  _jsonHeaders: Record<string, string>;
  /** What clients have in common that share their places. */
  _shared: string;
  _source: Source;
}

/** What an option must be: the words for it, and how to tell. */
type Rule = [expected: string, fits: (given: any) => unknown];

const isFunction = (given: unknown) => typeof given === "function";
const duration: Rule = ["a number of milliseconds, 0 for none", (ms) => typeof ms === "number" && ms >= 0];

const ofCall: Record<string, Rule> = {
  signal: ["an AbortSignal", (signal) => signal?.addEventListener],
  maxRetries: ["an integer, 0 or more", (most) => Number.isInteger(most) && most >= 0],
  attemptTimeout: duration,
  timeout: duration,
};

/** What can stand in a header, in quotes too. */
const visible: Rule = [
  "a string of visible ASCII characters without quotes",
  (key) => typeof key === "string" && /^[!#-[\]-~]+$/.test(key),
];

const ofClient: Record<string, Rule> = {
  ...ofCall,
  apiKey: visible,
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

const must = (holds: unknown, field: string, expected: string, operation?: string) => {
  if (!holds) throw invalid(field, expected, operation);
};

/** Reads each option once, over what is there already. */
const read = <T>(rules: Record<string, Rule>, given: any, over: T, operation?: string): T => {
  must(given === Object(given), "options", "an object", operation);
  const options: any = { ...over };
  for (const name in rules) {
    const [expected, fits] = rules[name]!;
    const value = given[name];
    if (value !== undefined) {
      must(fits(value), name, expected, operation);
      options[name] = value;
    }
  }
  return options;
};

/** Reads what a call may set, over what its client has set. */
export const readCall = (given: unknown, client: Client, operation: string): CallOptions => {
  must(isPlain(given), "options", "a plain object", operation);
  const options = read<CallOptions>({ ...ofCall, idempotencyKey: visible }, given, client, operation);
  must(!options.idempotencyKey || client._once || client.store, "idempotencyKey", "omitted without proxy or store", operation);
  return options;
};

const isRelative = (url: string) => !/^https?:/i.test(url);

/**
 * Reads the base URL: http or https, and nothing in it that would have to be kept secret. A relative
 * one is resolved only when it is needed: a client may be made where there is no page yet.
 */
const readBase = (given: any = "https://crmwebhook.com/functions/v1/crm-api", field: string): string => {
  const text = given?.href ?? given;
  let href = "";
  try {
    href = new URL(text, "http://relative").href;
  } catch {}
  must(
    text && typeof text === "string" && /^https?:\/\/[^/?#@]*\/[^?#]*$/.test(href),
    field,
    "an http or https URL without credentials, query and fragment",
  );
  return (isRelative(text) ? text : href).replace(/\/*$/, "/");
};

/** The base URL as `fetch` resolves it here. A `fetch` of the caller's own may know where it is. */
export const resolveBase = ({ _base: base, _once: once, fetch }: Client, operation: string): string => {
  if (!isRelative(base)) return base;
  const here = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    return new URL(base, here).href;
  } catch {
    must(fetch, once ? "proxy" : "baseUrl", "absolute outside of pages", operation);
    return base;
  }
};

/** Reads the options of a client. */
export const readClient = (given: CenterfyOptions = {}, source: Source): Client => {
  const defaults = {
    attemptTimeout: 30_000,
    timeout: 60_000,
    maxRetries: 2,
    rateLimit: { requests: 60, perMs: 60_000 },
    auth: "bearer",
  };
  const options: any = read(ofClient, given, defaults);
  const { apiKey, auth } = options;
  const { baseUrl, proxy } = given;
  must(apiKey || baseUrl || proxy, "apiKey", "given, unless proxy or baseUrl is");
  must(!proxy || !(apiKey || baseUrl), "proxy", "given without apiKey and baseUrl");
  must(
    !apiKey || given.dangerouslyAllowBrowser || typeof window + typeof document !== "objectobject",
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
    // A host alone has always a slash.
    _end: /(^|[^/:])\/[^/]+\/$/.test(proxy as string) ? "/" : "",
    _once: !!proxy,
    _headers: headers,
    _jsonHeaders: { ...headers, "content-type": "application/json" },
    _shared: `${base} ${apiKey}`,
    _source: source,
  };
};

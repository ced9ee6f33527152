import { invalid } from "./error.ts";
import type { CallEvent } from "./events.ts";
import type { OperationName } from "./operations.ts";

export interface RequestOptions {
  signal?: AbortSignal;
  /** Milliseconds; 0 and `Infinity` mean none. */
  attemptTimeout?: number;
  timeout?: number;
  maxRetries?: number;
}

export interface Acquire {
  acquire(place: { operation: OperationName; attempt: number; signal?: AbortSignal }): unknown;
}

export interface Limit {
  requests: number;
  perMs: number;
}

export interface CenterfyOptions extends Omit<RequestOptions, "signal"> {
  apiKey?: string;
  auth?: "x-api-key" | "bearer";
  baseUrl?: string;
  fetch?: typeof globalThis.fetch;
  rateLimit?: Limit | false | Acquire;
  dangerouslyAllowBrowser?: boolean;
  onEvent?: (event: CallEvent) => void;
}

/** How a call is to be made. */
export interface CallSettings {
  signal?: AbortSignal;
  attemptTimeout: number;
  timeout: number;
  maxRetries: number;
}

export interface ClientSettings extends CallSettings {
  apiKey?: string;
  base: string;
  headers: Record<string, string>;
  fetch?: typeof globalThis.fetch;
  rateLimit: Limit | false | Acquire;
  onEvent?: (event: CallEvent) => void;
}

const must = (holds: unknown, field: string, expected: string, operation?: OperationName) => {
  if (!holds) throw invalid(field, expected, operation);
};

const duration = (field: "attemptTimeout" | "timeout", ms: number, operation?: OperationName) => {
  must(typeof ms === "number" && ms >= 0, field, "a number of milliseconds, 0 for none", operation);
  return ms || Infinity;
};

export const readCall = (
  options: RequestOptions = {},
  defaults: CallSettings,
  operation?: OperationName,
): CallSettings => {
  must(options === Object(options), "options", "an object", operation);
  const { signal, attemptTimeout, timeout, maxRetries = defaults.maxRetries } = options;
  must(!signal || signal.addEventListener, "signal", "an AbortSignal", operation);
  must(Number.isInteger(maxRetries) && maxRetries >= 0, "maxRetries", "an integer, 0 or more", operation);
  return {
    signal,
    maxRetries,
    attemptTimeout: duration("attemptTimeout", attemptTimeout ?? defaults.attemptTimeout, operation),
    timeout: duration("timeout", timeout ?? defaults.timeout, operation),
  };
};

const readBase = (given: string) => {
  let url: URL | undefined;
  try {
    url = new URL(given, globalThis.location?.href);
  } catch {}
  must(
    url && /^https?:\/\/[^/?#@]*\/[^?#]*$/.test(url.href),
    "baseUrl",
    "an http or https URL without credentials, query and fragment",
  );
  return url!.href.replace(/\/*$/, "/");
};

export const readClient = (options: CenterfyOptions = {}): ClientSettings => {
  must(options === Object(options), "options", "an object");
  const { apiKey, auth = "x-api-key", baseUrl, fetch, onEvent } = options;
  const { rateLimit = { requests: 60, perMs: 60_000 } } = options;
  must(
    apiKey === undefined ? baseUrl : typeof apiKey === "string" && /^[!#-[\]-~]+$/.test(apiKey),
    "apiKey",
    "a string of visible ASCII characters without quotes, left out only with a baseUrl of your own proxy",
  );
  must(
    !apiKey || options.dangerouslyAllowBrowser || typeof window === "undefined" || typeof document === "undefined",
    "apiKey",
    "kept out of pages, where everybody can read it: use a baseUrl of your own proxy, or set dangerouslyAllowBrowser",
  );
  must(auth === "x-api-key" || auth === "bearer", "auth", '"x-api-key" or "bearer"');
  must(typeof (fetch ?? globalThis.fetch) === "function", "fetch", "a function");
  must(!onEvent || typeof onEvent === "function", "onEvent", "a function");
  const limit = rateLimit as Partial<Limit & Acquire> | false;
  must(
    limit === false ||
      typeof limit?.acquire === "function" ||
      (Number.isInteger(limit?.requests) && limit.requests! > 0 && Number.isFinite(limit.perMs) && limit.perMs! > 0),
    "rateLimit",
    "{ requests, perMs }, false, or an object with acquire",
  );
  const headers: Record<string, string> = { accept: "application/json" };
  if (apiKey && auth === "bearer") headers.authorization = `Bearer ${apiKey}`;
  else if (apiKey) headers["x-api-key"] = apiKey;
  return {
    ...readCall(options, { attemptTimeout: 30_000, timeout: 60_000, maxRetries: 2 }),
    signal: undefined,
    apiKey,
    base: readBase(baseUrl ?? "https://crmwebhook.com/functions/v1/crm-api"),
    headers,
    fetch,
    rateLimit,
    onEvent,
  };
};

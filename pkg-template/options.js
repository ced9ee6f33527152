import { invalid } from "./error.js";

const must = (holds, field, expected, operation) => {
  if (!holds) throw invalid(field, expected, operation);
};

const isObject = (value) => value === Object(value);

/** 0 and `Infinity` mean none. */
const duration = (given, field, otherwise, operation) => {
  const ms = given ?? otherwise;
  must(typeof ms === "number" && ms >= 0, field, "a number of milliseconds, 0 for none", operation);
  return ms || Infinity;
};

/** Reads what a call may set, over what its client has set. */
export const readCall = (given = {}, over, operation) => {
  must(isObject(given), "options", "an object", operation);
  const { signal, maxRetries = over.maxRetries } = given;
  must(!signal || signal.addEventListener, "signal", "an AbortSignal", operation);
  must(Number.isInteger(maxRetries) && maxRetries >= 0, "maxRetries", "an integer, 0 or more", operation);
  return {
    signal,
    maxRetries,
    attemptTimeout: duration(given.attemptTimeout, "attemptTimeout", over.attemptTimeout, operation),
    timeout: duration(given.timeout, "timeout", over.timeout, operation),
  };
};

/** Reads the base URL: http or https, and nothing in it that would have to be kept secret. */
const readBase = (given) => {
  let url;
  try {
    url = new URL(given, globalThis.location?.href);
  } catch {}
  must(
    url && /^https?:\/\/[^/?#@]*\/[^?#]*$/.test(url.href),
    "baseUrl",
    "an http or https URL without credentials, query and fragment",
  );
  return url.href.replace(/\/*$/, "/");
};

/** Reads the options of a client once. */
export const readClient = (given = {}) => {
  must(isObject(given), "options", "an object");
  const { apiKey, auth = "x-api-key", baseUrl, fetch, onEvent } = given;
  const { rateLimit = { requests: 60, perMs: 60000 } } = given;
  must(
    apiKey === undefined ? baseUrl : typeof apiKey === "string" && /^[!#-[\]-~]+$/.test(apiKey),
    "apiKey",
    "a string of visible ASCII characters without quotes, left out only with a baseUrl of your own proxy",
  );
  must(
    !apiKey || given.dangerouslyAllowBrowser || typeof window + typeof document !== "objectobject",
    "apiKey",
    "kept out of pages, where everybody can read it: use a baseUrl of your own proxy, or set dangerouslyAllowBrowser",
  );
  must(auth === "x-api-key" || auth === "bearer", "auth", '"x-api-key" or "bearer"');
  must(typeof (fetch ?? globalThis.fetch) === "function", "fetch", "a function");
  must(!onEvent || typeof onEvent === "function", "onEvent", "a function");
  must(
    rateLimit === false ||
      typeof rateLimit?.acquire === "function" ||
      (Number.isInteger(rateLimit?.requests) && rateLimit.requests > 0 && Number.isFinite(rateLimit.perMs) && rateLimit.perMs > 0),
    "rateLimit",
    "{ requests, perMs }, false, or an object with acquire",
  );
  const base = readBase(baseUrl ?? "https://crmwebhook.com/functions/v1/crm-api");
  const headers = { accept: "application/json" };
  if (apiKey) headers[auth === "bearer" ? "authorization" : auth] = auth === "bearer" ? "Bearer " + apiKey : apiKey;
  return {
    ...readCall(given, { attemptTimeout: 30000, timeout: 60000, maxRetries: 2 }),
    signal: undefined,
    apiKey,
    base,
    headers,
    jsonHeaders: { ...headers, "content-type": "application/json" },
    fetch,
    onEvent,
    rateLimit,
    shared: apiKey ?? base,
  };
};

/** Keeps the API key out of errors and events. */
import { isPlain } from "./plain.js";

/** Anything shorter is not a key, and would match in arbitrary text. */
const SHORTEST_KEY = 8;

/** Replaces the key in a string. Other values are returned as they are. */
export const redact = <T>(value: T, apiKey = ""): T =>
  typeof value === "string" && apiKey.length >= SHORTEST_KEY ? (value.replaceAll(apiKey, "[apiKey]") as T) : value;

/** Whether all contents of a value can be enumerated. Those of a `Request` or a `Map` cannot. */
const isOpen = (value: any): boolean => isPlain(value) || Array.isArray(value) || "stack" in value;

/** Whether the key is, or may be, anywhere in the value. `seen` guards against cycles. */
const hasKey = (value: any, apiKey: string, seen = new Set<unknown>()): boolean => {
  if (redact(value, apiKey) !== value) return true;
  if (value !== Object(value) || ArrayBuffer.isView(value) || seen.has(value)) return false;
  seen.add(value);
  return !isOpen(value) || Reflect.ownKeys(value).some((name) => hasKey(name, apiKey) || hasKey(value[name], apiKey, seen));
};

/** The cause itself if the key is not in it, otherwise an error with its redacted message. */
export const redactCause = (cause: any, apiKey = "") => {
  try {
    if (apiKey.length < SHORTEST_KEY || !hasKey(cause, apiKey)) return cause;
  } catch {}
  const { name, message, code } = cause;
  return Object.assign(Error(redact("" + message, apiKey)), { name, code: redact(code, apiKey) });
};

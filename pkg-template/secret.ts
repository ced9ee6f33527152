/** Keeps the key out of what is shown. */
import { isPlain } from "./plain.js";

/** What is shorter is no key, and would be found in any text. */
const SHORTEST_KEY = 8;

/** A value with the key crossed out wherever it stands in it. */
export const hide = <T>(value: T, apiKey = ""): T =>
  typeof value === "string" && apiKey.length >= SHORTEST_KEY ? (value.replaceAll(apiKey, "[apiKey]") as T) : value;

/** Whether all that is in it can be looked through. Not so what shows itself by other means: a `Request`, a `Map`. */
const isOpen = (value: any): boolean => isPlain(value) || Array.isArray(value) || "stack" in value;

/** Whether the key stands, or may stand, in any text of it, however deep. `seen` is for what refers to itself. */
const shows = (value: any, apiKey: string, seen = new Set<unknown>()): boolean => {
  if (hide(value, apiKey) !== value) return true;
  if (value !== Object(value) || ArrayBuffer.isView(value) || seen.has(value)) return false;
  seen.add(value);
  return !isOpen(value) || Reflect.ownKeys(value).some((name) => shows(name, apiKey) || shows(value[name], apiKey, seen));
};

/** What `fetch` rejected with; in place of one that shows the key, what it says without. */
export const hideIn = (cause: any, apiKey = "") => {
  try {
    if (apiKey.length < SHORTEST_KEY || !shows(cause, apiKey)) return cause;
  } catch {}
  const { name, message, code } = cause;
  return Object.assign(Error(hide("" + message, apiKey)), { name, code: hide(code, apiKey) });
};

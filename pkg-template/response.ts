/** Parses what a response says in its headers and its body. */
import { retryAfter, waitHeaders } from "./generated/tables.js";

/** The part of a response's `Headers` that the client uses. */
export interface Headers {
  get(name: string): string | null;
}

/** Stands for "no value" where the module expects a number: no wait requested, no verdict from a proxy. */
export const NONE = -1;

/** The value of a JSON text, `undefined` if it is not JSON. */
export const parse = (text: string | undefined, reviver?: (key: string, value: unknown) => unknown): any => {
  try {
    return JSON.parse(text!, reviver);
  } catch {
    return;
  }
};

/** The milliseconds until an HTTP date (RFC 9110, section 5.6.7) in any of its three formats, all in GMT. */
const until = (value: string): number =>
  /^[A-Z].* ..:..:.. (GMT|\d{4})$/.test(value) ? Date.parse(value.replace(/\d$/, "$& GMT")) - Date.now() : NaN;

/** The wait that the response headers request, in milliseconds; `NONE` if they request none. */
export const waitOf = (headers: Headers): number => {
  for (const [name, unit] of waitHeaders) {
    const value = headers.get(name) ?? "";
    const isNumber = /^\d{1,48}(\.\d*)?$/.test(value);
    const wait = isNumber ? +value * unit : name === retryAfter ? until(value) : NaN;
    if (wait >= 0) return wait;
  }
  return NONE;
};

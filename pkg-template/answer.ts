/** Reads what an answer says. */
import { retryAfter, waitHeaders } from "./generated/tables.js";

/** What the client needs of an answer's headers. */
export interface Headers {
  get(name: string): string | null;
}

/** What a number is for the module where there is none: the server asks for no wait, a proxy says nothing. */
export const NONE = -1;

/** JSON as a value, `undefined` where it is none. */
export const parse = (text: string | undefined, reviver?: (key: string, value: unknown) => unknown): any => {
  try {
    return JSON.parse(text!, reviver);
  } catch {
    return;
  }
};

/** How long it is until an HTTP date (RFC 9110, 5.6.7), in any of its three forms, all of them GMT. */
const until = (value: string): number =>
  /^[A-Z].* ..:..:.. (GMT|\d{4})$/.test(value) ? Date.parse(value.replace(/\d$/, "$& GMT")) - Date.now() : NaN;

/** The wait that an answer's headers ask for, in milliseconds. */
export const waitOf = (headers: Headers): number => {
  for (const [name, unit] of waitHeaders) {
    const value = headers.get(name) ?? "";
    const isNumber = /^\d{1,48}(\.\d*)?$/.test(value);
    const wait = isNumber ? +value * unit : name === retryAfter ? until(value) : NaN;
    if (wait >= 0) return wait;
  }
  return NONE;
};

/** Reads what an answer says. */
import { feed, wait } from "./generated/module.js";
import { waitHeaders } from "./generated/tables.js";

/** What the client needs of an answer's headers. */
export interface Headers {
  get(name: string): string | null;
}

/** What a server's wait is where it asks for none. */
export const NO_WAIT = -1;

/** JSON as a value, `undefined` where it is none. */
export const parse = (text: string | undefined, reviver?: (key: string, value: unknown) => unknown): any => {
  try {
    return JSON.parse(text!, reviver);
  } catch {
    return;
  }
};

/** The wait that an answer's headers ask for, in milliseconds. */
export const waitOf = (headers: Headers): number => {
  for (const [i, name] of waitHeaders.entries()) {
    for (const char of headers.get(name) ?? "") feed(char.charCodeAt(0));
    const asked = wait(i, Date.now());
    if (asked >= 0) return asked;
  }
  return NO_WAIT;
};

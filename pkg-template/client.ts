/** The class that users know. Its operations are those of the table. */
import { run } from "./call.js";
import { operations } from "./generated/tables.js";
import type { Source } from "./load.js";
import { messages } from "./messages.js";
import { readClient, type Client } from "./options.js";
import type { Centerfy as Api } from "./public.js";
import type { CenterfyOptions, ContactMessagesQuery, RequestOptions } from "./types.js";

/**
 * Where a client keeps its options: behind a function, so that whoever prints or copies a client does
 * not get to see the key; and not in a private field, so that it works behind a `Proxy`.
 */
const OPTIONS = Symbol();

/**
 * Makes the class for one way of getting the module's bytes. The class does no work until its
 * first operation, which loads the module.
 */
export const client = (source: Source): new (options?: CenterfyOptions) => Api => {
  class Centerfy {
    declare [OPTIONS]: () => Client;
    declare getContactMessages: Api["getContactMessages"];

    constructor(given?: CenterfyOptions) {
      const options = readClient(given, source);
      Object.defineProperty(this, OPTIONS, { value: () => options });
      options.store?.attach(this, given!, options);
    }

    contactMessages(contactId: string, query?: ContactMessagesQuery, options?: RequestOptions) {
      return messages((asked) => this.getContactMessages(contactId, asked, options), query, options?.signal);
    }
  }
  operations.forEach((spec) => {
    (Centerfy.prototype as any)[spec._name] = function (this: Centerfy, ...args: unknown[]) {
      return run(() => this[OPTIONS](), spec, args);
    };
  });
  return Centerfy as any;
};

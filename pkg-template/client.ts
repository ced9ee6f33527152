/** The class `Centerfy`. Its methods are generated from the table of operations. */
import { run } from "./call.js";
import { operations } from "./generated/tables.js";
import type { Source } from "./load.js";
import { messages } from "./messages.js";
import { readClient, type Client } from "./options.js";
import type { Centerfy as Api } from "./public.js";
import type { CenterfyOptions, ContactMessagesQuery, RequestOptions } from "./types.js";

/**
 * The property that holds a client's options. Its value is a function, so printing or copying a client does
 * not reveal the key; it is not a private field, so a client works behind a `Proxy`.
 */
const OPTIONS = Symbol();

/** Creates the class for one source of the module. The module is loaded by the first operation. */
export const client = (source: Source): new (options?: CenterfyOptions) => Api => {
  class Centerfy {
    declare [OPTIONS]: () => Client;
    declare getContactMessages: Api["getContactMessages"];

    constructor(input?: CenterfyOptions) {
      const options = readClient(input, source);
      Object.defineProperty(this, OPTIONS, { value: () => options });
      options.store?.attach(this, input!, options);
    }

    contactMessages(contactId: string, query?: ContactMessagesQuery, options?: RequestOptions) {
      return messages((page) => this.getContactMessages(contactId, page, options), query, options?.signal);
    }
  }
  operations.forEach((spec) => {
    (Centerfy.prototype as any)[spec._name] = function (this: Centerfy, ...args: unknown[]) {
      return run(() => this[OPTIONS](), spec, args);
    };
  });
  return Centerfy as any;
};

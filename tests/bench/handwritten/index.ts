/**
 * A client in TypeScript without Rust, for comparison in the benchmark. It lacks some of the package's
 * guarantees (idempotency keys, slots that count from when a request can have arrived, releases): the
 * benchmark runs the package's tests on it and counts those that fail.
 *
 * The package's own TypeScript (its options, its requests on the wire, its errors) is shared. This folder
 * replaces its Rust: the operations and their rules, retries, and the queue.
 */
import { messages } from "../../../pkg-template/messages.js";
import { readClient, type Client } from "../../../pkg-template/options.js";
import { call } from "./call.js";
import { operations } from "./operations.js";

export { CenterfyError } from "../../../pkg-template/error.js";

const OPTIONS = Symbol();

export class Centerfy {
  declare [OPTIONS]: () => Client;
  declare getContactMessages: (contactId: string, query?: object, options?: object) => Promise<any>;

  constructor(given?: object) {
    const options = readClient(given, () => new Uint8Array());
    Object.defineProperty(this, OPTIONS, { value: () => options });
  }

  contactMessages(contactId: string, query?: object, options?: { signal?: AbortSignal }) {
    return messages((asked) => this.getContactMessages(contactId, asked, options), query, options?.signal);
  }
}

for (const operation of operations) {
  (Centerfy.prototype as any)[operation._name] = function (this: Centerfy, ...args: unknown[]) {
    return call(() => this[OPTIONS](), operation, args, args[operation._arity]);
  };
}

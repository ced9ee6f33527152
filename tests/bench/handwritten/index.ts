/**
 * The same client as the package, as one writes it in TypeScript without Rust: what the benchmark
 * compares with. It keeps all the promises of the package and passes the same tests.
 */
import { call } from "./call.ts";
import * as operations from "./operations.ts";
import { readClient, type CenterfyOptions, type ClientSettings, type RequestOptions } from "./options.ts";

export { CenterfyError } from "./error.ts";

export class Centerfy {
  readonly #client: ClientSettings;

  constructor(options?: CenterfyOptions) {
    this.#client = readClient(options);
  }

  getAgent(agentId: string, options?: RequestOptions) {
    return call(this.#client, operations.getAgent, agentId, undefined, options);
  }

  createAgent(request: object, options?: RequestOptions) {
    return call(this.#client, operations.createAgent, undefined, request, options);
  }

  updateAgent(agentId: string, patch: object, options?: RequestOptions) {
    return call(this.#client, operations.updateAgent, agentId, patch, options);
  }

  archiveAgent(agentId: string, options?: RequestOptions) {
    return call(this.#client, operations.archiveAgent, agentId, undefined, options);
  }

  makeAiCall(agentId: string, request: object, options?: RequestOptions) {
    return call(this.#client, operations.makeAiCall, agentId, request, options);
  }

  getCallRecording(callId: string, options?: RequestOptions) {
    return call(this.#client, operations.getCallRecording, callId, undefined, options);
  }

  getContactMessages(contactId: string, query?: { limit?: number; offset?: number }, options?: RequestOptions) {
    return call(this.#client, operations.getContactMessages, contactId, query, options);
  }

  sendMessage(request: object, options?: RequestOptions) {
    return call(this.#client, operations.sendMessage, undefined, request, options);
  }

  async *contactMessages(contactId: string, query?: { limit?: number }, options?: RequestOptions) {
    const seen = new Set<unknown>();
    let offset = 0;
    let first: number | undefined;
    for (;;) {
      const asked = query === undefined || query === Object(query) ? { ...query, offset } : query;
      const { messages, total } = (await this.getContactMessages(contactId, asked, options)) ?? {};
      if (!Array.isArray(messages) || !messages.length) return;
      const before = seen.size;
      for (const message of messages) {
        // New messages push older ones into the next page, where they come a second time.
        const id = message?.id ?? message;
        if (seen.has(id)) continue;
        seen.add(id);
        yield message;
      }
      // The server may give fewer than were asked for: what came is what counts.
      offset += messages.length;
      first ??= total;
      // A page with nothing new ends it, unless as many have arrived as came a second time.
      if (offset === total || (seen.size === before && !(offset - before <= total - first!))) return;
    }
  }
}

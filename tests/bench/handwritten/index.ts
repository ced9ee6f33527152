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
    let total = 0;
    for (;;) {
      const asked = query === undefined || query === Object(query) ? { ...query, offset } : query;
      const page = await this.getContactMessages(contactId, asked, options);
      const messages: any[] = page?.messages ?? [];
      let fresh = page?.total > total;
      for (const message of messages) {
        // New messages push older ones into the next page, where they come a second time.
        if (seen.has(message?.id)) continue;
        if (message?.id !== undefined) seen.add(message.id);
        fresh = true;
        yield message;
      }
      offset += messages.length;
      total = page?.total;
      if (!messages.length || !fresh || offset >= total) return;
    }
  }
}

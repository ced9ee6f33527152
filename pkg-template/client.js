import { run } from "./call.js";
import { readClient } from "./options.js";

/**
 * Makes the class for one way of getting the module's bytes. The class does no work until its
 * first operation, which loads the module.
 */
export const client = (source) =>
  class Centerfy {
    // Private, so that no `inspect` and no `JSON.stringify` shows the key.
    #options;

    constructor(options) {
      this.#options = readClient(options);
      this.#options.source = source;
    }

    getAgent(agentId, options) {
      return run(this.#options, 0, [agentId], options);
    }

    createAgent(request, options) {
      return run(this.#options, 1, [request], options);
    }

    updateAgent(agentId, patch, options) {
      return run(this.#options, 2, [agentId, patch], options);
    }

    archiveAgent(agentId, options) {
      return run(this.#options, 3, [agentId], options);
    }

    makeAiCall(agentId, request, options) {
      return run(this.#options, 4, [agentId, request], options);
    }

    getCallRecording(callId, options) {
      return run(this.#options, 5, [callId], options);
    }

    getContactMessages(contactId, query, options) {
      return run(this.#options, 6, [contactId, query], options);
    }

    sendMessage(request, options) {
      return run(this.#options, 7, [request], options);
    }

    async *contactMessages(contactId, query, options) {
      const seen = new Set();
      let offset = 0;
      let first;
      for (;;) {
        const asked = query === undefined || query === Object(query) ? { ...query, offset } : query;
        const { messages, total } = (await this.getContactMessages(contactId, asked, options)) ?? {};
        if (!Array.isArray(messages) || !messages.length) return;
        const before = seen.size;
        for (const message of messages) {
          // New messages push older ones into the next page, where they come a second time.
          const id = message?.id ?? message;
          if (!seen.has(id)) {
            seen.add(id);
            yield message;
          }
        }
        // The server may give fewer than were asked for: what came is what counts.
        offset += messages.length;
        first ??= total;
        // A page with nothing new ends it, unless as many have arrived as came a second time.
        if (offset === total || (seen.size === before && !(offset - before <= total - first))) return;
      }
    }
  };

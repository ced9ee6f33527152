/** Iterates over all messages of a conversation, page by page. */
import { reasonOf } from "./abort.js";
import type { Cancelable } from "./call.js";
import { CenterfyError, invalid } from "./error.js";
import { isPlain } from "./plain.js";
import type { ContactMessages, Message } from "./types.js";

/** Requests one page, or nothing after `return()`. It validates the query and the options. */
type GetPage = (query: any) => Cancelable<ContactMessages | undefined> | undefined;

/** The operation that reads a page. */
const OPERATION = "getContactMessages";

async function* read(getPage: GetPage, query: any, signal: any): AsyncGenerator<Message> {
  if (query !== undefined && !isPlain(query)) throw invalid("query", "a plain object", OPERATION);
  if (query?.offset !== undefined) throw invalid("offset", "omitted: iteration starts at the newest message", OPERATION);
  const seen = new Set<unknown>();
  let offset = 0;
  let first: number | undefined;
  while (true) {
    const page = await getPage({ ...query, offset });
    // A `next()` that is pending at `return()` resolves as done.
    if (!page) return;
    const { messages, total } = page;
    if (!Array.isArray(messages)) {
      throw new CenterfyError(`${OPERATION}: the response has no messages`, { code: "parse", operation: OPERATION, attempts: 1 });
    }
    if (!messages.length) return;
    const before = seen.size;
    for (const message of messages) {
      // New messages shift older ones to the next page, where they appear again.
      const id = message?.id ?? message;
      if (!seen.has(id)) {
        seen.add(id);
        yield message;
        if (signal?.aborted) throw reasonOf(signal);
      }
    }
    // The server may return fewer messages than requested, so the next offset counts those received.
    offset += messages.length;
    first ??= total;
    // A page without new messages is the last one, unless as many messages have arrived as were repeated.
    if (offset === total || (seen.size === before && !(offset - before <= total - first))) return;
  }
}

/** The iterable for `for await`. Each iteration starts again at the newest message. */
export const messages = (getPage: GetPage, query: any, signal: any): AsyncIterableIterator<Message> => {
  let page: ReturnType<GetPage>;
  let isReturned: boolean | undefined;
  const reader = read((query) => (isReturned ? undefined : (page = getPage(query))), query, signal);
  return {
    next: () => reader.next(),
    return: (value) => {
      isReturned = true;
      page?._cancel?.();
      return reader.return(value);
    },
    [Symbol.asyncIterator]: () => messages(getPage, query, signal),
  };
};

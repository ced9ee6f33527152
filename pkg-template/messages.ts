/** All messages of a conversation, page after page. */
import type { Cancelable } from "./call.js";
import { CenterfyError, invalid } from "./error.js";
import { isPlain } from "./plain.js";
import { reasonOf } from "./signals.js";
import type { ContactMessages, Message } from "./types.js";

/** Gets the page that is asked for, or nothing after `return()`. What is not right in the query or the options, it tells. */
type GetPage = (query: any) => Cancelable<ContactMessages | undefined> | undefined;

/** What each page is asked for with. */
const OPERATION = "getContactMessages";

async function* read(getPage: GetPage, query: any, signal: any): AsyncGenerator<Message> {
  if (query !== undefined && !isPlain(query)) throw invalid("query", "a plain object", OPERATION);
  if (query?.offset !== undefined) throw invalid("offset", "left out: the newest message comes first", OPERATION);
  const seen = new Set<unknown>();
  let offset = 0;
  let first: number | undefined;
  while (true) {
    const page = await getPage({ ...query, offset });
    // After `return()` a pending `next()` resolves as done.
    if (!page) return;
    const { messages, total } = page;
    if (!Array.isArray(messages)) {
      throw new CenterfyError(`${OPERATION}: the answer has no messages`, { code: "parse", operation: OPERATION, attempts: 1 });
    }
    if (!messages.length) return;
    const before = seen.size;
    for (const message of messages) {
      // New messages push older ones into the next page, where they come a second time.
      const id = message?.id ?? message;
      if (!seen.has(id)) {
        seen.add(id);
        yield message;
        if (signal?.aborted) throw reasonOf(signal);
      }
    }
    // The server may give fewer than were asked for: what came is what counts.
    offset += messages.length;
    first ??= total;
    // A page with nothing new ends it, unless as many have arrived as came a second time.
    if (offset === total || (seen.size === before && !(offset - before <= total - first))) return;
  }
}

/** What `for await` goes through: each time anew, from the newest message on. */
export const messages = (getPage: GetPage, query: any, signal: any): AsyncIterableIterator<Message> => {
  let page: ReturnType<GetPage>;
  let isReturned: boolean | undefined;
  const reader = read((asked) => (isReturned ? undefined : (page = getPage(asked))), query, signal);
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

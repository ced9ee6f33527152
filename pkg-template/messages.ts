/** All messages of a conversation, page after page. */
import type { ContactMessages, ContactMessagesQuery, Message } from "./types.js";

/** Gets the page that is asked for. */
type GetPage = (query: ContactMessagesQuery) => Promise<ContactMessages>;

export async function* messages(getPage: GetPage, query?: ContactMessagesQuery): AsyncGenerator<Message, void, undefined> {
  const seen = new Set<unknown>();
  let offset = 0;
  let first: number | undefined;
  for (;;) {
    const asked = query === undefined || query === Object(query) ? { ...query, offset } : query;
    const page: Partial<ContactMessages> = (await getPage(asked)) ?? {};
    if (!Array.isArray(page.messages) || !page.messages.length) return;
    const total = page.total!;
    const before = seen.size;
    for (const message of page.messages) {
      // New messages push older ones into the next page, where they come a second time.
      const id = message?.id ?? message;
      if (!seen.has(id)) {
        seen.add(id);
        yield message;
      }
    }
    // The server may give fewer than were asked for: what came is what counts.
    offset += page.messages.length;
    first ??= total;
    // A page with nothing new ends it, unless as many have arrived as came a second time.
    if (offset === total || (seen.size === before && !(offset - before <= total - first))) return;
  }
}

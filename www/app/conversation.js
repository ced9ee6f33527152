// A contact's conversation as far as it was read. Knows the API's pages, not the page's elements.

const PAGE = 30;
// A catch-up after a long pause reads at most this many pages; "load older" brings the rest.
const CATCH_UP_PAGES = 5;

export class Conversation {
  /** Newest first, as the API answers them. */
  messages = [];
  contact = null;
  conversationId = null;
  total = 0;
  #read;

  /** `read({ limit, offset })` asks for one page. */
  constructor(read) {
    this.#read = read;
  }

  async open() {
    this.#merge(await this.#read({ limit: PAGE, offset: 0 }));
  }

  get hasOlder() {
    return this.messages.length < this.total;
  }

  async older() {
    const before = this.total;
    const answer = await this.#read({ limit: PAGE, offset: this.messages.length });
    const added = this.#merge(answer);
    // Messages that came in meanwhile moved the pages along, and are worth showing at once.
    if (answer.total > before) await this.refresh();
    // Whatever the count says, a page without anything new is the end.
    else if (added.length === 0) this.total = this.messages.length;
  }

  /** Reads what came in since with `read`, and gives it, oldest first. */
  async refresh(read = this.#read) {
    const arrived = [];
    for (let page = 0, offset = 0; page < CATCH_UP_PAGES; page += 1) {
      const hadMessages = this.messages.length > 0;
      const answer = await read({ limit: PAGE, offset });
      const added = this.#merge(answer);
      arrived.push(...added);
      offset += answer.messages.length;
      if (!hadMessages || added.length < answer.messages.length || answer.messages.length === 0) break;
    }
    return arrived.sort(newestFirst).reverse();
  }

  /** Adds what `sendMessage` answered, so that it shows before the next refresh. */
  addSent(sent) {
    if (this.messages.some(({ id }) => id === sent.message_id)) return;
    this.messages = [{
      id: sent.message_id,
      content: sent.content,
      sender_type: sent.sender_type ?? "agent",
      message_type: sent.channel,
      timestamp: sent.timestamp ?? new Date().toISOString(),
      delivered: sent.delivered,
      ai: sent.ai,
    }, ...this.messages];
    this.total += 1;
  }

  #merge(answer) {
    const page = Array.isArray(answer.messages) ? answer.messages : [];
    const known = new Map(this.messages.map((message) => [message.id, message]));
    const added = page.filter(({ id }) => !known.has(id));
    const inPage = new Set(page.map(({ id }) => id));
    this.messages = [
      ...page.map((message) => ({ ...known.get(message.id), ...message })),
      ...this.messages.filter(({ id }) => !inPage.has(id)),
    ].sort(newestFirst);
    this.contact = answer.contact ?? this.contact;
    this.conversationId = answer.conversation_id ?? this.conversationId;
    this.total = Math.max(answer.total ?? 0, this.messages.length);
    return added;
  }
}

// Stable, so that messages of the same moment keep the server's order.
function newestFirst(a, b) {
  const difference = Date.parse(b.timestamp) - Date.parse(a.timestamp);
  return Number.isNaN(difference) ? 0 : difference;
}

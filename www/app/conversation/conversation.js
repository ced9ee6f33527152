// The loaded part of a contact's conversation. It handles the API's pagination and has no elements.

const PAGE = 30;
// A catch-up after a long pause reads at most this many pages; "load older" brings the rest.
const CATCH_UP_PAGES = 5;

export class Conversation {
  /** Newest first, as the API answers them. */
  messages = [];
  contact = null;
  conversationId = null;
  total = 0;
  /** The number of messages in the API's last answer. */
  counted = 0;
  #read;
  #page;

  /** `read({ limit, offset })` requests one page of `page` messages. */
  constructor(read, { page = PAGE } = {}) {
    this.#read = read;
    this.#page = page;
  }

  async open() {
    this.#merge(await this.#read({ limit: this.#page, offset: 0 }));
  }

  /** The current state, to tell later which messages are new: by the server's clock, not this machine's. */
  get mark() {
    const since = this.messages.find(({ guessed }) => !guessed)?.timestamp;
    const seen = this.messages.filter(({ guessed, timestamp }) => guessed || timestamp === since).map(({ id }) => id);
    return { newest: this.messages[0]?.id, since, seen };
  }

  get hasOlder() {
    return this.messages.length < this.total;
  }

  /** Reads the older page with `read`, and resolves with new messages, oldest first. */
  async older(read = this.#read) {
    const before = this.total;
    const answer = await read({ limit: this.#page, offset: this.messages.length });
    const added = this.#merge(answer);
    // Messages that arrived meanwhile shifted the pages, and are shown at once.
    if (answer.total > before) return this.refresh(read);
    // A page without anything new is the end, whatever the count is.
    if (added.length === 0) this.total = this.messages.length;
    return [];
  }

  /** Reads new messages with `read`, at most so many pages, and resolves with them, oldest first. */
  async refresh(read = this.#read, pages = CATCH_UP_PAGES) {
    const arrived = [];
    for (let page = 0, offset = 0; page < pages; page += 1) {
      const hadMessages = this.messages.length > 0;
      const answer = await read({ limit: this.#page, offset });
      const added = this.#merge(answer);
      arrived.push(...added);
      offset += answer.messages.length;
      if (!hadMessages || added.length < answer.messages.length || answer.messages.length === 0) break;
    }
    return arrived.sort(newestFirst).reverse();
  }

  /** Adds the answer of `sendMessage`, so that it shows before the next refresh. */
  addSent(sent) {
    if (this.messages.some(({ id }) => id === sent.message_id)) return;
    this.messages = [{
      id: sent.message_id,
      content: sent.content,
      sender_type: sent.sender_type ?? "agent",
      message_type: sent.channel,
      timestamp: sent.timestamp ?? new Date().toISOString(),
      // By this machine's clock, until a refresh has the server's time.
      guessed: sent.timestamp === undefined,
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
      ...page.map((message) => ({ ...known.get(message.id), guessed: false, ...message })),
      ...this.messages.filter(({ id }) => !inPage.has(id)),
    ].sort(newestFirst);
    this.contact = answer.contact ?? this.contact;
    this.conversationId = answer.conversation_id ?? this.conversationId;
    this.counted = answer.total ?? 0;
    this.total = Math.max(answer.total ?? 0, this.messages.length);
    return added;
  }
}

// Stable, so that messages with the same time keep the server's order.
function newestFirst(a, b) {
  const difference = Date.parse(b.timestamp) - Date.parse(a.timestamp);
  return Number.isNaN(difference) ? 0 : difference;
}

/** The cached pages of conversations. */
import type { ContactMessages, Message, SendMessageRequest, SentMessage } from "../types.js";
import type { CacheLike, Messages, MessagesPages } from "./api.js";
import { keys } from "./keys.js";

/** The prefix of the ids of optimistic messages, which are shown before they are sent. */
const OPTIMISTIC = "optimistic-";

let optimistic = 0;

export const isOptimistic = ({ id }: Message): boolean => id.startsWith(OPTIMISTIC);

/**
 * The offset of the next page. New messages shift the others, so a page may repeat messages of the one before, but
 * omits none. Only messages that the server has count.
 */
export const nextOffset = ({ messages, total }: ContactMessages, _: unknown, offset: number): number | undefined => {
  const next = offset + messages.filter((message) => !isOptimistic(message)).length;
  return next > offset && next < total ? next : undefined;
};

/** Joins the pages, with each message once. */
export const join = ({ pages }: MessagesPages): Messages => {
  const { contact, conversation_id, total } = pages[0]!;
  const messages = new Map<string, Message>();
  for (const page of pages) {
    for (const message of page.messages) if (!messages.has(message.id)) messages.set(message.id, message);
  }
  return { contact, conversation_id, total, messages: [...messages.values()] };
};

/** The cached queries of a conversation. */
const queriesOf = (conversationId: string) => ({
  queryKey: keys.messages(),
  predicate: (query: { state: { data?: any } }) => query.state.data?.pages[0].conversation_id === conversationId,
});

/** Changes the newest page of a cached conversation. */
const change = (client: CacheLike | undefined, conversationId: string, how: (messages: Message[]) => Message[]) =>
  client?.setQueriesData(queriesOf(conversationId), (data?: MessagesPages) => {
    const [page, ...pages] = data!.pages as [ContactMessages, ...ContactMessages[]];
    const messages = how(page.messages);
    const total = page.total + messages.length - page.messages.length;
    return { ...data, pages: [{ ...page, messages, total }, ...pages] };
  });

/** A message as conversations have it. */
const messageOf = (id: string, sent: SendMessageRequest | SentMessage): Message => {
  const { content, channel, sender_type = "agent", timestamp = new Date().toISOString() } = sent as SentMessage;
  return { id, content, sender_type, message_type: channel, timestamp };
};

/** Shows a message before it is sent. Returns its id. */
export const addOptimistic = async (request: SendMessageRequest, client?: CacheLike): Promise<string> => {
  const { conversation_id } = request;
  const message = messageOf(OPTIMISTIC + ++optimistic, request);
  // A response in flight would overwrite the optimistic message.
  await client?.cancelQueries(queriesOf(conversation_id));
  change(client, conversation_id, (messages) => [message, ...messages]);
  return message.id;
};

/** Replaces the optimistic message with the one that was sent. A refetch may have removed the first and added the second. */
export const replaceOptimistic = (conversationId: string, id: string, sent: SentMessage, client?: CacheLike) => {
  const message = messageOf(sent.message_id, sent);
  change(client, conversationId, (messages) =>
    messages.some((other) => other.id === id || other.id === message.id)
      ? messages.map((other) => (other.id === id ? message : other))
      : [message, ...messages],
  );
};

/** Removes the optimistic message. If it may have been delivered, the conversation is loaded again. */
export const removeOptimistic = (conversationId: string, id: string | undefined, error: any, client?: CacheLike) => {
  change(client, conversationId, (messages) => messages.filter((message) => message.id !== id));
  if (error.maybeDelivered) client?.invalidateQueries(queriesOf(conversationId));
};

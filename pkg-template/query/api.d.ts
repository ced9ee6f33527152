import type {
    AbortSignalLike,
    Agent,
    AiCall,
    CallRecording,
    Contact,
    ContactMessages,
    ContactMessagesQuery,
    CreateAgentRequest,
    MakeAiCallRequest,
    Message,
    RequestOptions,
    SendMessageRequest,
    SentMessage,
    UpdateAgentRequest,
} from "../types.js";

/** The operations of a client that the options use. A `Centerfy` has them all. */
export interface QueryableClient {
    /** See `Centerfy.getAgent`. */
    getAgent(agentId: string, options?: RequestOptions): Promise<Agent>;
    /** See `Centerfy.createAgent`. */
    createAgent(request: CreateAgentRequest, options?: RequestOptions): Promise<Agent>;
    /** See `Centerfy.updateAgent`. */
    updateAgent(agentId: string, patch: UpdateAgentRequest, options?: RequestOptions): Promise<Agent>;
    /** See `Centerfy.makeAiCall`. */
    makeAiCall(agentId: string, request: MakeAiCallRequest, options?: RequestOptions): Promise<AiCall>;
    /** See `Centerfy.getCallRecording`. */
    getCallRecording(callId: string, options?: RequestOptions): Promise<CallRecording>;
    /** See `Centerfy.getContactMessages`. */
    getContactMessages(contactId: string, query?: ContactMessagesQuery, options?: RequestOptions): Promise<ContactMessages>;
    /** See `Centerfy.sendMessage`. */
    sendMessage(request: SendMessageRequest, options?: RequestOptions): Promise<SentMessage>;
}

/** Selects cached queries. */
export interface Filters {
    /** The beginning of their keys. */
    queryKey: readonly unknown[];
    /** Further conditions. */
    predicate?: (query: { state: { data?: any } }) => boolean;
}

/** The part of a `QueryClient` that the mutations use to update cached queries. */
export interface CacheLike {
    /** Sets the data of one query. */
    setQueryData(queryKey: readonly unknown[], data: any): unknown;
    /** Updates the data of the selected queries. */
    setQueriesData(filters: Filters, updater: (data: any) => any): unknown;
    /** Cancels the requests of the selected queries. */
    cancelQueries(filters: Filters): Promise<void>;
    /** Marks the selected queries as stale. */
    invalidateQueries(filters: Filters): Promise<void>;
}

/** The context that TanStack Query 5.89 and later passes to the functions of a mutation. */
export interface MutationContext {
    /** The query client. */
    client: CacheLike;
}

/** The keys of all queries, for `invalidateQueries`, `setQueryData` and the like. They are stable across versions. */
export const keys: {
    /** The prefix of all keys. */
    readonly all: readonly ["centerfy"];
    /** The key of an agent; without an id, the prefix of the keys of all agents. */
    agent(agentId?: string): readonly string[];
    /** The prefix of the keys of a contact's messages; without an id, of all messages. */
    messages(contactId?: string): readonly string[];
    /** The key of a recording; without an id, the prefix of the keys of all recordings. */
    recording(callId?: string): readonly string[];
};

/** Options for `useQuery`. */
export interface QueryOptions<T> {
    /** The key. */
    queryKey: readonly unknown[];
    /** Makes the request. */
    queryFn: (context: { signal: AbortSignalLike }) => Promise<T>;
    /** The client itself retries. */
    retry: false;
}

/** Options for `useQuery` of a recording. The URL is renewed a minute before it expires. */
export interface RecordingQueryOptions extends QueryOptions<CallRecording> {
    /** How long the URL is used, in milliseconds. */
    staleTime: (query: { state: { data?: CallRecording | undefined } }) => number;
    /** After how long a mounted query gets a new URL, in milliseconds; `Infinity` if the URL does not expire. */
    refetchInterval: (query: { state: { data?: CallRecording | undefined } }) => number;
}

/** The pages of a conversation as TanStack Query caches them. */
export interface MessagesPages {
    /** The pages, newest messages first. */
    pages: ContactMessages[];
    /** The offsets at which the pages were requested. */
    pageParams: number[];
}

/** A conversation, as far as its pages are loaded. */
export interface Messages {
    /** The contact. Any of its fields may be unknown. */
    contact: Contact;
    /** The id of the conversation, for `sendMessage`. */
    conversation_id: string;
    /** The messages of all pages, newest first, each once. */
    messages: Message[];
    /** How many messages the whole conversation has. */
    total: number;
}

/** Options for `useInfiniteQuery` of a conversation. */
export interface MessagesQueryOptions {
    /** The key. */
    queryKey: readonly unknown[];
    /** Requests a page. */
    queryFn: (context: { signal: AbortSignalLike; pageParam: number }) => Promise<ContactMessages>;
    /** The offset of the first page. */
    initialPageParam: number;
    /** The offset of the next page, `undefined` at the end of the conversation. */
    getNextPageParam: (lastPage: ContactMessages, pages: ContactMessages[], offset: number) => number | undefined;
    /** Joins the pages. */
    select: (data: MessagesPages) => Messages;
    /** The client itself retries. */
    retry: false;
}

/** Options for `useMutation`. */
export interface MutationOptions<T, V> {
    /** The key. */
    mutationKey: readonly string[];
    /** Makes the request. */
    mutationFn: (variables: V) => Promise<T>;
    /** The client itself retries. */
    retry: false;
}

/** Options for `useMutation` of an operation whose response is an agent, which is put into the cache. */
export interface AgentMutationOptions<V> extends MutationOptions<Agent, V> {
    /** Updates the cached agent. */
    onSuccess: (agent: Agent, variables: V, result: unknown, context?: MutationContext) => void;
}

/** Options for `useMutation` of a message, which appears in its conversation before it is sent. */
export interface SendMessageMutationOptions extends MutationOptions<SentMessage, SendMessageRequest> {
    /** Adds the message to the cached conversation. */
    onMutate: (request: SendMessageRequest, context?: MutationContext) => Promise<string>;
    /** Replaces it with the message that was sent. */
    onSuccess: (sent: SentMessage, request: SendMessageRequest, id: string, context?: MutationContext) => void;
    /** Removes it. If the message may have been delivered, the conversation is loaded again. */
    onError: (error: Error, request: SendMessageRequest, id: string | undefined, context?: MutationContext) => void;
}

/** Options objects for TanStack Query 5, the same for React, Vue, Svelte, Solid and Angular. */
export interface Queries {
    /** An agent, for `useQuery`. */
    agentQuery(agentId: string): QueryOptions<Agent>;
    /**
     * A contact's conversation, for `useInfiniteQuery`. No message is missing or appears twice when new ones arrive
     * while pages are loaded.
     *
     * @param limit How many messages a page has, 1 to 200.
     */
    messagesQuery(contactId: string, limit?: number): MessagesQueryOptions;
    /** The recording of a call, for `useQuery`. */
    recordingQuery(callId: string): RecordingQueryOptions;
    /**
     * Sends a message, for `useMutation`. In a cached conversation, the message appears immediately, with the shape
     * of a `Message`, and is replaced by the one that was sent.
     */
    sendMessageMutation(): SendMessageMutationOptions;
    /** Makes an AI call, for `useMutation`. */
    makeAiCallMutation(): MutationOptions<AiCall, MakeAiCallRequest & { agentId: string }>;
    /** Creates an agent, for `useMutation`. */
    createAgentMutation(): AgentMutationOptions<CreateAgentRequest>;
    /** Updates an agent, for `useMutation`. */
    updateAgentMutation(): AgentMutationOptions<UpdateAgentRequest & { agentId: string }>;
    /**
     * Forgets the idempotency keys of failed submissions, so that the same request is sent as a new one. Call it when
     * a person has checked that a message, a call or an agent that may have been delivered was not.
     */
    resetSubmissions(): void;
}

/** Whether a message is shown before it is sent. */
export function isOptimistic(message: Message): boolean;

/**
 * Creates options for TanStack Query 5 from a client. Call it once, next to the client.
 *
 * Every query passes its `signal` and has `retry: false`, because the client retries. Behind a proxy, a mutation has
 * one idempotency key per submission: the same request has the same key after an error, and a new one after a success.
 *
 * @param centerfy The client.
 *
 * @example
 * ```tsx
 * import { Centerfy } from "centerfy";
 * import { createQueries } from "centerfy/query";
 *
 * const { agentQuery, sendMessageMutation } = createQueries(new Centerfy({ proxy: "/api/centerfy" }));
 *
 * const { data: agent } = useQuery(agentQuery(agentId));
 * const { mutate: send } = useMutation(sendMessageMutation());
 * ```
 */
export function createQueries(centerfy: QueryableClient): Queries;

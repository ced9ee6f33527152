/** Creates the options objects from a client. */
import type { Agent, CallRecording, CreateAgentRequest, RequestOptions, SendMessageRequest } from "../types.js";
import type { MutationContext, Queries, QueryableClient } from "./api.js";
import { keyOf, keys } from "./keys.js";
import { addOptimistic, join, nextOffset, removeOptimistic, replaceOptimistic } from "./messages.js";
import { createSubmissions } from "./submissions.js";

/** How long before its end the URL of a recording is renewed, in seconds. */
const RENEW_BEFORE = 60;

/** How long the URL of a recording is used, in milliseconds. TanStack Query ignores an infinite interval. */
const lifetime = ({ state: { data } }: { state: { data?: CallRecording | undefined } }): number => {
  const seconds = data?.expires_in_seconds;
  return seconds ? Math.max(seconds - RENEW_BEFORE, seconds / 2) * 1000 : Infinity;
};

/** Puts the agent of a response into the cache. */
const cacheAgent = (agent: Agent, _variables: unknown, _result: unknown, context?: MutationContext) =>
  void context?.client.setQueryData(keys.agent(agent.id), agent);

export const createQueries = (centerfy: QueryableClient): Queries => {
  const submissions = createSubmissions();
  const retry = false;
  /** A mutation with an idempotency key per submission. */
  const submit = <T, V>(operation: string, send: (variables: V, options?: RequestOptions) => Promise<T>) => ({
    mutationKey: keyOf(operation),
    mutationFn: (variables: V) => submissions.send(operation, variables, (options) => send(variables, options)),
    retry: retry as false,
  });
  return {
    agentQuery: (agentId) => ({
      queryKey: keys.agent(agentId),
      queryFn: ({ signal }) => centerfy.getAgent(agentId, { signal }),
      retry,
    }),
    messagesQuery: (contactId, limit) => ({
      queryKey: limit ? [...keys.messages(contactId), limit] : keys.messages(contactId),
      queryFn: ({ signal, pageParam: offset }) => centerfy.getContactMessages(contactId, { limit, offset }, { signal }),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
      select: join,
      retry,
    }),
    recordingQuery: (callId) => ({
      queryKey: keys.recording(callId),
      queryFn: ({ signal }) => centerfy.getCallRecording(callId, { signal }),
      staleTime: lifetime,
      refetchInterval: lifetime,
      retry,
    }),
    sendMessageMutation: () => ({
      ...submit("sendMessage", (request: SendMessageRequest, options) => centerfy.sendMessage(request, options)),
      onMutate: (request, context) => addOptimistic(request, context?.client),
      onSuccess: (sent, { conversation_id }, id, context) => replaceOptimistic(conversation_id, id, sent, context?.client),
      onError: (error, { conversation_id }, id, context) => removeOptimistic(conversation_id, id, error, context?.client),
    }),
    makeAiCallMutation: () =>
      submit("makeAiCall", ({ agentId, ...request }, options) => centerfy.makeAiCall(agentId, request, options)),
    createAgentMutation: () => ({
      ...submit("createAgent", (request: CreateAgentRequest, options) => centerfy.createAgent(request, options)),
      onSuccess: cacheAgent,
    }),
    updateAgentMutation: () => ({
      mutationKey: keyOf("updateAgent"),
      mutationFn: ({ agentId, ...patch }) => centerfy.updateAgent(agentId, patch),
      retry,
      onSuccess: cacheAgent,
    }),
    resetSubmissions: submissions.reset,
  };
};

// The options objects of centerfy/query in Vue, as in docs/front-end.md.

import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryClient, useInfiniteQuery, useMutation } from "@tanstack/vue-query";
import { effectScope } from "vue";
import { makeWorld, until } from "../node/support.mjs";
import { load } from "./support.mjs";

const { createQueries, isOptimistic } = await load("query");

test("a conversation is loaded, and a message appears in it at once", async (t) => {
  const world = await makeWorld();
  const [{ id: contactId }] = world.contacts;
  const { messagesQuery, sendMessageMutation } = createQueries(world.client());
  const queryClient = new QueryClient();
  const scope = effectScope();
  t.after(() => (scope.stop(), queryClient.clear()));
  const { data, mutateAsync } = scope.run(() => ({
    ...useInfiniteQuery(messagesQuery(contactId), queryClient),
    mutateAsync: useMutation(sendMessageMutation(), queryClient).mutateAsync,
  }));
  await until(() => data.value);
  await world.fault({ type: "delay", ms: 100, operation: "sendMessage" });
  const sending = mutateAsync({ content: "See you.", ai: false, conversation_id: data.value.conversation_id, channel: "sms" });
  await until(() => data.value.messages.some(isOptimistic));
  const { message_id } = await sending;
  await until(() => data.value.messages[0].id === message_id);
});

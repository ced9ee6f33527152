// The schemas of centerfy/schema fit Standard Schema and the libraries that take it, with the types of the requests.
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { sValidator } from "@hono/standard-validator";
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { useForm as useTanStackForm } from "@tanstack/react-form";
import { initTRPC } from "@trpc/server";
import {
  Centerfy,
  type AgentSettings,
  type ContactMessagesQuery,
  type CreateAgentRequest,
  type MakeAiCallRequest,
  type SendMessageRequest,
  type UpdateAgentRequest,
} from "centerfy";
import {
  agentDefaults,
  contactMessagesQuery,
  createAgentRequest,
  makeAiCallRequest,
  sendMessageRequest,
  updateAgentRequest,
} from "centerfy/schema";
import { Hono } from "hono";
import { useForm } from "react-hook-form";

/** Whether two types are the same. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Same<S extends StandardSchemaV1, T> = [Equal<StandardSchemaV1.InferInput<S>, T>, Equal<StandardSchemaV1.InferOutput<S>, T>];
type Yes = [true, true];

export const same: [Yes, Yes, Yes, Yes, Yes] = [
  [true, true] satisfies Same<typeof createAgentRequest, CreateAgentRequest>,
  [true, true] satisfies Same<typeof updateAgentRequest, UpdateAgentRequest>,
  [true, true] satisfies Same<typeof makeAiCallRequest, MakeAiCallRequest>,
  [true, true] satisfies Same<typeof sendMessageRequest, SendMessageRequest>,
  [true, true] satisfies Same<typeof contactMessagesQuery, ContactMessagesQuery>,
];
export const json: StandardJSONSchemaV1<UpdateAgentRequest> = updateAgentRequest;

// Synchronous: not a promise.
const result = sendMessageRequest["~standard"].validate({});
export const messages: string[] = result.issues ? result.issues.map(({ message }) => message) : [result.value.content];

const centerfy = new Centerfy({ proxy: "/api" });
export const agent = centerfy.createAgent({ ...agentDefaults, name: "Sales Bot", organization_id: "o", sub_account_id: "s" });
// @ts-expect-error no organization_id
centerfy.createAgent({ ...agentDefaults, name: "Sales Bot", sub_account_id: "s" });
export const settings: Partial<AgentSettings> = agentDefaults;
export const patch: UpdateAgentRequest = agentDefaults;

export const useAgentForm = () =>
  useForm({ defaultValues: patch, resolver: standardSchemaResolver(updateAgentRequest) }).handleSubmit((patch) =>
    centerfy.updateAgent("a", patch),
  );
export const useMessageForm = (defaultValues: SendMessageRequest) =>
  useTanStackForm({ defaultValues, validators: { onChange: sendMessageRequest }, onSubmit: ({ value }) => centerfy.sendMessage(value) });
export const app = new Hono().post("/messages", sValidator("json", sendMessageRequest), async (c) =>
  c.json(await centerfy.sendMessage(c.req.valid("json"))),
);
export const send = initTRPC.create().procedure.input(sendMessageRequest).mutation(({ input }) => centerfy.sendMessage(input));

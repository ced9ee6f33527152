import { boolean, id, integer, nothing, number, object, oneOf, optional, pathId, text, when, type Field } from "./validate.ts";

export type OperationName =
  | "getAgent"
  | "createAgent"
  | "updateAgent"
  | "archiveAgent"
  | "makeAiCall"
  | "getCallRecording"
  | "getContactMessages"
  | "sendMessage";

export interface Operation {
  name: OperationName;
  method: "GET" | "POST" | "PUT";
  path: string;
  /** Whether a second request does no harm. */
  repeatSafe: boolean;
  /** The name of the id, where the operation takes one. */
  id?: Field;
  /** The request or the query, where the operation takes one. */
  request?: Field;
  fields?: Field[];
}

const agentId = pathId("agentId");
const request = object("request");

const settings = (required: (field: Field) => Field): Field[] => [
  required(text("name")),
  required(text("voice_id")),
  required(number("max_duration")),
  required(number("temperature", 0, 1)),
  required(number("silence_timeout")),
  required(number("voice_activity_timeout")),
  required(text("llm_model")),
  required(text("language")),
  required(boolean("background_noise")),
  when("background_noise", true, text("background_type")),
  required(boolean("voicemail_detection")),
  when("voicemail_detection", true, oneOf("voicemail_type", ["leave_message", "hangup"])),
  when("voicemail_type", "leave_message", text("voicemail_message")),
  required(boolean("backcchanneling")),
  required(boolean("is_active")),
  required(boolean("webhook")),
  when("webhook", true, text("webhook_url")),
  required(boolean("recording")),
];

const scope = [id("organization_id"), id("sub_account_id")];

export const getAgent: Operation = {
  name: "getAgent",
  method: "GET",
  path: "get-agent/",
  repeatSafe: true,
  id: agentId,
};

export const createAgent: Operation = {
  name: "createAgent",
  method: "POST",
  path: "create-agent",
  repeatSafe: false,
  request,
  fields: [...settings((field) => field), ...scope],
};

export const updateAgent: Operation = {
  name: "updateAgent",
  method: "PUT",
  path: "update-agent/",
  repeatSafe: true,
  id: agentId,
  request: object("patch"),
  fields: [...settings(optional), nothing("organization_id"), nothing("sub_account_id")],
};

export const archiveAgent: Operation = {
  name: "archiveAgent",
  method: "POST",
  path: "archive-agent",
  repeatSafe: true,
  id: id("agentId"),
};

export const makeAiCall: Operation = {
  name: "makeAiCall",
  method: "POST",
  path: "make-ai-call/",
  repeatSafe: false,
  id: agentId,
  request,
  fields: [id("contact_id"), ...scope],
};

export const getCallRecording: Operation = {
  name: "getCallRecording",
  method: "GET",
  path: "get-call-recording/",
  repeatSafe: true,
  id: pathId("callId"),
};

export const getContactMessages: Operation = {
  name: "getContactMessages",
  method: "GET",
  path: "get-contact-messages/",
  repeatSafe: true,
  id: pathId("contactId"),
  request: optional(object("query")),
  fields: [optional(integer("limit", 1, 200)), optional(integer("offset", 0, Number.MAX_SAFE_INTEGER))],
};

export const sendMessage: Operation = {
  name: "sendMessage",
  method: "POST",
  path: "send-message",
  repeatSafe: false,
  request,
  fields: [
    text("content"),
    boolean("ai"),
    id("conversation_id"),
    oneOf("channel", ["sms", "email", "whatsapp", "facebook", "instagram"]),
    when("ai", true, id("agent_id")),
    optional(id("message_id")),
  ],
};

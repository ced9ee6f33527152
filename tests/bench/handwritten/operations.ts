import { Payload } from "../../../pkg-template/generated/protocol.js";
import type { Spec } from "../../../pkg-template/generated/tables.js";
import { boolean, id, integer, nothing, number, object, oneOf, optional, pathId, text, when, type Field } from "./validate.js";

export interface Operation extends Omit<Spec, "_firstField" | "_fields"> {
  /** Whether a repeated request is safe. */
  _repeatSafe: boolean;
  /** The arguments, followed by the request's fields. */
  _fields: Field[];
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

export const operations: Operation[] = [
  {
    _name: "getAgent",
    _method: "GET",
    _path: "get-agent/",
    _idInPath: true,
    _payload: Payload.Nothing,
    _arity: 1,
    _repeatSafe: true,
    _fields: [agentId],
  },
  {
    _name: "createAgent",
    _method: "POST",
    _path: "create-agent",
    _idInPath: false,
    _payload: Payload.Body,
    _arity: 1,
    _repeatSafe: false,
    _fields: [request, ...settings((field) => field), ...scope],
  },
  {
    _name: "updateAgent",
    _method: "PUT",
    _path: "update-agent/",
    _idInPath: true,
    _payload: Payload.Body,
    _arity: 2,
    _repeatSafe: true,
    _fields: [agentId, object("patch"), ...settings(optional), nothing("organization_id"), nothing("sub_account_id")],
  },
  {
    _name: "archiveAgent",
    _method: "POST",
    _path: "archive-agent",
    _idInPath: false,
    _payload: Payload.AgentId,
    _arity: 1,
    _repeatSafe: true,
    _fields: [id("agentId")],
  },
  {
    _name: "makeAiCall",
    _method: "POST",
    _path: "make-ai-call/",
    _idInPath: true,
    _payload: Payload.Body,
    _arity: 2,
    _repeatSafe: false,
    _fields: [agentId, request, id("contact_id"), ...scope],
  },
  {
    _name: "getCallRecording",
    _method: "GET",
    _path: "get-call-recording/",
    _idInPath: true,
    _payload: Payload.Nothing,
    _arity: 1,
    _repeatSafe: true,
    _fields: [pathId("callId")],
  },
  {
    _name: "getContactMessages",
    _method: "GET",
    _path: "get-contact-messages/",
    _idInPath: true,
    _payload: Payload.Query,
    _arity: 2,
    _repeatSafe: true,
    _fields: [
      pathId("contactId"),
      optional(object("query")),
      optional(integer("limit", 1, 200)),
      optional(integer("offset", 0, Number.MAX_SAFE_INTEGER)),
    ],
  },
  {
    _name: "sendMessage",
    _method: "POST",
    _path: "send-message",
    _idInPath: false,
    _payload: Payload.Body,
    _arity: 1,
    _repeatSafe: false,
    _fields: [
      request,
      text("content"),
      boolean("ai"),
      id("conversation_id"),
      oneOf("channel", ["sms", "email", "whatsapp", "facebook", "instagram"]),
      when("ai", true, id("agent_id")),
      optional(id("message_id")),
    ],
  },
];

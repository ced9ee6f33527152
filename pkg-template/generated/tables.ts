// Made by `cargo xtask build` from the crate's own lists. Do not edit.

import { Order, Payload } from "./protocol.js";

/** What an operation is made of. */
export interface Spec {
  _name: string;
  _method: string;
  _path: string;
  /** Whether the first argument follows the path. */
  _idInPath: boolean;
  _payload: Payload;
  /** Whether carrying it out twice does no harm. */
  _repeatSafe: boolean;
  /** How many arguments it takes: an id, a request, or both. */
  _arity: number;
  /** The number of its first field among all fields. */
  _firstField: number;
  _fields: string[];
}

/** The operations, each at its number. */
export const operations: Spec[] = [
  { _name: "getAgent", _method: "GET", _path: "get-agent/", _idInPath: true, _payload: Payload.Nothing, _repeatSafe: true, _arity: 1, _firstField: 0, _fields: ["agentId"] },
  { _name: "createAgent", _method: "POST", _path: "create-agent", _idInPath: false, _payload: Payload.Body, _repeatSafe: false, _arity: 1, _firstField: 1, _fields: ["request", "name", "voice_id", "max_duration", "temperature", "silence_timeout", "voice_activity_timeout", "llm_model", "language", "background_noise", "background_type", "voicemail_detection", "voicemail_type", "voicemail_message", "backcchanneling", "is_active", "webhook", "webhook_url", "recording", "organization_id", "sub_account_id"] },
  { _name: "updateAgent", _method: "PUT", _path: "update-agent/", _idInPath: true, _payload: Payload.Body, _repeatSafe: true, _arity: 2, _firstField: 22, _fields: ["agentId", "patch", "name", "voice_id", "max_duration", "temperature", "silence_timeout", "voice_activity_timeout", "llm_model", "language", "background_noise", "background_type", "voicemail_detection", "voicemail_type", "voicemail_message", "backcchanneling", "is_active", "webhook", "webhook_url", "recording", "organization_id", "sub_account_id"] },
  { _name: "archiveAgent", _method: "POST", _path: "archive-agent", _idInPath: false, _payload: Payload.AgentId, _repeatSafe: true, _arity: 1, _firstField: 44, _fields: ["agentId"] },
  { _name: "makeAiCall", _method: "POST", _path: "make-ai-call/", _idInPath: true, _payload: Payload.Body, _repeatSafe: false, _arity: 2, _firstField: 45, _fields: ["agentId", "request", "contact_id", "organization_id", "sub_account_id"] },
  { _name: "getCallRecording", _method: "GET", _path: "get-call-recording/", _idInPath: true, _payload: Payload.Nothing, _repeatSafe: true, _arity: 1, _firstField: 50, _fields: ["callId"] },
  { _name: "getContactMessages", _method: "GET", _path: "get-contact-messages/", _idInPath: true, _payload: Payload.Query, _repeatSafe: true, _arity: 2, _firstField: 51, _fields: ["contactId", "query", "limit", "offset"] },
  { _name: "sendMessage", _method: "POST", _path: "send-message", _idInPath: false, _payload: Payload.Body, _repeatSafe: false, _arity: 1, _firstField: 55, _fields: ["request", "content", "ai", "conversation_id", "channel", "agent_id", "message_id"] },
];
/** The strings that the checks tell apart from others, each at its index. */
export const words: unknown[] = [".", "..", "leave_message", "hangup", "sms", "email", "whatsapp", "facebook", "instagram"];
/** What can be wrong with a field, each at its number. Nothing is wrong where the number is 0. */
export const faults = [, "must be a non-empty string other than \".\" or \"..\"", "must be an object", "must be a string", "must be a finite number", "must be a number from 0 to 1", "must be true or false", "must be one of \"leave_message\", \"hangup\"", "must be a non-empty string", "must be omitted because it cannot be changed", "must be an integer from 1 to 200", "must be a non-negative integer", "must be one of \"sms\", \"email\", \"whatsapp\", \"facebook\", \"instagram\"", "is required", "is required when background_noise is true", "is required when voicemail_detection is true", "is required when voicemail_type is \"leave_message\"", "is required when webhook is true", "is required when ai is true"];
/** The codes of errors as users see them, each at its number. */
export const codes = ["validation", "bad_request", "authentication", "permission", "not_found", "rate_limited", "server", "http", "network", "timeout", "parse", "load"] as const;
/** What is said where the server says nothing, each at the number of its code. */
export const hints = [, "the API rejected the request", "the API key is missing or invalid", "the API key does not have access to this", "not found", "too many requests", "the API failed", "unexpected response", "no response", "timed out", "the response is not a JSON object", "the WebAssembly module could not be loaded"];
/** What is added where a failed call may have been carried out, by what the module says of it. */
export const warnings: { [order: number]: string } = { [Order.FailMaybe]: "; the request may have been processed, so check before you send it again", [Order.FailEarlier]: "; an earlier attempt may have been processed, so check before you send it again" };
/** The header in which a proxy says whether a failed call may have been carried out. */
export const MAYBE_DELIVERED = "centerfy-maybe-delivered";
/** Its words, each at its number. */
export const saidWords = ["false", "true", "unsent"];
/** What is said where the server sends elsewhere. */
export const redirected = "the server sent a redirect, which the client does not follow";
/** The headers that may have the id of a request, the first that is there. */
export const requestIdHeaders = ["x-request-id", "sb-request-id", "cf-ray"];
/** The headers that tell how long to wait, in the order in which they are believed, and their unit. */
export const waitHeaders: [string, number][] = [["retry-after-ms", 1], ["retry-after", 1000], ["ratelimit-reset", 1000]];
/** The one of them that may be a date. */
export const retryAfter = "retry-after";

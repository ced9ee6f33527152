// What an error means to the user of the page, and the one thing to do next. Pure, so that it reads
// like a table.

import * as common from "../texts/common.js";
import * as texts from "../texts/errors.js";

/** Codes for which a retry makes sense. */
const AGAIN = ["rate_limited", "server", "network", "timeout", "load"];
const FIELDS_OF_SETTINGS = ["apiKey", "baseUrl", "auth"];

const LOOKS = {
  authentication: { tone: "bad", drawing: "key" },
  permission: { tone: "bad", drawing: "key" },
  not_found: { tone: "calm", drawing: "search" },
  rate_limited: { tone: "warn", drawing: "clock" },
  timeout: { tone: "warn", drawing: "clock" },
  network: { tone: "warn", drawing: "cut" },
  load: { tone: "warn", drawing: "cut" },
};

/** Whether the message of the package or the API is shown instead of the advice. */
export const inItsWords = (error) => ["validation", "bad_request"].includes(error?.code);

/** The server's message if there is one, or else the package's, without names of the API. */
export function words(error) {
  const [, label, colon, rest] = parsed(error);
  if (!label) return messageOf(error);
  // "must be a finite number, got null"
  const expects = /^(?:is required.*|must be (.*?)(?:, got .*)?)$/s.exec(rest);
  if (/\burl\b/i.test(rest)) return texts.enter(label, texts.anAddress + (/without/.test(rest) ? texts.plainAddress : ""));
  // "Nora is not active (is_active is false)"
  if (!expects) return `${label}${colon} ${rest.replace(/ \(\w+ is .*\)$/, "")}`;
  return texts.enter(label, /number|integer/.test(expects[1]) ? expects[1].replace("finite ", "").replace("n integer", " whole number") : texts.aValue);
}

/** The field that the API names at the beginning of its message. */
export const fieldOf = (error) => parsed(error)[0];

function messageOf(error) {
  if (typeof error?.body?.message === "string" && error.body.message) return error.body.message;
  const message = error?.message || String(error);
  const prefix = `${error?.operation}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

/** `[field, label, colon, the rest of the message]`. */
function parsed(error) {
  const [, name, colon, rest] = /^(\w+)(:?) (.+)$/s.exec(messageOf(error)) ?? [];
  // "recording not found" is not about the field.
  return Object.hasOwn(texts.fields, name) && (inItsWords(error) || name.includes("_")) ? [name, texts.fields[name], colon, rest] : [];
}

/**
 * `{ title, message, warning, advice, facts: [[label, value]], next, tone, drawing }` for any thrown
 * value. `message` is the message of the API or the package, or null if it adds nothing.
 * `next` is what to do: "retry", "reload", "open-id", `{ settings: field, label }`, or null.
 * `canRetry` says whether the call is safe to repeat, `proxied` is the page's origin if a proxy is used.
 */
export function explain(error, { canRetry = false, isOnline = true, proxied = null } = {}) {
  const code = texts.codes[error?.code] ? error.code : null;
  const isOffline = code === "network" && (!isOnline || error.isOffline);
  const { title, text } = isOffline ? { ...texts.offline, text: canRetry ? texts.offline.reads : texts.offline.other }
    : (proxied && texts.proxied[code]) || texts.codes[code] || texts.unknown;
  const warning = error?.maybeDelivered ? texts.maybe : null;
  return {
    title,
    message: isOffline ? null : words(error),
    warning,
    // The warning already says what to do first.
    advice: warning ? null : typeof text === "function" ? text(proxied) : text,
    facts: factsOf(error),
    next: isOffline && !canRetry ? null : nextOf(error, code, { canRetry, proxied }),
    ...(LOOKS[code] ?? { tone: "bad", drawing: "alert" }),
  };
}

function nextOf(error, code, { canRetry, proxied }) {
  const settings = (field, label = common.openSettings) => ({ settings: field, label });
  const address = settings(proxied ? "proxy" : "baseUrl");
  if (error?.maybeDelivered) return null;
  if (code === null) return "reload";
  if (FIELDS_OF_SETTINGS.includes(error.field)) return settings(error.field);
  // A person signs in at the proxy's site, then tries again.
  if (proxied && code === "authentication" && canRetry) return "retry";
  if (["authentication", "permission"].includes(code)) return proxied ? address : settings("apiKey", texts.enterKey);
  if (code === "not_found") return OPENED_BY_ID[error.operation] ? "open-id" : null;
  if (canRetry && AGAIN.includes(code)) return "retry";
  return ["network", "http", "parse"].includes(code) ? address : null;
}

/** Operations whose entities can be opened by id in the lists. */
export const OPENED_BY_ID = { getAgent: "agent", getContactMessages: "contact" };

/** The details of an error: `[[label, value]]`. */
export function factsOf(error) {
  const facts = [
    [texts.facts.code, error?.code],
    [texts.facts.field, error?.field],
    [texts.facts.status, error?.status],
    [texts.facts.attempts, error?.attempts > 1 ? error.attempts : undefined],
    [texts.facts.request, error?.requestId],
  ];
  return facts.filter(([, value]) => value !== undefined && value !== null && value !== "").map(([label, value]) => [label, String(value)]);
}

// What an error means, in words for the person at the page, and the one thing to do next. Pure, so
// that it can be read as a table.

import { errors as texts } from "./texts.js";

/** Codes after which the same is worth asking again. */
const AGAIN = ["rate_limited", "server", "network", "timeout", "load"];
/** Codes of which the server's or the package's own words are what to read. */
const IN_ITS_WORDS = ["validation", "bad_request"];
const FIELDS_OF_SETTINGS = ["apiKey", "baseUrl", "auth"];

const LOOKS = {
  authentication: { tone: "bad", drawing: "key" },
  permission: { tone: "bad", drawing: "lock" },
  not_found: { tone: "calm", drawing: "search" },
  rate_limited: { tone: "warn", drawing: "clock" },
  timeout: { tone: "warn", drawing: "clock" },
  network: { tone: "warn", drawing: "cut" },
  load: { tone: "warn", drawing: "cut" },
};

/** The server's own words where there are some, else the package's, without the operation's name before them. */
export function words(error) {
  if (typeof error?.body?.message === "string" && error.body.message) return error.body.message;
  const message = error?.message || String(error);
  const prefix = `${error?.operation}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

/**
 * `{ title, text, said, facts: [[label, value]], next, tone, drawing }` for any thrown value. `next`
 * is what to do: "retry", "reload", "open-id", or `{ settings: field, label }`; or null. `canRetry`
 * says whether the call is safe to repeat.
 */
export function explain(error, { canRetry = false, isOnline = true } = {}) {
  const code = texts.codes[error?.code] ? error.code : null;
  const isOffline = code === "network" && !isOnline;
  const { title, text } = isOffline
    ? { title: texts.offline.title, text: canRetry ? texts.offline.reads : texts.offline.other }
    : texts.codes[code] ?? texts.unknown;
  const isInItsWords = IN_ITS_WORDS.includes(code);
  return {
    title,
    // What may have happened comes before everything else.
    text: error?.maybeDelivered ? texts.maybe[error.operation] ?? texts.maybe.other : isInItsWords ? words(error) : text,
    said: isOffline || (isInItsWords && !error.maybeDelivered) ? null : words(error),
    facts: factsOf(error),
    next: nextOf(error, code, canRetry),
    ...(LOOKS[code] ?? { tone: "bad", drawing: "alert" }),
  };
}

function nextOf(error, code, canRetry) {
  if (error?.maybeDelivered) return null;
  if (code === null) return "reload";
  if (code === "authentication") return { settings: "apiKey", label: texts.enterKey };
  if (FIELDS_OF_SETTINGS.includes(error.field)) return { settings: error.field, label: texts.openSettings };
  if (code === "permission") return { settings: "apiKey", label: texts.enterKey };
  if (code === "not_found") return OPENED_BY_ID[error.operation] ? "open-id" : null;
  if (canRetry && AGAIN.includes(code)) return "retry";
  return ["network", "http", "parse"].includes(code) ? { settings: "baseUrl", label: texts.openSettings } : null;
}

/** What has a field for ids in the lists. */
export const OPENED_BY_ID = { getAgent: "agent", getContactMessages: "contact" };

function factsOf(error) {
  const facts = [
    [texts.facts.code, error?.code],
    [texts.facts.field, error?.field],
    [texts.facts.status, error?.status],
    [texts.facts.attempts, error?.attempts > 1 ? error.attempts : undefined],
    [texts.facts.request, error?.requestId],
  ];
  return facts.filter(([, value]) => value !== undefined && value !== null && value !== "").map(([label, value]) => [label, String(value)]);
}

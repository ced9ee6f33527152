// What an error means, in words for the person at the page. Pure, so that it can be read as a table.

import { shell } from "./texts.js";

const WORDS = {
  validation: ["Not sent", "Correct the value and try again."],
  bad_request: ["The API refused the request", "Correct the value that it names and try again."],
  authentication: ["The key was not accepted", "Check the key in Settings."],
  permission: ["The key may not do this", "Check that the organization and the sub-account are the key's own."],
  not_found: ["There is nothing with this id", "Check the id. Archived or deleted things may be gone."],
  rate_limited: ["Too many requests", "The API takes 60 requests a minute for each key. Wait a moment, then try again."],
  server: ["The API had a problem", "This is not your doing. Try again in a moment."],
  http: ["An unexpected answer", "Something between this page and the API may have answered. Check the base URL in Settings."],
  network: ["No connection to the API", "Check the network and the base URL in Settings, and whether that server allows this page (CORS)."],
  timeout: ["No answer in time", "Try again, or see whether the API is slow at the moment."],
  parse: ["The answer could not be read", "Something between this page and the API may have answered. Check the base URL in Settings."],
  load: ["The client could not be loaded", "Check the network and try again. Under a content security policy the page needs 'wasm-unsafe-eval'."],
};

const MAYBE = {
  createAgent: "The agent may have been created. Look for it before you try again.",
  sendMessage: "The message may have gone out. Look into the conversation before you try again.",
  makeAiCall: "The call may have started. See whether the phone rang before you try again.",
};

/** The server's own words where there are some, else the package's, without the operation's name before them. */
export function words(error) {
  if (typeof error?.body?.message === "string" && error.body.message) return error.body.message;
  const message = error?.message || String(error);
  const prefix = `${error?.operation}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

// Behind a proxy some errors mean something else.
function ofProxy(code) {
  const { authentication, permission, network } = shell.proxyErrors;
  return { authentication, permission, network: network(location.origin) }[code];
}

/**
 * `{ title, message, warning, advice, facts: [[label, value]], settings }` for any thrown value;
 * `proxied` says that a proxy was asked.
 */
export function explain(error, { proxied = false } = {}) {
  const [title, advice] = (proxied ? ofProxy(error?.code) : undefined) ?? WORDS[error?.code] ?? ["Something went wrong in this page", "Load the page again."];
  const facts = [];
  const fact = (label, value) => {
    if (value !== undefined && value !== null && value !== "") facts.push([label, String(value)]);
  };
  fact("code", error?.code);
  fact("field", error?.field);
  fact("status", error?.status);
  fact("attempts", error?.attempts > 1 ? error.attempts : undefined);
  fact("request id", error?.requestId);
  return {
    title,
    message: words(error),
    warning: error?.maybeDelivered ? MAYBE[error.operation] ?? "It may have been carried out. Look before you try again." : null,
    // The warning says what to do first.
    advice: error?.maybeDelivered ? null : error?.retryAfter > 0 ? `Try again in ${seconds(error.retryAfter)}.` : advice,
    facts,
    settings: ["authentication", "network", "http", "parse"].includes(error?.code)
      || ["apiKey", "baseUrl", "auth"].includes(error?.field),
  };
}

function seconds(value) {
  const whole = Math.ceil(value);
  return whole === 1 ? "one second" : whole < 120 ? `${whole} seconds` : `${Math.ceil(whole / 60)} minutes`;
}

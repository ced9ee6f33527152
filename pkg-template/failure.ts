/** Creates the error of a failed call, with the key redacted in every part of it. */
import type { Attempt } from "./attempt.js";
import { CenterfyError } from "./error.js";
import { Code, Order, tagOf, valueOf } from "./generated/protocol.js";
import { codes, hints, redirected, warnings, type Spec } from "./generated/tables.js";
import type { Client } from "./options.js";
import { redact, redactCause } from "./redact.js";
import { parse } from "./response.js";
import type { Operation } from "./types.js";

/** A call that failed. */
interface Failed {
  _client: Client;
  _spec: Spec;
  _attempts: number;
  /** The last attempt. */
  _attempt: Attempt;
}

/** The maximum number of characters of a body that is not JSON in an error. */
const LONGEST_TEXT = 1000;

/** The body of the last response, or the beginning of its text. */
const bodyOf = (text: string | undefined, apiKey: string | undefined) => {
  const redacted = redact(text, apiKey);
  // The key may be escaped in the JSON, so the parsed strings are redacted, too.
  return parse(redacted, (_, value) => redact(value, apiKey)) ?? redacted?.slice(0, LONGEST_TEXT);
};

/** The message if the server sends none. In a page, the status of a redirect is 0. */
const hintOf = (code: Code, status: number) =>
  code === Code.Http && status < 400 && (status < 200 || status > 299) ? redirected : hints[code];

/** Matches a proxy's statement that one request was not sent. */
const DENIAL = /\bnot.*(sent|carried)/is;

/** The error for a failing order of the module: the code, and whether the call may have been delivered. */
export const failure = (call: Failed, failed: number) => {
  const order = tagOf(failed);
  const code = valueOf(failed);
  const { _client: { apiKey }, _spec: { _name: operation, _fields: fields, _arity: arity }, _attempts: attempts } = call;
  const { _status: status, _text: text, _cause: cause, _wait: wait, _result: result } = call._attempt;
  const body = bodyOf(text, apiKey);
  const warning = warnings[order];
  // A message that warns about the last attempt must not say that nothing was sent.
  const isDenied = order === Order.FailMaybe && DENIAL.test(body?.message + cause?.message);
  const reported = !isDenied && body?.message?.trim?.();
  const why = !isDenied && (code === Code.Network || code === Code.Load) && cause?.message;
  const message =
    `${operation}: ${reported || hintOf(code, status)}` +
    (why ? redact(` (${why})`, apiKey) : "") +
    (status ? ` (status ${status})` : "") +
    (warning ?? "");
  const details = { code: codes[code]!, operation: operation as Operation, attempts, maybeDelivered: !!warning };
  const error = new CenterfyError(message, details, redactCause(cause, apiKey));
  // A form shows the error at the field that the message of a 400 names first.
  const field = message.split(/\W/).find((word) => fields.indexOf(word) >= arity);
  if (field && status === 400) error.field = field;
  if (status) error.status = status;
  if (text) error.body = body;
  if (result?.requestId) error.requestId = result.requestId;
  if (wait >= 0) error.retryAfter = wait / 1000;
  return error;
};

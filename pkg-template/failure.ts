/** Makes the error of a call that failed, without the key in any part of it. */
import { parse } from "./answer.js";
import type { Attempt } from "./attempt.js";
import { CenterfyError } from "./error.js";
import { Code } from "./generated/protocol.js";
import { codes, hints, maybeDelivered as warning, type Spec } from "./generated/tables.js";
import type { Client } from "./options.js";
import { hide, shows } from "./secret.js";
import type { Operation } from "./types.js";

/** What is known of the call. */
interface Failed {
  _client: Client;
  _spec: Spec;
  _attempts: number;
  /** The last one. */
  _attempt: Attempt;
}

/** The most of a body that is no JSON that an error shows. */
const LONGEST_TEXT = 1000;

/** The body of the last answer, or the beginning of its text. */
const bodyOf = (text: string | undefined, apiKey: string | undefined) => {
  const said = hide(text, apiKey);
  // The key may have been escaped in JSON, so what was read is looked through too.
  return said && (parse(said, (_, value) => hide(value, apiKey)) ?? said.slice(0, LONGEST_TEXT));
};

/** `wait` is what the server asks for, in milliseconds, negative where it does not. */
export const failure = (call: Failed, code: Code, maybeDelivered: boolean, wait: number) => {
  const { _client: { apiKey }, _spec: { _name: operation }, _attempts: attempts } = call;
  let { _status: status, _text: text, _headers: headers, _cause: cause } = call._attempt;
  const body = bodyOf(text, apiKey);
  const message =
    `${operation}: ${typeof body?.message === "string" ? body.message : hints[code]}` +
    (cause?.message && code === Code.Network ? hide(` (${cause.message})`, apiKey) : "") +
    (status ? ` (status ${status})` : "") +
    (maybeDelivered ? warning : "");
  if (apiKey && shows(cause, apiKey)) cause = Error(hide("" + cause.message, apiKey));
  const fields = { code: codes[code]!, operation: operation as Operation, attempts, maybeDelivered };
  const error = new CenterfyError(message, fields, cause);
  if (status) error.status = status;
  if (text) error.body = body;
  const requestId = hide(headers?.get?.("x-request-id"), apiKey);
  if (requestId) error.requestId = requestId;
  if (wait >= 0) error.retryAfter = wait / 1000;
  return error;
};

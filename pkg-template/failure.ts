/** Makes the error of a call that failed, without the key in any part of it. */
import { parse } from "./answer.js";
import type { Attempt } from "./attempt.js";
import { CenterfyError } from "./error.js";
import { Code, Order } from "./generated/protocol.js";
import { codes, hints, redirected, requestIdHeaders, warnings, type Spec } from "./generated/tables.js";
import type { Client } from "./options.js";
import { hide, hideIn } from "./secret.js";
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
  return parse(said, (_, value) => hide(value, apiKey)) ?? said?.slice(0, LONGEST_TEXT);
};

/** What is said where the server says nothing. A page sees a redirect as an answer of status 0. */
const hintOf = (code: Code, status: number) =>
  code === Code.Http && status < 400 && (status < 200 || status > 299) ? redirected : hints[code];

/** That something was not sent, as a proxy says of one request. */
const DENIAL = /\bnot.*(sent|carried)/is;

/**
 * `order` is that of the module: whether the call may have been carried out. `wait` is what the server asks
 * for, in milliseconds, negative where it does not.
 */
export const failure = (call: Failed, code: Code, order: Order, wait: number) => {
  const { _client: { apiKey }, _spec: { _name: operation }, _attempts: attempts } = call;
  const { _status: status, _text: text, _headers: headers, _cause: cause } = call._attempt;
  const body = bodyOf(text, apiKey);
  const warning = warnings[order];
  // A message that warns of the last attempt does not say that nothing was sent.
  const isDenied = order === Order.FailMaybe && DENIAL.test(body?.message + cause?.message);
  const said = !isDenied && body?.message?.trim?.();
  const why = !isDenied && (code === Code.Network || code === Code.Load) && cause?.message;
  const message =
    `${operation}: ${said || hintOf(code, status)}` +
    (why ? hide(` (${why})`, apiKey) : "") +
    (status ? ` (status ${status})` : "") +
    (warning ?? "");
  const fields = { code: codes[code]!, operation: operation as Operation, attempts, maybeDelivered: !!warning };
  const error = new CenterfyError(message, fields, hideIn(cause, apiKey));
  if (status) error.status = status;
  if (text) error.body = body;
  for (const name of requestIdHeaders) {
    const id = headers?.get?.(name);
    if (id) error.requestId ??= hide(id, apiKey);
  }
  if (wait >= 0) error.retryAfter = wait / 1000;
  return error;
};

/** The call of the API, and what of its answer goes back. */
import { CenterfyError } from "centerfy";
import { quietly } from "../events.js";
import { Late, stay, within } from "../stores/patience.js";
import type { Operation } from "./api.js";
import type { Checked } from "./options.js";
import { retryAfter, type Headers } from "./refusal.js";

/** What came of a call. */
export interface Outcome {
  status: number;
  body: unknown;
  headers: Headers;
  /** Whether something was carried out, as far as anybody knows. */
  delivered: "yes" | "no" | "maybe";
  /** For the proxy's operator. */
  error?: unknown;
}

/** What goes wrong between the proxy and the API is nothing that the caller could mend. */
const OURS: Record<string, [status: number, message: string]> = {
  authentication: [502, "The API refuses the proxy's key"],
  network: [502, "The API cannot be reached"],
  timeout: [504, "The API does not answer in time"],
  parse: [502, "The API's answer cannot be read"],
  load: [500, "The proxy cannot load its module"],
};

/** The words of the API, else the client's own, without the parts that the caller's client adds itself. */
const wordsOf = ({ message, body }: CenterfyError): string => {
  const { message: said } = Object(body);
  // Blanks say nothing, as for the client.
  return (typeof said === "string" && said.trim()) || message.replace(/^\w+: /, "").replace(/ \(status \d+\).*$/s, "");
};

export const failed = (status: number, message: string, headers: Headers = {}): Outcome => ({
  status,
  body: { error: true, message },
  headers,
  delivered: "no",
});

/** What an answer may have: runtimes read any three digits, and write no more than these. */
const isOfError = (status: number | undefined): status is number => status !== undefined && status >= 400 && status <= 599;

const outcomeOf = (error: CenterfyError): Outcome => {
  const { code, status, requestId, retryAfter: seconds, maybeDelivered } = error;
  const [ownStatus, ownWords] = OURS[code] ?? [];
  const answered = code === "validation" ? 400 : isOfError(status) ? status : 502;
  const headers: Headers = {};
  if (requestId) headers["x-request-id"] = requestId;
  if (seconds !== undefined) Object.assign(headers, retryAfter(seconds * 1000));
  const outcome = failed(ownStatus ?? answered, ownWords ?? wordsOf(error), headers);
  return { ...outcome, delivered: maybeDelivered ? "maybe" : "no", error };
};

/** Waits for a place; whether there is one in time. Who leaves gives it back at once. */
const hasPlace = async ({ places, attemptTimeout }: Checked, operation: Operation, left: AbortSignal): Promise<boolean> => {
  try {
    await within(attemptTimeout, left, (signal) => places?.acquire({ operation, attempt: 1, signal }));
    return true;
  } catch (error) {
    if (error instanceof Late) return false;
    throw error;
  }
};

/**
 * Makes the call, once. It rejects only where nothing was sent: the caller has left, or the store that gives
 * out places cannot be reached.
 */
export const call = async (
  checked: Checked,
  operation: Operation,
  args: readonly unknown[],
  left: AbortSignal,
): Promise<Outcome> => {
  if (!(await hasPlace(checked, operation, left))) {
    return failed(429, "Too many requests are waiting", retryAfter(checked.attemptTimeout));
  }
  stay(left);
  try {
    const body = await (checked.client as any)[operation](...args);
    return { status: 200, body, headers: {}, delivered: "yes" };
  } catch (error) {
    // Nobody knows what that is, nor what was done before.
    if (!CenterfyError.is(error)) return { ...failed(500, "The proxy failed"), delivered: "maybe", error };
    const ms = (error.retryAfter ?? 0) * 1000;
    // Whoever cannot be told of it will hear it from the server.
    if (error.status === 429) quietly(() => checked.places?.hold?.({ ms }));
    return outcomeOf(error);
  }
};

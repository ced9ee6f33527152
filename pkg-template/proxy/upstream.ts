/** The call of the API, and what of its answer goes back to the caller. */
import { CenterfyError } from "centerfy";
import { quietly } from "../events.js";
import type { Operation } from "./api.js";
import type { Checked } from "./options.js";
import { retryAfter, type Headers } from "./refusal.js";

/** What came of a call. */
export interface Outcome {
  status: number;
  body: unknown;
  headers: Headers;
  /** Whether the request was carried out, as far as is known. */
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

/** Makes the call, once. Never rejects. */
export const send = async ({ client, slots }: Checked, operation: Operation, args: readonly unknown[]): Promise<Outcome> => {
  try {
    const body = await (client as any)[operation](...args);
    return { status: 200, body, headers: {}, delivered: "yes" };
  } catch (error) {
    // Whatever it is, the request may have been sent before.
    if (!CenterfyError.is(error)) return { ...failed(500, "The proxy failed"), delivered: "maybe", error };
    const ms = (error.retryAfter ?? 0) * 1000;
    // A store that cannot be told of it hears it from the API.
    if (error.status === 429) quietly(() => slots?.hold?.({ ms }));
    return outcomeOf(error);
  }
};

/** Calls the API, and converts its answer for the caller. */
import { CenterfyError } from "centerfy";
import { quietly } from "../events.js";
import { failed, isErrorStatus, retryAfter, type Headers, type Outcome } from "../store/outcome.js";
import type { Operation } from "./api.js";
import type { Checked } from "./options.js";

/** Failures between the proxy and the API, which the caller cannot fix: how they are reported. */
const PROXY_FAULTS: Record<string, [status: number, message: string]> = {
  authentication: [502, "The API rejected the proxy's API key"],
  network: [502, "The proxy cannot reach the API"],
  timeout: [504, "The API did not respond in time"],
  parse: [502, "The API's response is not a JSON object"],
  load: [500, "The proxy cannot load its WebAssembly module"],
};

/** The API's message, or else the client's, without the parts that the caller's client adds itself. */
const messageOf = ({ message, body }: CenterfyError): string => {
  const { message: text } = Object(body);
  // The client ignores a blank message, too.
  return (typeof text === "string" && text.trim()) || message.replace(/^\w+: /, "").replace(/ \(status \d+\).*$/s, "");
};

/** The header with the API's id of the request. */
const withId = (requestId: string | undefined): Headers => (requestId ? { "x-request-id": requestId } : {});

const outcomeOf = (error: CenterfyError): Outcome => {
  const { code, status, requestId, retryAfter: seconds, maybeDelivered } = error;
  const [ownStatus, ownMessage] = PROXY_FAULTS[code] ?? [];
  const answered = code === "validation" ? 400 : isErrorStatus(status) ? status : 502;
  const headers = withId(requestId);
  if (seconds !== undefined) Object.assign(headers, retryAfter(seconds * 1000));
  const outcome = failed(ownStatus ?? answered, ownMessage ?? messageOf(error), headers);
  return { ...outcome, delivered: maybeDelivered ? "maybe" : "no", error };
};

/** Makes one attempt. Never rejects. */
export const send = async ({ client, slots }: Checked, operation: Operation, args: readonly unknown[]): Promise<Outcome> => {
  try {
    const { data: body, requestId } = await (client as any)[operation](...args).withResponse();
    return { status: 200, body, headers: withId(requestId), delivered: "yes" };
  } catch (error) {
    // An unexpected error: the request may have been sent before it.
    if (!CenterfyError.is(error)) return { ...failed(500, "The proxy failed"), delivered: "maybe", error };
    const ms = (error.retryAfter ?? 0) * 1000;
    // If the store cannot be notified, its next request gets the 429 of the API.
    if (error.status === 429) quietly(() => slots?.hold?.({ ms }));
    return outcomeOf(error);
  }
};

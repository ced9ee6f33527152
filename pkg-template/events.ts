/** Reports the events of each call to the client's `onEvent`. */
import type { Outgoing } from "./attempt.js";
import type { Spec } from "./generated/tables.js";
import type { Client } from "./options.js";
import { redact } from "./redact.js";
import type { CenterfyEvent } from "./types.js";

/** The part of a call that events describe. */
interface Described {
  _client: Client;
  _spec: Spec;
  _number: number;
  _outgoing?: Outgoing;
  _attempts: number;
}

export const emit = (call: Described, type: CenterfyEvent["type"], details?: object) => {
  const { onEvent, apiKey } = call._client;
  if (!onEvent) return;
  const event = {
    type,
    callId: call._number,
    operation: call._spec._name,
    // The number of a queued attempt is that of the next request.
    attempt: call._attempts + +(type === "queued"),
    // A call that is refused before its first request has no URL.
    url: redact(call._outgoing?.url, apiKey),
    ...details,
  };
  quietly(() => onEvent(event as CenterfyEvent));
};

/** Runs a callback of the caller. An exception or a rejection in it must not change the call or end the process. */
export const quietly = (callback: () => any) => {
  try {
    callback()?.then?.(undefined, () => {});
  } catch {}
};

/** Tells the client's listener what happens to each request. */
import type { Outgoing } from "./attempt.js";
import type { Spec } from "./generated/tables.js";
import type { Client } from "./options.js";
import { hide } from "./secret.js";
import type { CenterfyEvent } from "./types.js";

/** What an event tells of a call. */
interface Told {
  _client: Client;
  _spec: Spec;
  _outgoing?: Outgoing;
}

/** What only some events have. */
type Details = { status: number; durationMs: number } | { delayMs: number };

export const emit = (call: Told, attempt: number, type: CenterfyEvent["type"], more?: Details) => {
  const { onEvent, apiKey } = call._client;
  const url = hide(call._outgoing!.url, apiKey);
  try {
    onEvent?.({ type, operation: call._spec._name, attempt, url, ...more } as CenterfyEvent);
  } catch {
    // A listener's mistake must not change the call.
  }
};

/** Tells the client's listener what happens to each request. */
import type { Outgoing } from "./attempt.js";
import type { Spec } from "./generated/tables.js";
import type { Client } from "./options.js";
import { redact } from "./redact.js";
import type { CenterfyEvent } from "./types.js";

/** What an event tells of a call. */
interface Told {
  _client: Client;
  _spec: Spec;
  _outgoing?: Outgoing;
  _attempts: number;
}

/** What only some events have. */
type Details = { status: number; durationMs: number } | { delayMs: number };

export const emit = (call: Told, type: CenterfyEvent["type"], more?: Details) => {
  const { onEvent, apiKey } = call._client;
  if (!onEvent) return;
  const url = redact(call._outgoing!.url, apiKey);
  // Who waits in the queue has not begun its attempt.
  const attempt = call._attempts + +(type === "queued");
  quietly(() => onEvent({ type, operation: call._spec._name, attempt, url, ...more } as CenterfyEvent));
};

/** Tells the caller's own code something. Its mistake must not change the call, nor end the process. */
export const quietly = (tell: () => any) => {
  try {
    tell()?.then?.(undefined, () => {});
  } catch {}
};

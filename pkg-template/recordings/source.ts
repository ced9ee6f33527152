/** Gets the URL of one recording, and renews it. */
import type { RecordingClient } from "./api.js";

/** A URL is renewed so long before it expires, in milliseconds, or after half of its lifetime. */
const RENEW_BEFORE = 60_000;

export interface Source {
  /** A URL that need not be renewed yet. `rejected` is one that storage has rejected. */
  url(rejected?: string): Promise<string>;
  /** The milliseconds until the URL has to be renewed. */
  lifetime(): number;
}

export const createSource = (centerfy: RecordingClient, callId: string): Source => {
  let url: string | undefined;
  let renewAt = 0;
  let pending: Promise<string> | undefined;
  const request = async () => {
    // Measured from before the request, so the URL never expires earlier.
    const startedAt = Date.now();
    const { recording_url, expires_in_seconds } = await centerfy.getCallRecording(callId);
    const ms = expires_in_seconds == null ? Infinity : expires_in_seconds * 1000;
    renewAt = startedAt + Math.max(ms - RENEW_BEFORE, ms / 2);
    return (url = recording_url);
  };
  return {
    url: async (rejected) => {
      if (url !== undefined && url !== rejected && Date.now() < renewAt) return url;
      pending ??= request().finally(() => (pending = undefined));
      return pending;
    },
    lifetime: () => renewAt - Date.now(),
  };
};

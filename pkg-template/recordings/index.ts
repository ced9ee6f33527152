/** The entry `centerfy/recordings`: URLs of recordings that are renewed before they expire. */
import type { AbortSignalLike } from "../types.js";
import type { RecordingClient, RecordingUrl, RecordingUrlOptions } from "./api.js";
import { bind } from "./bind.js";
import { save } from "./save.js";
import { createSource } from "./source.js";
import { withSignal } from "./wait.js";

/** How long `ready()` waits, in milliseconds. */
const READY_TIMEOUT = 120_000;
/** The wait between two requests of `ready()`, in milliseconds: the first one, and the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const recordingUrl = (centerfy: RecordingClient, callId: string, options: RecordingUrlOptions = {}): RecordingUrl => {
  const source = createSource(centerfy, callId);
  const ready = async (timeout: number, signal?: AbortSignalLike): Promise<string> => {
    const end = Date.now() + (timeout || Infinity);
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
      try {
        return await source.url();
      } catch (error) {
        const isMissing = (error as { code?: string }).code === "not_found";
        if (!isMissing || signal?.aborted || Date.now() + wait > end) throw error;
      }
      await sleep(wait);
      // The caller's promise has rejected already.
      if (signal?.aborted) return "";
    }
  };
  return {
    get: ({ signal } = {}) => withSignal(() => source.url(), signal),
    ready: ({ timeout = READY_TIMEOUT, signal } = {}) => withSignal(() => ready(timeout, signal), signal),
    save: (write, { signal } = {}) => save(source, write, options.fetch ?? fetch, signal),
    bind: (element, { onError } = {}) => bind(source, element, onError),
  };
};

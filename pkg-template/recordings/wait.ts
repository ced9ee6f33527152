/** Ends a wait when a signal aborts. What is waited for goes on: others may wait for it, too. */
import type { AbortSignalLike } from "../types.js";

export const withSignal = <T>(start: () => Promise<T>, signal?: AbortSignalLike): Promise<T> => {
  if (!signal) return start();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    start().then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
};

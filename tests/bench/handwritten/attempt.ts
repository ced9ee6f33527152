/** What became of one attempt. */
export interface Outcome {
  /** Why there is no whole answer, where there is none. */
  failure?: "network" | "timeout";
  cause?: unknown;
  /** 0 until the headers came. */
  status: number;
  headers?: Headers;
  text?: string;
}

/** Sends once. Ends with `timeout` after so many ms, the body included; rejects only on abort. */
export const attempt = (
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  ms: number,
  signal?: AbortSignal,
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const controller = new AbortController();
    const outcome: Outcome = { status: 0 };
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const end = (act: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      act();
    };
    const abort = () =>
      end(() => {
        controller.abort();
        reject(signal!.reason);
      });
    const expire = () =>
      end(() => {
        controller.abort();
        resolve({ ...outcome, failure: "timeout" });
      });

    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", abort);
    if (ms < Infinity) timer = setTimeout(expire, Math.min(ms, 2 ** 31 - 1));

    const send = async () => {
      // A redirect could carry the key to somebody else.
      const response = await fetch(url, { ...init, signal: controller.signal, redirect: "manual" });
      // Somebody's fetch that does not listen to its signal.
      if (over) return void response.body?.cancel().catch(() => {});
      outcome.status = response.status;
      outcome.headers = response.headers;
      const text = await response.text();
      if (typeof text !== "string") throw new TypeError("the answer has no text");
      outcome.text = text;
    };
    send().then(
      () => end(() => resolve(outcome)),
      (cause) => end(() => resolve({ ...outcome, failure: "network", cause })),
    );
  });

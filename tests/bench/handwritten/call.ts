import { attempt, type Outcome } from "./attempt.ts";
import { CenterfyError, codeOf, hint, invalid, type ErrorCode } from "./error.ts";
import type { CallEvent } from "./events.ts";
import { limiterOf, type Limiter, type Place } from "./limiter.ts";
import type { Operation } from "./operations.ts";
import { readCall, type Acquire, type CallSettings, type ClientSettings, type Limit, type RequestOptions } from "./options.ts";
import { backoff, retryable, waitOf } from "./retry.ts";
import { check } from "./validate.ts";

interface Prepared {
  url: string;
  init: RequestInit;
}

/** Checks the arguments and makes the request of them. */
const prepare = (client: ClientSettings, operation: Operation, id: any, request: any): Prepared => {
  const { name, method, path, fields = [] } = operation;
  if (operation.id) check(operation.id, id, name);
  if (operation.request) check(operation.request, request, name);
  for (const field of fields) check(field, request?.[field.name], name, request);
  let url = client.base + path;
  if (operation.id && path.endsWith("/")) {
    try {
      url += encodeURIComponent(id);
    } catch {
      throw invalid(operation.id.name, "well-formed Unicode", name);
    }
  }
  if (method === "GET") {
    const query = fields.filter((field) => request?.[field.name] !== undefined);
    if (query.length) url += `?${query.map((field) => `${field.name}=${request[field.name]}`).join("&")}`;
    return { url, init: { method, headers: { ...client.headers }, body: undefined } };
  }
  try {
    const body = JSON.stringify(operation.request ? request : { agent_id: id });
    return { url, init: { method, body, headers: { ...client.headers, "content-type": "application/json" } } };
  } catch {
    throw invalid((operation.request ?? operation.id)!.name, "possible to write as JSON", name);
  }
};

const parse = (text?: string, reviver?: (key: string, value: any) => unknown): any => {
  try {
    return JSON.parse(text!, reviver);
  } catch {}
};

const sleep = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      settle();
    };
    const abort = () => end(() => reject(signal!.reason));
    const timer = setTimeout(() => end(resolve), Math.min(ms, 2 ** 31 - 1));
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort);
  });

/** Somebody's stand-in for fetch may answer without headers. */
const headersOf = ({ headers }: Outcome) => (headers?.get ? waitOf(headers) : undefined);

class Call {
  #attempts = 0;
  #limiter: Limiter | undefined;

  constructor(
    readonly client: ClientSettings,
    readonly operation: Operation,
    readonly settings: CallSettings,
    readonly request: Prepared,
  ) {
    const limit = client.rateLimit as Partial<Limit & Acquire>;
    if (limit.requests && !limit.acquire) this.#limiter = limiterOf(client.apiKey ?? client.base);
  }

  async run() {
    const { client, operation, settings, request } = this;
    const { repeatSafe } = operation;
    let deadline = performance.now() + settings.timeout;
    for (;;) {
      const asked = performance.now();
      const place = await this.#place(deadline - asked);
      this.#attempts++;
      const started = performance.now();
      if (place) place.time = started;
      // Waiting for a place is not charged to the timeout.
      deadline += started - asked;
      this.#emit("request");
      const outcome = await attempt(
        client.fetch ?? globalThis.fetch,
        request.url,
        request.init,
        Math.min(settings.attemptTimeout, deadline - started),
        settings.signal,
      );
      const now = performance.now();
      const { status } = outcome;
      if (status && outcome.failure !== "timeout") this.#emit("response", { status, durationMs: now - started });
      settings.signal?.throwIfAborted();
      // A server's word stands although its explanation is lost.
      const unanswered = outcome.failure === "network" && status >= 400 ? undefined : outcome.failure;
      if (!unanswered && status >= 200 && status < 300) return this.#success(outcome);

      const asks = status >= 400 && !unanswered ? headersOf(outcome) : undefined;
      if (status === 429 && asks !== undefined) this.#limiter?.hold(asks);
      const wait = asks ?? backoff(this.#attempts);
      const again = unanswered ? repeatSafe || status === 429 : retryable(status, repeatSafe);
      if (!again || this.#attempts > settings.maxRetries || now + wait >= deadline) {
        const reached = unanswered ? status < 400 || status >= 500 : status >= 500;
        throw this.#error(unanswered ?? codeOf(status), outcome, reached && !repeatSafe, asks);
      }
      this.#emit("retry", { delayMs: wait });
      await sleep(wait, settings.signal);
      // A laptop that was shut: the clock went on, the timer did not.
      if (performance.now() >= deadline) throw this.#error("timeout", { status: 0 }, false);
    }
  }

  /** Waits until the request may be sent. */
  async #place(patience: number) {
    const { client, operation, settings } = this;
    const { signal } = settings;
    signal?.throwIfAborted();
    if (!client.rateLimit) return;
    return new Promise<Place | undefined>((resolve, reject) => {
      let queued = true;
      let leave: (() => void) | undefined;
      const end = (settle: () => void) => {
        if (!queued) return;
        queued = false;
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const abort = () => {
        leave?.();
        end(() => reject(signal!.reason));
      };
      signal?.addEventListener("abort", abort);
      if (this.#limiter) {
        leave = this.#limiter.join({
          limit: client.rateLimit as Limit,
          patience,
          go: (place) => end(() => resolve(place)),
          refuse: (held) => end(() => reject(this.#error("rate_limited", { status: 0 }, false, held))),
        });
      } else {
        const acquire = async () =>
          (client.rateLimit as Acquire).acquire({ operation: operation.name, attempt: this.#attempts + 1, signal });
        acquire().then(
          () => end(() => resolve(undefined)),
          (error) => end(() => reject(error)),
        );
      }
      if (queued) this.#emit("queued", { attempt: this.#attempts + 1 });
    });
  }

  #success(outcome: Outcome) {
    const answer = parse(outcome.text);
    if (answer === undefined) throw this.#error("parse", outcome, !this.operation.repeatSafe);
    if (answer?.error === true) throw this.#error("http", outcome, false);
    return answer;
  }

  #error(code: ErrorCode, { status, headers, text, cause }: Outcome, maybeDelivered: boolean, wait?: number) {
    const { name } = this.operation;
    const id = headers?.get?.("x-request-id");
    const hidden = text && this.#hide(text);
    const body = hidden ? (parse(hidden, (_, value) => (typeof value === "string" ? this.#hide(value) : value)) ?? hidden.slice(0, 1000)) : undefined;
    const said = typeof body?.message === "string" ? body.message : hint(code);
    const why = code === "network" && cause instanceof Error ? ` (${this.#hide(cause.message)})` : "";
    const number = status ? ` (status ${status})` : "";
    const warning = maybeDelivered ? "; it may have been carried out, so look before you send it again" : "";
    return new CenterfyError(code, `${name}: ${said}${why}${number}${warning}`, {
      operation: name,
      attempts: this.#attempts,
      maybeDelivered,
      ...(status ? { status } : {}),
      ...(body === undefined ? {} : { body }),
      ...(id ? { requestId: this.#hide(id) } : {}),
      ...(wait === undefined ? {} : { retryAfter: wait / 1000 }),
      cause: this.#shows(cause) ? new Error(this.#hide(String((cause as any)?.message))) : cause,
    });
  }

  /** Whether a cause carries the key: some errors of fetch repeat a header, or have the request. */
  #shows(cause: any) {
    const { apiKey } = this.client;
    if (!apiKey) return false;
    let text = "";
    try {
      for (; cause && text.length < 1e5; cause = cause.cause) {
        text += `${cause.stack}${cause.message}${JSON.stringify(cause)}`;
      }
    } catch {
      // What cannot be looked through is not shown.
      return true;
    }
    return text.includes(apiKey);
  }

  /** No part of an error has the key, whatever the server repeats. */
  #hide(text: string) {
    const { apiKey } = this.client;
    return apiKey ? text.replaceAll(apiKey, "[apiKey]") : text;
  }

  #emit(type: CallEvent["type"], more?: Partial<CallEvent>) {
    try {
      const { name } = this.operation;
      this.client.onEvent?.({ type, operation: name, attempt: this.#attempts, url: this.#hide(this.request.url), ...more });
    } catch {
      // A listener's mistake must not change the call.
    }
  }
}

/** Makes one call; never throws, only rejects. */
export const call = async (
  client: ClientSettings,
  operation: Operation,
  id: unknown,
  request: unknown,
  options?: RequestOptions,
) => {
  const settings = readCall(options, client, operation.name);
  settings.signal?.throwIfAborted();
  return new Call(client, operation, settings, prepare(client, operation, id, request)).run();
};

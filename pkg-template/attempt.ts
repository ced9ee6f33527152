/** One HTTP request and its response. */
import { now } from "./clock.js";
import { Event } from "./generated/protocol.js";
import { NONE, parse, waitOf, type Headers } from "./response.js";
import type { FetchInit, FetchLike, Release } from "./types.js";

/** The request of each attempt. */
export interface Outgoing {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Whether the server is a proxy, whose framework may redirect to the URL with or without a trailing slash. */
  _once: boolean;
}

/** An attempt. Fields are absent until their values arrive. */
export interface Attempt {
  /** Present while the request is in flight, or while the next attempt waits for a custom limiter. */
  _controller?: AbortController | undefined;
  /** Releases the slot once the request can no longer arrive at the server; until `fetch` has settled. */
  _release?: Release | undefined;
  _startedAt?: number;
  /** 0 until the headers arrive. */
  _status: number;
  _headers?: Headers;
  /** The wait that the server requests, in milliseconds. */
  _wait: number;
  /** The complete body. */
  _text?: string;
  /** The body's JSON value. */
  _json?: any;
  /** Why there is no complete response. */
  _cause?: any;
  /** The details that events and `withResponse()` report. */
  _result?: { status: number; requestId: string | undefined; durationMs: number };
  /** Why the call may need another attempt. */
  _reason?: "timeout" | "network" | "status";
}

/** An attempt that has not been sent. */
export const noAttempt = (): Attempt => ({ _status: 0, _wait: NONE });

/** Aborts the attempt if it is in flight. Its outcome is ignored from now on. */
export const drop = (attempt: Attempt) => {
  if (!attempt._controller) return;
  attempt._controller.abort();
  attempt._controller = undefined;
  attempt._release?.(true);
};

/** Every operation responds with a JSON object. */
const kindOf = (json: any): Event => {
  if (json !== Object(json) || Array.isArray(json)) return Event.Unreadable;
  return json.error === true ? Event.ErrorJson : Event.Json;
};

/** Adds a trailing slash to the URL's path, or removes it. */
const toggled = (url: string) => url.replace(/\/?(?=\?|$)/, (slash) => (slash ? "" : "/"));

/**
 * A `fetch` that throws counts as one that rejects: the request may have been sent. A `fetch` that ignores its
 * signal may deliver the request long after the attempt was aborted.
 */
const start = async (attempt: Attempt, fetch: FetchLike, outgoing: Outgoing, signal: AbortSignal): Promise<any> => {
  const { url, method, headers, body, _once: once } = outgoing;
  // The headers are copied, since a custom fetch may modify them. Redirects are not followed: they could send the
  // key to another host.
  const request = (url: string): PromiseLike<any> =>
    fetch(url, { method, headers: { ...headers }, body, signal, redirect: "manual" } as FetchInit);
  try {
    const response = await request(url);
    // The status of a redirect is 0 in a page. A server that redirects has not performed the request.
    return once && !signal.aborted && /^(0|30)/.test(response.status) ? await request(toggled(url)) : response;
  } finally {
    attempt._release?.(true);
    attempt._release = undefined;
  }
};

/** Sends the request. `done` is called with the outcome, unless the attempt is dropped first. */
export const send = async (attempt: Attempt, fetch: FetchLike, outgoing: Outgoing, done: (event: Event) => void) => {
  const { signal } = (attempt._controller = new AbortController());
  const started = start(attempt, fetch, outgoing, signal);
  attempt._startedAt = now();
  let event = Event.Lost;
  try {
    const response = await started;
    // A custom fetch may ignore its signal.
    if (signal.aborted) await response.body?.cancel();
    const { status, headers } = response;
    attempt._status = status;
    attempt._headers = headers;
    if (status >= 400) attempt._wait = waitOf(headers);
    attempt._text = await response.text();
    attempt._json = parse(attempt._text);
    event = kindOf(attempt._json);
  } catch (error) {
    attempt._cause = error;
  }
  if (!signal.aborted) {
    attempt._controller = undefined;
    done(event);
  }
};

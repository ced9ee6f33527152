/** One request on the wire, and what came of it. */
import { NONE, parse, waitOf, type Headers } from "./response.js";
import { now } from "./clock.js";
import { Event } from "./generated/protocol.js";
import type { FetchInit, FetchLike, Release } from "./types.js";

/** What goes out, with every attempt anew. */
export interface Outgoing {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Whether it goes to a proxy, whose framework may redirect to the URL with a slash at its end, or without. */
  _once: boolean;
}

/** An attempt. What has not come is left out. */
export interface Attempt {
  /** While it is on the wire; or what comes after it waits for a limiter of the caller's own. */
  _controller?: AbortController | undefined;
  /** Tells the limiter that its request can no longer arrive, until `fetch` has settled. */
  _release?: Release | undefined;
  _startedAt?: number;
  /** 0 until the headers have come. */
  _status: number;
  _headers?: Headers;
  /** The wait that the server asks for, in milliseconds. */
  _wait: number;
  /** The body, when it has come whole. */
  _text?: string;
  /** The body as JSON. */
  _json?: any;
  /** Why no answer came, or not whole. */
  _cause?: any;
}

/** An attempt of which nothing has come. */
export const noAttempt = (): Attempt => ({ _status: 0, _wait: NONE });

/** Ends it, if it is on the wire. Nothing more comes of it. */
export const drop = (attempt: Attempt) => {
  if (!attempt._controller) return;
  attempt._controller.abort();
  attempt._controller = undefined;
  attempt._release?.(true);
};

/** No operation answers anything but an object. */
const kindOf = (json: any): Event => {
  if (json !== Object(json) || Array.isArray(json)) return Event.Unreadable;
  return json.error === true ? Event.ErrorJson : Event.Json;
};

/** The URL with a slash at the end of its path, or without it where there is one. */
const toggled = (url: string) => url.replace(/\/?(?=\?|$)/, (slash) => (slash ? "" : "/"));

/**
 * A `fetch` that throws is one that rejects: the request may have left all the same. One that ignores its
 * signal may deliver it long after the attempt was given up.
 */
const start = async (attempt: Attempt, fetch: FetchLike, outgoing: Outgoing, signal: AbortSignal): Promise<any> => {
  const { url, method, headers, body, _once: once } = outgoing;
  // A copy of the headers, since a fetch of the caller's own may write into them. A redirect could
  // carry the key to somebody else.
  const ask = (url: string): PromiseLike<any> =>
    fetch(url, { method, headers: { ...headers }, body, signal, redirect: "manual" } as FetchInit);
  try {
    const response = await ask(url);
    // A redirect, whose status a page sees as 0. What redirects has carried nothing out.
    return once && !signal.aborted && /^(0|30)/.test(response.status) ? await ask(toggled(url)) : response;
  } finally {
    attempt._release?.(true);
    attempt._release = undefined;
  }
};

/** Sends. `came` is called with what came of it, unless it is dropped before. */
export const send = async (attempt: Attempt, fetch: FetchLike, outgoing: Outgoing, came: (event: Event) => void) => {
  const { signal } = (attempt._controller = new AbortController());
  const going = start(attempt, fetch, outgoing, signal);
  attempt._startedAt = now();
  let event = Event.Lost;
  try {
    const response = await going;
    // Somebody's fetch that does not listen to its signal.
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
    came(event);
  }
};

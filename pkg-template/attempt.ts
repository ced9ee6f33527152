/** One request on the wire, and what came of it. */
import { NONE, parse, waitOf, type Headers } from "./answer.js";
import { now } from "./clock.js";
import { Event } from "./generated/protocol.js";
import type { FetchInit, FetchLike, Release } from "./types.js";

/** What goes out, with every attempt anew. */
export interface Outgoing {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  /**
   * Behind a proxy: the same URL with a slash at the end of its path, or without one. Some frameworks
   * redirect to that.
   */
  _other: string | false;
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

/**
 * A `fetch` that throws is one that rejects: the request may have left all the same. One that ignores its
 * signal may deliver it long after the attempt was given up.
 */
const start = async (attempt: Attempt, fetch: FetchLike, url: string, init: FetchInit): Promise<any> => {
  try {
    return await fetch(url, init);
  } finally {
    attempt._release?.(true);
    attempt._release = undefined;
  }
};

/** Takes in what comes. `again` sends to the other URL, behind a proxy. */
const read = async (
  attempt: Attempt,
  going: PromiseLike<any>,
  again: () => unknown,
  signal: AbortSignal,
  came: (event: Event) => void,
) => {
  let event = Event.Lost;
  try {
    let response = await going;
    // A redirect, whose status a page sees as 0. What redirects has carried nothing out.
    if (/^(0|30)/.test(response.status)) response = (await again()) || response;
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

/** Sends. `came` is called with what came of it, unless it is dropped before. */
export const send = (attempt: Attempt, fetch: FetchLike, outgoing: Outgoing, came: (event: Event) => void) => {
  const { signal } = (attempt._controller = new AbortController());
  const { url, method, body, _other: other } = outgoing;
  // A copy of the headers, since a fetch of the caller's own may write into them. A redirect could
  // carry the key to somebody else.
  const init = () => ({ method, headers: { ...outgoing.headers }, body, signal, redirect: "manual" }) as FetchInit;
  const again = () => other && !signal.aborted && start(attempt, fetch, other, init());
  read(attempt, start(attempt, fetch, url, init()), again, signal, came);
  attempt._startedAt = now();
};

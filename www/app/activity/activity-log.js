// The log of the client's events (`onEvent`): one entry per attempt, use of the rate limit, latency,
// and the last call. It has no elements; `activity.js` shows it.

import { Latency } from "./latency.js";
import { LimitCount, WINDOW } from "./limit.js";
import { onSent, sharedName } from "../other-tabs.js";

const LONGEST = 200;
const listeners = new Set();

export const log = {
  /** Oldest first: `{ kind, operation, attempt, state, status, ms, at, times }`. */
  entries: [],
  calls: 0,
  attempts: 0,
  retries: 0,
  queued: 0,
  /** The last call that a person made: `{ operation, args }`. */
  lastCall: null,
  latency: new Latency(),
  limit: new LimitCount(""),
};

const limits = new Map();
/** Each key has a separate limit at each base URL; `name` is their `sharedName`. */
function limitOf(name) {
  if (!limits.has(name)) limits.set(name, new LimitCount(name));
  return limits.get(name);
}
onSent(() => {
  for (const limit of limits.values()) limit.readAgain();
  tell();
});

/** Shows the limit of `connection` from now on. */
export function countFor(connection) {
  log.limit = limitOf(sharedName(connection));
  tell();
}

export function onActivity(listener) {
  listeners.add(listener);
}

const tell = () => { for (const listener of listeners) listener(log); };

export function recordCall(operation, args) {
  log.lastCall = { operation, args };
  tell();
}

/** Adds one `onEvent` event of a client; `name` is that of the client's rate limit. */
export function recordEvent(event, name) {
  const at = Date.now();
  TAKES[event.type]?.(event, at, name === undefined ? log.limit : limitOf(name));
  tell();
}

/** A request is queued in the page, before the client has it. Returns a function that ends the wait; its argument says whether it was stopped. */
export function recordHeld(operation) {
  const { limit } = log;
  log.queued += 1;
  limit.queued(operation);
  const entry = add({ kind: "wait", state: "queued", operation, url: "", at: Date.now() });
  tell();
  return (isStopped) => {
    limit.left(operation);
    Object.assign(entry, { ms: Date.now() - entry.at, ...(isStopped ? { state: "stopped" } : {}) });
    tell();
  };
}

const place = ({ operation, url }) => `${operation} ${url}`;

const TAKES = {
  queued({ operation, attempt, url }, at, limit) {
    log.queued += 1;
    limit.queued(place({ operation, url }));
    add({ kind: "wait", state: "queued", operation, attempt, url, at });
  },
  request({ operation, attempt, url }, at, limit) {
    limit.sent(place({ operation, url }), at);
    const queued = log.entries.find((entry) => entry.state === "queued" && entry.operation === operation && entry.url === url && entry.ms === undefined);
    if (queued) queued.ms = at - queued.at;
    log.attempts += 1;
    if (attempt === 1 || attempt === undefined) log.calls += 1;
    add({ kind: "attempt", state: "pending", operation, attempt, url, at });
  },
  response({ operation, attempt, url, status, durationMs }, at) {
    const open = log.entries.findLast((entry) =>
      entry.state === "pending" && entry.operation === operation && entry.attempt === attempt && entry.url === url)
      ?? add({ kind: "attempt", operation, attempt, url, at });
    finish(open, { state: stateOf(status), status, ms: durationMs ?? at - open.at });
    foldRepeat(open);
  },
  retry({ operation, attempt, url, delayMs }, at, limit) {
    log.retries += 1;
    const answered = log.entries.findLast((entry) => entry.state === "bad" && !entry.isRetried
      && entry.operation === operation && entry.url === url && entry.attempt === attempt);
    // Without an earlier response event, the attempt got no answer.
    const open = answered ? undefined : openAttempt(operation, url);
    if (answered) answered.isRetried = true;
    if (answered?.status === 429) limit.hold(at + delayMs);
    if (open) finish(open, { state: "failed", ms: at - open.at });
    add({ kind: "wait", state: "retry", operation, attempt, ms: delayMs, at });
  },
};

const openAttempt = (operation, url) =>
  log.entries.findLast((entry) => entry.state === "pending" && entry.operation === operation && entry.url === url);

/** The client sends no event for a call that failed or was stopped without an answer. */
export function recordFailure(operation, args, error) {
  const at = Date.now();
  if (error?.code === "rate_limited") log.limit.hold(at + (error.retryAfter > 0 ? error.retryAfter * 1_000 : WINDOW));
  const open = hadNoAnswer(error) ? openEntry(operation, args) : undefined;
  if (open?.state === "queued") {
    log.limit.left(place(open));
    Object.assign(open, { state: "stopped", ms: at - open.at });
  } else if (open) finish(open, { state: error?.name === "AbortError" ? "stopped" : "failed", ms: at - open.at });
  tell();
}

// A call that was rejected before it was sent has no entry.
const hadNoAnswer = (error) => error?.status === undefined && !["validation", "load"].includes(error?.code);

// Events do not say which call they belong to; the id in the URL distinguishes most of them.
function openEntry(operation, args) {
  const open = log.entries.filter((entry) => entry.operation === operation && entry.url
    && (entry.state === "pending" || (entry.state === "queued" && entry.ms === undefined)));
  const id = typeof args?.[0] === "string" ? encodeURIComponent(args[0].toWellFormed()) : "";
  return open.find(({ url }) => url.includes(id)) ?? open[0];
}

// A stopped attempt has no meaningful latency.
function finish(entry, ended) {
  Object.assign(entry, ended);
  if (entry.state !== "stopped") log.latency.add(entry.operation, { ...entry });
}

function add(entry) {
  log.entries.push({ ...entry, times: 1 });
  if (log.entries.length > LONGEST) log.entries.shift();
  return log.entries.at(-1);
}

// Without a status, the attempt failed before an answer arrived.
const stateOf = (status) => (status === undefined || status === 0 ? "failed" : status < 400 ? "good" : "bad");

// A repeated successful request, as in polling, is counted on the previous entry.
function foldRepeat(entry) {
  const index = log.entries.indexOf(entry);
  const before = log.entries[index - 1];
  if (entry.state !== "good" || before?.state !== "good" || before.url !== entry.url || before.operation !== entry.operation) return;
  log.entries.splice(index, 1);
  Object.assign(before, { times: before.times + 1, ms: entry.ms, status: entry.status, at: entry.at });
}

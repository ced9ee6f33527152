// The only module that uses the package.

import { countFor, log, recordCall, recordEvent, recordFailure, recordHeld } from "./activity/activity-log.js";
import { FOR_PEOPLE } from "./activity/limit.js";
import { isInPage, reach } from "./network.js";
import { reportChange, sharedName } from "./other-tabs.js";
import { store } from "./store.js";
import * as texts from "./texts/errors.js";

/** The HTTP status of a rate-limited request. */
const TOO_MANY = 429;

let loading;
/** The package. A failed load is not cached, so that it can be retried. */
export function loadPackage() {
  loading ??= import("../pkg/index.js").catch((error) => { loading = undefined; throw error; });
  return loading;
}

let client = null;

/** Creates the client for `connection`; throws a CenterfyError that names an invalid field. Nothing is sent. */
export async function makeClient(connection) {
  const { Centerfy } = await loadPackage();
  const options = connection.kind === "proxy" ? throughProxy(connection) : withOwnKey(connection);
  const name = sharedName(connection);
  return new Centerfy({ ...options, onEvent(event) {
    recordEvent(event, name);
    follow(event, name);
  } });
}

/** Makes the page use `made`, the client for `connection`. */
export function use(connection, made) {
  client = made;
  countFor(connection);
  // The lists and the open entities belonged to the previous connection.
  store.set({ connection, directory: null, agentId: null, agent: null, contactId: null });
}

const withOwnKey = ({ apiKey, baseUrl, auth }) => ({
  ...(apiKey ? { apiKey, dangerouslyAllowBrowser: true } : {}),
  baseUrl,
  auth,
  ...(isInPage(baseUrl) ? { fetch: reach } : {}),
});

// The proxy has the key. It usually identifies users by cookies, which are sent to another site only
// on request.
const throughProxy = ({ baseUrl, cookies }) => ({
  proxy: baseUrl,
  ...(cookies ? { fetch: (url, init) => fetch(url, { ...init, credentials: "include" }) } : {}),
});

/**
 * Calls one operation. `options` are the package's RequestOptions. `spare` leaves some of the
 * minute's requests unused for a person's actions; so does `background`, and the page does not show
 * that call as code. `onWire()` runs when an attempt is sent, `onHeld()` when the API rejected it with
 * 429 and it will be retried.
 */
export async function call(operation, args, options = {}, { background = false, spare = background, onWire, onHeld } = {}) {
  if (!background) recordCall(operation, args);
  const mine = client;
  await requireNetwork(operation);
  const name = sharedName(store.get("connection"));
  const followed = { name, operation, onWire, onHeld };
  if (spare) await untilFree(operation, FOR_PEOPLE, options.signal);
  inFlight.push(followed);
  try {
    const answer = await mine[operation](...args, options);
    if (!operation.startsWith("get")) reportChange(name, operation, args[0]);
    return answer;
  } catch (error) {
    recordFailure(operation, args, error);
    throw error;
  } finally {
    inFlight.splice(inFlight.indexOf(followed), 1);
  }
}

// An offline browser sends nothing, but reports the same error as for a request that was lost on the
// way. A server on this machine can be reached offline, so try it, without the key.
async function requireNetwork(operation) {
  const { baseUrl } = store.get("connection");
  if (navigator.onLine || isInPage(baseUrl)) return;
  await fetch(baseUrl, { mode: "no-cors", credentials: "omit" }).catch(() => {
    throw Object.assign(new Error(texts.offline.title), { code: "network", operation, isOffline: true });
  });
}

/** In call order, which the package's queue keeps. */
const inFlight = [];

/** Passes an event to its call. A call gets its id from its first event. */
function follow({ type, callId, operation, status }, name) {
  const followed = inFlight.find((other) => other.callId === callId)
    ?? inFlight.find((other) => other.callId === undefined && other.name === name && other.operation === operation);
  if (!followed) return;
  followed.callId = callId;
  if (type === "request") followed.onWire?.();
  if (type === "response") followed.status = status;
  if (type === "retry" && followed.status === TOO_MANY) followed.onHeld?.();
}

/**
 * Resolves when a request can be sent that leaves `kept` of the minute's requests unused; rejects when
 * `signal` aborts. Until then the meter counts it as queued.
 */
export async function untilFree(operation, kept, signal) {
  if (log.limit.freeIn(Date.now(), kept) <= 0) return;
  const proceed = recordHeld(operation);
  try {
    for (let wait; (wait = log.limit.freeIn(Date.now(), kept)) > 0;) await pause(wait, signal);
  } finally {
    proceed(signal?.aborted);
  }
}

const pause = (ms, signal) => new Promise((resolve, reject) => {
  signal?.throwIfAborted();
  const timer = setTimeout(done, ms);
  signal?.addEventListener("abort", done, { once: true });
  function done() {
    clearTimeout(timer);
    signal?.removeEventListener("abort", done);
    if (signal?.aborted) reject(signal.reason);
    else resolve();
  }
});

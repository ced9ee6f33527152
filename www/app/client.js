// The one place where the page meets the package.

import { countFor, limitName, log, recordCall, recordEvent, recordFailure, recordHeld } from "./activity/activity-log.js";
import { FOR_PEOPLE } from "./activity/limit.js";
import { isInPage, reach } from "./network.js";
import { store } from "./store.js";

/** The HTTP status with which the API asks to wait. */
const TOO_MANY = 429;

let loading;
/** The package. A failed load is not kept, so that it can be tried again. */
export function loadPackage() {
  loading ??= import("../pkg/index.js").catch((error) => { loading = undefined; throw error; });
  return loading;
}

let client = null;

/** Makes the client for `connection`, and uses it; throws a CenterfyError with the field that it refuses. */
export async function connect(connection) {
  use(connection, await makeClient(connection));
}

/** Makes the client for `connection`. Nothing is sent. */
export async function makeClient(connection) {
  const { Centerfy } = await loadPackage();
  const options = connection.kind === "proxy" ? throughProxy(connection) : withOwnKey(connection);
  const name = limitName(connection);
  return new Centerfy({ ...options, onEvent(event) {
    recordEvent(event, name);
    follow(event, name);
  } });
}

/** From now on the page calls `made`, the client for `connection`. */
export function use(connection, made) {
  client = made;
  countFor(connection);
  // Who there is, and who was open, belonged to the connection before.
  store.set({ connection, directory: null, agentId: null, agent: null, contactId: null });
}

const withOwnKey = ({ apiKey, baseUrl, auth }) => ({
  ...(apiKey ? { apiKey, dangerouslyAllowBrowser: true } : {}),
  baseUrl,
  auth,
  ...(isInPage(baseUrl) ? { fetch: reach } : {}),
});

// The proxy has the key. It knows people by their cookies as a rule, which another site only gets
// when it is said so.
const throughProxy = ({ baseUrl, cookies }) => ({
  proxy: baseUrl,
  ...(cookies ? { fetch: (url, init) => fetch(url, { ...init, credentials: "include" }) } : {}),
});

/**
 * Calls one operation. `options` are the package's RequestOptions. `spare` leaves some of the
 * minute's requests unused for what a person does meanwhile; `background` does so too, and the call
 * does not become the code that the page shows. `onWire()` runs when an attempt is sent, `onHeld()` when the API refused
 * it with 429 and another one follows.
 */
export async function call(operation, args, options = {}, { background = false, spare = background, onWire, onHeld } = {}) {
  if (!background) recordCall(operation, args);
  const mine = client;
  const followed = { name: limitName(store.get("connection")), operation, onWire, onHeld };
  if (spare) await untilFree(operation, FOR_PEOPLE, options.signal);
  inFlight.push(followed);
  try {
    return await mine[operation](...args, options);
  } catch (error) {
    recordFailure(operation, args, error);
    throw error;
  } finally {
    inFlight.splice(inFlight.indexOf(followed), 1);
  }
}

/** In the order in which they were made, which the package's queue keeps. */
const inFlight = [];

/** Tells the call that an event is of. A call learns its id from its first event. */
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
 * Resolves when a request can be sent that leaves `kept` of the minute's unused; rejects when `signal`
 * aborts. Meanwhile the limit's meter counts it as waiting.
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

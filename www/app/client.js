// The one place where the page meets the package.

import { countFor, limitName, log, recordCall, recordEvent, recordFailure, recordHeld } from "./activity/activity-log.js";
import { FOR_PEOPLE } from "./activity/limit.js";
import { isInPage, reach } from "./network.js";
import { store } from "./store.js";

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
    if (event.type === "request" && event.attempt === 1) goesOut(name, event.operation);
    recordEvent(event, name);
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
 * does not become the code that the page shows. `onWire()` runs when the first attempt leaves the queue and is sent.
 */
export async function call(operation, args, options = {}, { background = false, spare = background, onWire } = {}) {
  if (!background) recordCall(operation, args);
  const mine = client;
  const token = { name: limitName(store.get("connection")), operation, onWire };
  if (spare) await untilFree(operation, FOR_PEOPLE, options.signal);
  queue.push(token);
  try {
    return await mine[operation](...args, options);
  } catch (error) {
    recordFailure(operation, args, error);
    throw error;
  } finally {
    leaves(token);
  }
}

/** Calls of which no attempt was sent yet, in their order: the package's queue keeps it. */
const queue = [];

function goesOut(name, operation) {
  const token = queue.find((other) => other.name === name && other.operation === operation);
  leaves(token);
  token?.onWire?.();
}

function leaves(token) {
  const index = queue.indexOf(token);
  if (index >= 0) queue.splice(index, 1);
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

// The one place where the page meets the package.

import { recordCall, recordEvent, recordFailure } from "./activity/activity-log.js";
import { isInPage, reach } from "./network.js";
import { store } from "./store.js";

let loading;
/** The package. A failed load is not kept, so that it can be tried again. */
export function loadPackage() {
  loading ??= import("../pkg/index.js").catch((error) => { loading = undefined; throw error; });
  return loading;
}

let client = null;

/** Makes the client for `connection`; throws a CenterfyError with the field that it refuses. */
export async function connect(connection) {
  const { Centerfy } = await loadPackage();
  const options = connection.kind === "proxy" ? throughProxy(connection) : withOwnKey(connection);
  client = new Centerfy({ ...options, onEvent: recordEvent });
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
 * Calls one operation. `options` are the package's RequestOptions; `background` calls, which
 * nobody asked for, do not become the code that the page shows.
 */
export async function call(operation, args, options = {}, { background = false } = {}) {
  if (!background) recordCall(operation, args);
  try {
    return await client[operation](...args, options);
  } catch (error) {
    recordFailure(operation, args, error);
    throw error;
  }
}

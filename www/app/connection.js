// What the client is connected to, and where that is remembered. The key is kept in memory only,
// or for this tab when its owner asks for it; it never goes to localStorage.

import { isInPage, keyOfSandbox, sandboxBase } from "./network.js";

const SETTINGS = "centerfy-demo:connection";
const KEY = "centerfy-demo:key";
const API_PATH = "functions/v1/crm-api";
export const SANDBOX_KEY = "cfy_sandbox";

/** Where the API itself is, and where a proxy stands in the package's own examples. */
export const API_URL = `https://crmwebhook.com/${API_PATH}`;
export const PROXY_PATH = "/api/centerfy";

/**
 * The sandbox: in this page, or where the page comes from. `kind` is "sandbox", "api" or "proxy";
 * `cookies` says whether a proxy on another site gets that site's cookies.
 */
export const defaultConnection = () => ({
  kind: "sandbox",
  baseUrl: new URL(API_PATH, sandboxBase()).href,
  apiKey: SANDBOX_KEY,
  auth: "bearer",
  cookies: true,
  organizationId: "",
  subAccountId: "",
  keepKey: false,
});

/** The connection of the last visit. A real key is asked for again, unless this tab keeps it. */
export function loadConnection() {
  const standard = defaultConnection();
  const connection = { ...standard, ...readJson(localStore, SETTINGS) };
  const isSandbox = connection.kind === "sandbox";
  // Served from elsewhere since, the page has its sandbox elsewhere too.
  if (isSandbox) connection.baseUrl = standard.baseUrl;
  const kept = connection.kind === "proxy" ? "" : read(tabStore, KEY);
  return { ...connection, apiKey: kept ?? (isSandbox ? SANDBOX_KEY : ""), keepKey: Boolean(kept) };
}

/** Whether a key has to be asked for before the API answers anything. */
export const lacksKey = ({ kind, apiKey }) => kind === "api" && !apiKey;

/** The connection with the key of the sandbox in the page, where it leads there without one of its own. */
export const withKey = async (connection) =>
  isInPage(connection.baseUrl) && connection.apiKey === SANDBOX_KEY
    ? { ...connection, apiKey: await keyOfSandbox() }
    : connection;

export function saveConnection({ apiKey, keepKey, ...settings }) {
  write(localStore, SETTINGS, JSON.stringify(settings));
  // The sandbox in the page takes another key the next time.
  write(tabStore, KEY, keepKey && !isInPage(settings.baseUrl) ? apiKey : null);
}

/** Where the sandbox's control door would be, or null when the base URL cannot be the sandbox's. */
export function controlDoor(baseUrl) {
  let url;
  try { url = new URL(baseUrl, document.baseURI); } catch { return null; }
  const path = url.pathname.replace(/\/+$/, "");
  const local = isInPage(url) || url.origin === location.origin || ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (!local || !path.endsWith(`/${API_PATH}`)) return null;
  return `${url.origin}${path.slice(0, -API_PATH.length)}_sandbox/`;
}

// Storage can be switched off, or full; the page then only forgets. Switched off, even its name throws.
function storageCalled(name) {
  try { return globalThis[name]; } catch { return null; }
}
export const localStore = storageCalled("localStorage");
export const tabStore = storageCalled("sessionStorage");

export function read(storage, name) {
  try { return storage.getItem(name); } catch { return null; }
}

export function readJson(storage, name) {
  try { return JSON.parse(read(storage, name) ?? "null"); } catch { return null; }
}

export function write(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, value);
  } catch { /* forgotten at the next visit */ }
}

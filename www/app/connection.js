// The connection and its storage. A tab keeps its own connection; localStorage has the one for new
// tabs. The key is kept in memory only, or for this tab and its base URL if its owner chooses so; it
// is never written to localStorage.

import { isInPage, keyOfSandbox, sandboxBase } from "./network.js";

const SETTINGS = "centerfy-demo:connection";
const KEY = "centerfy-demo:key";
/** The base URL that the stored key belongs to; if missing, the sandbox's. */
const KEY_FOR = "centerfy-demo:key-for";
const API_PATH = "functions/v1/crm-api";
export const SANDBOX_KEY = "cfy_sandbox";

/** The API's base URL, and the path of the proxy in the package's examples. */
export const API_URL = `https://crmwebhook.com/${API_PATH}`;
export const PROXY_PATH = "/api/centerfy";

/**
 * The sandbox: in this page, or on the page's server. `kind` is "sandbox", "api" or "proxy";
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

/** This tab's connection, or else that of new tabs. A real key has to be entered again unless this tab keeps it. */
export function loadConnection() {
  const standard = defaultConnection();
  let connection = { ...standard, ...(readJson(tabStore, SETTINGS) ?? readJson(localStore, SETTINGS)) };
  if (addressProblem(connection)) connection = standard;
  const isSandbox = connection.kind === "sandbox";
  // If the page has moved to another address, so has its sandbox.
  if (isSandbox) connection.baseUrl = standard.baseUrl;
  const kept = connection.kind === "proxy" ? "" : keyFor(connection.baseUrl);
  return { ...connection, apiKey: kept ?? (isSandbox ? SANDBOX_KEY : ""), keepKey: Boolean(kept) };
}

/** The key that this tab keeps, if it belongs to `baseUrl`. */
const keyFor = (baseUrl) =>
  (read(tabStore, KEY_FOR) ?? defaultConnection().baseUrl) === baseUrl ? read(tabStore, KEY) : null;

/**
 * What is wrong with an address, as the name of its text: "scheme" if it has none and would resolve to
 * the page's own host, "path" if it is a path to another host. Otherwise null; the package validates the rest.
 */
export function addressProblem({ kind, baseUrl }) {
  if (kind === "sandbox" || /^[a-z][a-z\d+.-]*:\/\//i.test(baseUrl)) return null;
  if (kind === "api" || !baseUrl?.startsWith?.("/")) return "scheme";
  try {
    return new URL(baseUrl, document.baseURI).origin === location.origin ? null : "path";
  } catch {
    return "path";
  }
}

/** Whether a key has to be entered first. */
export const lacksKey = ({ kind, apiKey }) => kind === "api" && !apiKey;

/** The connection with the key of the sandbox in the page, if it uses that sandbox and has no key. */
export const withKey = async (connection) =>
  isInPage(connection.baseUrl) && connection.apiKey === SANDBOX_KEY
    ? { ...connection, apiKey: await keyOfSandbox() }
    : connection;

/** Stores the connection for this tab; with `forNewTabs`, for new tabs, too. */
export function saveConnection(connection, forNewTabs) {
  const { apiKey, keepKey, baseUrl } = connection;
  keepInTab(connection);
  if (forNewTabs) write(localStore, SETTINGS, settingsOf(connection));
  // The sandbox in the page has another key after a reload.
  const keeps = keepKey && !isInPage(baseUrl);
  write(tabStore, KEY_FOR, keeps ? baseUrl : null);
  write(tabStore, KEY, keeps ? apiKey : null);
}

/** Keeps this tab's connection when another tab changes the one for new tabs. */
export const keepInTab = (connection) => write(tabStore, SETTINGS, settingsOf(connection));

const settingsOf = ({ apiKey, keepKey, ...settings }) => JSON.stringify(settings);

/** The URL of the sandbox's control endpoint, or null if the base URL cannot be a sandbox's. */
export function controlEndpoint(baseUrl) {
  let url;
  try { url = new URL(baseUrl, document.baseURI); } catch { return null; }
  const path = url.pathname.replace(/\/+$/, "");
  const local = isInPage(url) || url.origin === location.origin || ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (!local || !path.endsWith(`/${API_PATH}`)) return null;
  return `${url.origin}${path.slice(0, -API_PATH.length)}_sandbox/`;
}

// Storage can be disabled or full; the page then works without it. If it is disabled, reading `localStorage` throws.
function storageCalled(name) {
  try { return globalThis[name]; } catch { return null; }
}
export const localStore = storageCalled("localStorage");
export const tabStore = storageCalled("sessionStorage");

export function read(storage, name) {
  try { return storage.getItem(name); } catch { return null; }
}

/** The entries of this tab's storage whose names start with one of `prefixes`. */
export function tabNames(prefixes) {
  try { return Object.keys(tabStore).filter((name) => prefixes.some((prefix) => name.startsWith(prefix))); } catch { return []; }
}

/** Removes those entries and returns them. */
export function clearTab(names) {
  const held = Object.fromEntries(names.map((name) => [name, readJson(tabStore, name)]));
  for (const name of names) write(tabStore, name, null);
  return held;
}

// Not `randomUUID`, which is unavailable without TLS.
export const randomId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function readJson(storage, name) {
  try { return JSON.parse(read(storage, name) ?? "null"); } catch { return null; }
}

export function write(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, value);
  } catch { /* lost at the next visit */ }
}

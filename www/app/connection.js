// What the client is connected to, and where that is remembered. A tab keeps its own connection, and
// localStorage the one with which new tabs start. The key is kept in memory only, or for this tab and
// its base URL when its owner asks for it; it never goes to localStorage.

import { isInPage, keyOfSandbox, sandboxBase } from "./network.js";

const SETTINGS = "centerfy-demo:connection";
const KEY = "centerfy-demo:key";
/** The base URL that the kept key belongs to; without one it is the sandbox's. */
const KEY_FOR = "centerfy-demo:key-for";
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

/** The connection that this tab had, else that of new tabs. A real key is needed again, unless this tab keeps it. */
export function loadConnection() {
  const standard = defaultConnection();
  let connection = { ...standard, ...(readJson(tabStore, SETTINGS) ?? readJson(localStore, SETTINGS)) };
  if (addressProblem(connection)) connection = standard;
  const isSandbox = connection.kind === "sandbox";
  // Served from elsewhere since, the page has its sandbox elsewhere too.
  if (isSandbox) connection.baseUrl = standard.baseUrl;
  const kept = connection.kind === "proxy" ? "" : keyFor(connection.baseUrl);
  return { ...connection, apiKey: kept ?? (isSandbox ? SANDBOX_KEY : ""), keepKey: Boolean(kept) };
}

/** The key that this tab keeps, where it belongs to `baseUrl`. */
const keyFor = (baseUrl) =>
  (read(tabStore, KEY_FOR) ?? defaultConnection().baseUrl) === baseUrl ? read(tabStore, KEY) : null;

/**
 * What is wrong with an address, as the name of its text: "scheme" where it lacks one and would lead to
 * the page's own host, "path" where it is a path to another host. Else null; the package checks the rest.
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

/** Whether a key has to be asked for before the API answers anything. */
export const lacksKey = ({ kind, apiKey }) => kind === "api" && !apiKey;

/** The connection with the key of the sandbox in the page, where it leads there without one of its own. */
export const withKey = async (connection) =>
  isInPage(connection.baseUrl) && connection.apiKey === SANDBOX_KEY
    ? { ...connection, apiKey: await keyOfSandbox() }
    : connection;

/** Keeps the connection for this tab; with `forNewTabs`, new tabs start with it too. */
export function saveConnection(connection, forNewTabs) {
  const { apiKey, keepKey, baseUrl } = connection;
  keepInTab(connection);
  if (forNewTabs) write(localStore, SETTINGS, settingsOf(connection));
  // The sandbox in the page takes another key the next time.
  const keeps = keepKey && !isInPage(baseUrl);
  write(tabStore, KEY_FOR, keeps ? baseUrl : null);
  write(tabStore, KEY, keeps ? apiKey : null);
}

/** This tab stays what it is, whatever another one saves for new tabs. */
export const keepInTab = (connection) => write(tabStore, SETTINGS, settingsOf(connection));

const settingsOf = ({ apiKey, keepKey, ...settings }) => JSON.stringify(settings);

/** The URL of the sandbox's control endpoint, or null when the base URL cannot be the sandbox's. */
export function controlEndpoint(baseUrl) {
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

/** What this tab keeps under names that begin with one of `prefixes`. */
export function tabNames(prefixes) {
  try { return Object.keys(tabStore).filter((name) => prefixes.some((prefix) => name.startsWith(prefix))); } catch { return []; }
}

/** Forgets those names; gives what they held. */
export function clearTab(names) {
  const held = Object.fromEntries(names.map((name) => [name, readJson(tabStore, name)]));
  for (const name of names) write(tabStore, name, null);
  return held;
}

// Not `randomUUID`, which a page without TLS has not.
export const randomId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function readJson(storage, name) {
  try { return JSON.parse(read(storage, name) ?? "null"); } catch { return null; }
}

export function write(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, value);
  } catch { /* forgotten at the next visit */ }
}

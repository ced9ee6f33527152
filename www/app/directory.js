// Who there is. The API lists neither agents nor contacts nor calls, so the names come from the
// sandbox's control door, or, where there is none, from the ids that were used here before.

import { controlDoor, readJson, write } from "./connection.js";
import { reach } from "./network.js";
import { store } from "./store.js";

const storageName = (baseUrl) => `centerfy-demo:ids:${baseUrl}`;
const empty = () => ({ agents: [], contacts: [], calls: [] });

/** Reads who there is behind `connection`; needs no client, so it can run while the package loads. */
export async function readDirectory(connection) {
  const door = controlDoor(connection.baseUrl);
  // The health check carries no key, so a real key never goes to a door that is not the sandbox's.
  const isSandbox = door !== null && (await getJson(`${door}health`))?.ok === true;
  const directory = {
    ...empty(),
    ...(isSandbox ? {} : readJson(localStorage, storageName(connection.baseUrl))),
    isSandbox,
    organizationId: connection.organizationId,
    subAccountId: connection.subAccountId,
  };
  const world = isSandbox ? await readWorld(connection) : null;
  return world ? withWorld(directory, world) : directory;
}

/** Asks the sandbox again who there is, after something was made, archived or called. */
export async function refreshDirectory() {
  const connection = store.get("connection");
  const before = store.get("directory");
  if (!before?.isSandbox) return;
  const world = await readWorld(connection);
  const now = store.get("directory");
  if (world && now && store.get("connection") === connection) store.set({ directory: withWorld(now, world) });
}

const readWorld = async ({ baseUrl, apiKey }) =>
  apiKey ? getJson(`${controlDoor(baseUrl)}worlds/${encodeURIComponent(apiKey)}`) : null;

const withWorld = (directory, world) => ({
  ...directory,
  organizationId: directory.organizationId || world.organization_id || "",
  subAccountId: directory.subAccountId || world.sub_account_id || "",
  agents: merge(world.agents, directory.agents, "id"),
  contacts: merge(world.contacts, directory.contacts, "id"),
  calls: merge(world.calls, directory.calls, "call_id"),
});

/** Adds or completes one entry of `kind` ("agents", "contacts" or "calls"). */
export function remember(kind, entry) {
  const directory = store.get("directory");
  if (!directory) return;
  const id = kind === "calls" ? "call_id" : "id";
  const known = directory[kind].find((other) => other[id] === entry[id]);
  const list = known
    ? directory[kind].map((other) => (other === known ? { ...known, ...entry } : other))
    : [...directory[kind], entry];
  const next = { ...directory, [kind]: list };
  store.set({ directory: next });
  if (!next.isSandbox) {
    const { agents, contacts, calls } = next;
    write(localStorage, storageName(store.get("connection").baseUrl), JSON.stringify({ agents, contacts, calls }));
  }
}

// The door's entries first and in its order, then those that were only opened by hand.
function merge(fresh, before, id) {
  const list = Array.isArray(fresh) ? fresh : [];
  const seen = new Set(list.map((entry) => entry[id]));
  const merged = list.map((entry) => ({ ...before.find((other) => other[id] === entry[id]), ...entry }));
  return [...merged, ...before.filter((entry) => !seen.has(entry[id]))];
}

async function getJson(url) {
  try {
    const response = await reach(url);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

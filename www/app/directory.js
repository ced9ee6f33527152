// The known agents, contacts and calls. The API has no lists, so they come from the sandbox's
// control endpoint, or else from what was opened here before.

import { controlEndpoint } from "./connection.js";
import { bounded, eachKind, idOf, inPlace, merged, put } from "./known/known-entries.js";
import { drop, keep, keepsAnything, recall, storageName } from "./known/known-storage.js";
import { reach } from "./network.js";
import { onChange, sharedName } from "./other-tabs.js";
import { store } from "./store.js";

/** Reads the entities of `connection`; needs no client, so it can run while the package loads. */
export async function readDirectory(connection) {
  const endpoint = controlEndpoint(connection.baseUrl);
  // The health check has no key, so a real key is never sent to another server's endpoint.
  const isSandbox = endpoint !== null && (await getJson(`${endpoint}health`))?.ok === true;
  const directory = {
    ...(isSandbox ? eachKind(() => []) : recall(connection)),
    isSandbox,
    /** Whether entries are stored for the next visit. */
    keeps: !isSandbox && keepsAnything(),
    organizationId: connection.organizationId,
    subAccountId: connection.subAccountId,
  };
  const world = isSandbox ? await readWorld(connection) : null;
  return world ? withWorld(directory, world) : directory;
}

/** Reads the sandbox's lists again, after a creation, an archival or a call; resolves with whether it did. */
export async function refreshDirectory() {
  const connection = store.get("connection");
  const before = store.get("directory");
  if (!before?.isSandbox) return false;
  const world = await readWorld(connection);
  const now = store.get("directory");
  const isRead = Boolean(world && now && store.get("connection") === connection);
  if (isRead) store.set({ directory: withWorld(now, world) });
  return isRead;
}

const readWorld = async ({ baseUrl, apiKey }) =>
  apiKey ? getJson(`${controlEndpoint(baseUrl)}organizations/${encodeURIComponent(apiKey)}`) : null;

const withWorld = (directory, world) => ({
  ...directory,
  organizationId: directory.organizationId || world.organization_id || "",
  subAccountId: directory.subAccountId || world.sub_account_id || "",
  ...eachKind((kind) => withList(kind, world[kind], directory[kind])),
});

// The sandbox's entries first, in its order, then those that were only opened by id.
function withList(kind, fresh, before) {
  const list = Array.isArray(fresh) ? fresh : [];
  const known = new Map(before.map((entry) => [idOf(kind, entry), entry]));
  const both = list.map((entry) => ({ ...known.get(idOf(kind, entry)), ...entry }));
  for (const entry of list) known.delete(idOf(kind, entry));
  return [...both, ...known.values()];
}

/** Adds or updates one entry of `kind` ("agents", "contacts" or "calls"), as most recent. */
export const remember = (kind, entry) =>
  change(kind, (list) => put(kind, list, { ...entry, met: new Date().toISOString() }));

/** Forgets one entry; returns a function that restores it. */
export function forget(kind, id) {
  const entry = store.get("directory")?.[kind].find((other) => idOf(kind, other) === id);
  change(kind, (list) => list.filter((other) => idOf(kind, other) !== id));
  return () => { if (entry) change(kind, (list) => put(kind, list, entry)); };
}

/** Forgets all entries of this connection. */
export function forgetAll() {
  drop(store.get("connection"));
  store.set({ directory: { ...store.get("directory"), ...eachKind(() => []) } });
}

/** Merges the entries of a file; the most recent one wins. */
export const takeIn = (entries) => changeAll((known) => eachKind((kind) => merged(kind, known[kind], entries[kind])));

/** Only the lists. */
export const knownNow = () => eachKind((kind) => store.get("directory")?.[kind] ?? []);

/** Another tab changed the stored lists, or those of the sandbox: they are newer. */
export function followOtherTabs() {
  onChange(({ name }) => { if (store.get("directory") && name === sharedName(store.get("connection"))) refreshDirectory(); });
  addEventListener("storage", ({ key }) => {
    const directory = store.get("directory");
    // A null key means that the storage was cleared.
    if (!directory || directory.isSandbox || (key !== null && key !== storageName(store.get("connection")))) return;
    show(recall(store.get("connection")));
  });
}

const change = (kind, edit) => changeAll((known) => ({ ...known, [kind]: edit(known[kind]) }));

// Read the storage again before each change, since another tab may have written meanwhile.
function changeAll(edit) {
  const directory = store.get("directory");
  if (!directory) return;
  if (directory.isSandbox) return void store.set({ directory: { ...directory, ...edit(knownNow()) } });
  const connection = store.get("connection");
  const edited = edit(directory.keeps ? recall(connection) : knownNow());
  const known = eachKind((kind) => bounded(edited[kind]));
  show(known, keep(connection, known));
}

function show(known, keeps = store.get("directory").keeps) {
  const directory = store.get("directory");
  store.set({ directory: { ...directory, keeps, ...eachKind((kind) => inPlace(kind, directory[kind], known[kind])) } });
}

async function getJson(url) {
  try {
    const response = await reach(url);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

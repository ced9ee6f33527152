// The known agents, contacts and calls. The API lists none of them, so they come from the sandbox's
// control endpoint, or without one from what was met here before.

import { controlEndpoint } from "./connection.js";
import { bounded, eachKind, idOf, inPlace, merged, put } from "./known/known-entries.js";
import { drop, keep, keepsAnything, recall, storageName } from "./known/known-storage.js";
import { reach } from "./network.js";
import { store } from "./store.js";

/** Reads who there is behind `connection`; needs no client, so it can run while the package loads. */
export async function readDirectory(connection) {
  const endpoint = controlEndpoint(connection.baseUrl);
  // The health check carries no key, so a real key never goes to another server's endpoint.
  const isSandbox = endpoint !== null && (await getJson(`${endpoint}health`))?.ok === true;
  const directory = {
    ...(isSandbox ? eachKind(() => []) : recall(connection)),
    isSandbox,
    /** Whether what is met is still known at the next visit. */
    keeps: !isSandbox && keepsAnything(),
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
  apiKey ? getJson(`${controlEndpoint(baseUrl)}organizations/${encodeURIComponent(apiKey)}`) : null;

const withWorld = (directory, world) => ({
  ...directory,
  organizationId: directory.organizationId || world.organization_id || "",
  subAccountId: directory.subAccountId || world.sub_account_id || "",
  ...eachKind((kind) => withList(kind, world[kind], directory[kind])),
});

// The sandbox's entries first and in its order, then those that were only opened by hand.
function withList(kind, fresh, before) {
  const list = Array.isArray(fresh) ? fresh : [];
  const known = new Map(before.map((entry) => [idOf(kind, entry), entry]));
  const both = list.map((entry) => ({ ...known.get(idOf(kind, entry)), ...entry }));
  for (const entry of list) known.delete(idOf(kind, entry));
  return [...both, ...known.values()];
}

/** Adds or completes one entry of `kind` ("agents", "contacts" or "calls"), which was met now. */
export const remember = (kind, entry) =>
  change(kind, (list) => put(kind, list, { ...entry, met: new Date().toISOString() }));

/** Forgets one entry; gives a function that knows it again. */
export function forget(kind, id) {
  const entry = store.get("directory")?.[kind].find((other) => idOf(kind, other) === id);
  change(kind, (list) => list.filter((other) => idOf(kind, other) !== id));
  return () => { if (entry) change(kind, (list) => put(kind, list, entry)); };
}

/** Forgets all of this connection. */
export function forgetAll() {
  drop(store.get("connection"));
  store.set({ directory: { ...store.get("directory"), ...eachKind(() => []) } });
}

/** Takes in what a file knows; what was met last wins. */
export const takeIn = (entries) => changeAll((known) => eachKind((kind) => merged(kind, known[kind], entries[kind])));

/** The lists alone. */
export const knownNow = () => eachKind((kind) => store.get("directory")?.[kind] ?? []);

/** Another tab met or forgot something: its lists are the newer ones. */
export function followOtherTabs() {
  addEventListener("storage", ({ key }) => {
    const directory = store.get("directory");
    // Without a key, all was cleared.
    if (!directory || directory.isSandbox || (key !== null && key !== storageName(store.get("connection")))) return;
    show(recall(store.get("connection")));
  });
}

const change = (kind, edit) => changeAll((known) => ({ ...known, [kind]: edit(known[kind]) }));

// What is kept is read again before it is changed, as another tab may have written meanwhile.
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

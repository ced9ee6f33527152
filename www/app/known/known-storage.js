// Stores known entries in this browser, separately for each connection, without the key.

import { localStore, read, readJson, write } from "../connection.js";
import { cleanAll } from "./known-entries.js";

const PREFIX = "centerfy-demo:known:";
const PROBE = "centerfy-demo:probe";

/** The owner of the ids: the address without parts that could be secret, and the organization. */
export function ownerOf({ baseUrl, organizationId }) {
  const { origin, pathname } = new URL(baseUrl, document.baseURI);
  return { place: `${origin}${pathname.replace(/\/+$/, "")}`, organizationId: organizationId || "" };
}

export function storageName(connection) {
  const { place, organizationId } = ownerOf(connection);
  return `${PREFIX}${place}${organizationId && ` ${organizationId}`}`;
}

/** Whether this browser stores anything for the page. */
export function keepsAnything() {
  write(localStore, PROBE, "yes");
  const keeps = read(localStore, PROBE) === "yes";
  write(localStore, PROBE, null);
  return keeps;
}

export const recall = (connection) => cleanAll(readJson(localStore, storageName(connection)));

/** Returns whether it was stored: storage can be off, or full. */
export function keep(connection, known) {
  const text = JSON.stringify(cleanAll(known));
  write(localStore, storageName(connection), text);
  return read(localStore, storageName(connection)) === text;
}

export const drop = (connection) => write(localStore, storageName(connection), null);

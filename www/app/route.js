// The open contact and agent in the page's address and title, for reloads, bookmarks and the browser's
// Back and Forward. They are in the fragment, which is not sent to a server.

import { showView } from "./elements/views.js";
import { ownerOf } from "./known/known-storage.js";
import { store } from "./store.js";
import * as known from "./texts/known.js";
import * as shell from "./texts/shell.js";

/** Ids in the fragment, by the field of the store. */
const NAMES = { contactId: "contact", agentId: "agent" };

const placeOf = (connection) => {
  const { place, organizationId } = ownerOf(connection);
  return `${place} ${organizationId}`;
};

function idsInAddress() {
  const params = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(Object.entries(NAMES).map(([field, name]) => [field, params.get(name) || null]));
}

/**
 * The ids in the address. A history entry of another connection has none: its ids must not be sent to
 * this one.
 */
export function routeFor(connection) {
  const { place } = history.state ?? {};
  return place === undefined || place === placeOf(connection) ? idsInAddress() : {};
}

/** `openAgent(id)` asks before unsaved changes are lost. */
export function startRoute({ openAgent }) {
  let following = false;
  store.on(["contactId", "agentId"], write);
  store.on(["contactId", "agentId", "directory", "unread"], writeTitle);
  addEventListener("popstate", follow);

  // The first change replaces the history entry; later ones add entries for Back.
  function write() {
    const chosen = Object.entries(NAMES).filter(([field]) => store.get(field));
    if (following || chosen.length === 0) return;
    const hash = `#${new URLSearchParams(chosen.map(([field, name]) => [name, store.get(field)]))}`;
    const state = { place: placeOf(store.get("connection")), view: document.body.dataset.view };
    const now = idsInAddress();
    if (history.state?.place !== state.place) history.replaceState(state, "", hash);
    else if (Object.keys(NAMES).some((field) => now[field] !== store.get(field))) history.pushState(state, "", hash);
  }

  async function follow() {
    if (following || !store.get("directory")) return;
    const { contactId, agentId } = routeFor(store.get("connection"));
    const { view } = history.state ?? {};
    following = true;
    if (contactId && contactId !== store.get("contactId")) store.set({ contactId });
    if (agentId && agentId !== store.get("agentId")) await openAgent(agentId);
    following = false;
    if (view) showView(view);
    // A person may have chosen to keep editing.
    write();
  }
}

function writeTitle() {
  const { unread, directory } = { unread: store.get("unread"), directory: store.get("directory") };
  const nameIn = (kind, id) => id && (directory?.[kind].find((entry) => entry.id === id)?.name || known.unnamed[kind]);
  const agentId = store.get("agentId");
  const agent = agentId === "new" ? shell.newAgentTitle : nameIn("agents", agentId);
  const parts = [nameIn("contacts", store.get("contactId")), agent, shell.title].filter(Boolean);
  document.title = `${unread?.size ? `(${unread.size}) ` : ""}${parts.join(" · ")}`;
}

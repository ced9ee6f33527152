// Starts the page: connects, reads who there is, and opens the first agent and conversation.

import { startActivity } from "./activity.js";
import { startAgents } from "./agents.js";
import { connect } from "./client.js";
import { loadConnection, withKey } from "./connection.js";
import { startContacts } from "./contacts.js";
import { readDirectory } from "./directory.js";
import { fill, h } from "./dom.js";
import { errorBox } from "./errors.js";
import { startOnline } from "./online.js";
import { startSettings } from "./settings.js";
import { store } from "./store.js";
import { startViews } from "./views.js";

startViews();
startActivity();
startOnline();
startAgents();
startContacts();
startSettings((connection) => openFirst(connection, readDirectory(connection)));
await start();

async function start() {
  let connection, reading;
  try {
    connection = await withKey(loadConnection());
    reading = readDirectory(connection);
    await connect(connection);
  } catch (error) {
    showNotStarted(error);
    return;
  }
  await openFirst(connection, reading);
}

/** A stranger should see something alive at once. */
async function openFirst(connection, reading) {
  const directory = await reading;
  if (store.get("connection") !== connection) return;
  const working = directory.agents.find((agent) => !agent.archived_at && agent.is_active !== false);
  store.set({
    directory,
    agentId: (working ?? directory.agents[0])?.id ?? null,
    contactId: directory.contacts[0]?.id ?? null,
  });
}

function showNotStarted(error) {
  // An error of the package has a code; without one, the package itself is not there.
  const shown = error?.code ? errorBox(error, { retry: start }) : h("div", { class: "error-box", role: "alert" },
    h("p", { class: "error-title" }, "The package is not there"),
    h("p", null, "This page needs the built npm package beside it, at pkg/index.js."),
    h("p", null, "Run ", h("code", null, "cargo xtask demo"), " in the project and open the address that it prints."),
    h("p", { class: "error-actions" }, h("button", { type: "button", class: "button small", onclick: start }, "Try again")));
  fill(document.getElementById("conversation"), h("div", { class: "sheet-body" }, shown));
  fill(document.getElementById("agent"));
}

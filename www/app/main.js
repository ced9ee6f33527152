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
import { stateBox } from "./states.js";
import { store } from "./store.js";
import { errors as texts } from "./texts.js";
import { startViews } from "./views.js";

startViews();
startActivity();
startAgents();
startContacts();
startOnline();
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
  const { title, text, run: [before, command, after] } = texts.noPackage;
  const shown = error?.code ? errorBox(error, { retry: start }) : stateBox({
    title, text, children: [h("p", null, before, h("code", null, command), after)],
    tone: "bad", drawing: "alert", role: "alert", action: { label: texts.retry, run: start },
  });
  fill(document.getElementById("conversation"), h("div", { class: "sheet-body" }, shown));
  fill(document.getElementById("agent"));
}

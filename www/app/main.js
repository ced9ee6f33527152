// Starts the page: connects, reads who there is, and opens the first agent and conversation.

import { startActivity } from "./activity/activity.js";
import { startAgents } from "./agents/agents.js";
import { connect } from "./client.js";
import { lacksKey, loadConnection, withKey } from "./connection.js";
import { startContacts } from "./conversation/contacts.js";
import { readDirectory } from "./directory.js";
import { fill, h } from "./elements/dom.js";
import { errorBox } from "./states/errors.js";
import { startKnown } from "./known/known.js";
import { startOnline } from "./settings/online.js";
import { startSettings } from "./settings/settings.js";
import { store } from "./store.js";
import { common, shell } from "./texts.js";
import { startViews } from "./elements/views.js";

startViews();
startActivity();
startOnline();
const { openAgent } = startAgents();
startContacts();
startKnown({ openAgent });
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
  if (lacksKey(connection)) await askForKey(reading);
  else await openFirst(connection, reading);
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

// Without the key every request would be refused, so none is sent.
async function askForKey(reading) {
  store.set({ directory: await reading });
  const open = () => document.dispatchEvent(new Event("open-settings"));
  showInstead(h("div", { class: "empty" },
    h("p", { class: "empty-title" }, shell.keyNeeded),
    h("p", null, shell.keyNeededWhy),
    h("p", null, h("button", { type: "button", class: "button primary", onclick: open }, common.openSettings))));
}

function showNotStarted(error) {
  const { title, needs, run, command, andOpen } = shell.noPackage;
  // An error of the package has a code; without one, the package itself is not there.
  const shown = error?.code ? errorBox(error, { retry: start }) : h("div", { class: "error-box", role: "alert" },
    h("p", { class: "error-title" }, title),
    h("p", null, needs),
    h("p", null, run, h("code", null, command), andOpen),
    h("p", { class: "error-actions" }, h("button", { type: "button", class: "button small", onclick: start }, common.tryAgain)));
  showInstead(h("div", { class: "sheet-body" }, shown));
  // Nobody is being read any more.
  for (const list of document.querySelectorAll(".picker-list")) fill(list);
}

function showInstead(element) {
  fill(document.getElementById("conversation"), element);
  fill(document.getElementById("agent"));
}

// Starts the page: connects, reads the lists, and opens the first agent and conversation.

import { fill, h } from "./elements/dom.js";
import { startViews } from "./elements/views.js";
import { store } from "./store.js";
import { makeClient, use } from "./client.js";
import { keepInTab, lacksKey, loadConnection, withKey } from "./connection.js";
import { readDirectory } from "./directory.js";
import { isInPage } from "./network.js";
import { routeFor, startRoute } from "./route.js";
import { errorBox } from "./states/errors.js";
import { alone, openSettings, stateBox } from "./states/states.js";
import { startOnline } from "./settings/online.js";
import { startSettings } from "./settings/settings.js";
import { startAgents } from "./agents/agents.js";
import { namesOfOutboxes } from "./conversation/outboxes.js";
import { ownTab } from "./tab.js";
import { startContacts } from "./conversation/contacts.js";
import { startKnown } from "./known/known.js";
import { startActivity } from "./activity/activity.js";
import * as common from "./texts/common.js";
import * as shell from "./texts/shell.js";

startViews();
startActivity();
startOnline();
const { openAgent } = startAgents();
startContacts();
startKnown({ openAgent });
startRoute({ openAgent });
startSettings((connection) => openFirst(connection, readDirectory(connection)));
await start();

async function start() {
  let connection, reading;
  try {
    connection = await withKey(loadConnection());
    reading = readDirectory(connection);
    const [client] = await Promise.all([makeClient(connection), ownTab(namesOfOutboxes)]);
    use(connection, client);
    keepInTab(connection);
  } catch (error) {
    showNotStarted(error);
    return;
  }
  if (lacksKey(connection)) await askForKey(reading);
  else await openFirst(connection, reading);
}

/** Opens the entities in the address, or else the first of each, so that something shows at once. */
async function openFirst(connection, reading) {
  const directory = await reading;
  if (store.get("connection") !== connection) return;
  const working = directory.agents.find((agent) => !agent.archived_at && agent.is_active !== false);
  const route = routeFor(connection);
  // The sandbox in the page restarts with each load, so entities that were open may no longer exist.
  const open = (kind, id) => (isInPage(connection.baseUrl) && id !== "new" && !directory[kind].some((entry) => entry.id === id) ? null : id);
  store.set({
    directory,
    agentId: open("agents", route.agentId) ?? (working ?? directory.agents[0])?.id ?? null,
    contactId: open("contacts", route.contactId) ?? directory.contacts[0]?.id ?? null,
  });
}

// Without the key every request would be rejected, so none is sent.
async function askForKey(reading) {
  store.set({ directory: await reading });
  showInstead(stateBox({
    title: shell.keyNeeded, text: shell.keyNeededWhy, drawing: "key",
    action: { label: common.openSettings, run: () => openSettings("apiKey") },
  }));
}

function showNotStarted(error) {
  // An error of the package has a code; without one, the package itself is missing.
  showInstead(error?.code ? errorBox(error, { retry: start }) : packageMissing());
  // Remove the placeholders.
  for (const list of document.querySelectorAll(".picker-list")) fill(list);
}

function packageMissing() {
  const { title, needs, command } = shell.noPackage;
  return stateBox({
    title, text: needs, children: h("code", null, command),
    action: { label: common.tryAgain, run: start }, tone: "bad", drawing: "cut", role: "alert",
  });
}

function showInstead(state) {
  fill(document.getElementById("conversation"), alone(state));
  fill(document.getElementById("agent"));
}

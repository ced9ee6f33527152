// What an error means and what to do next: a title, a sentence, and the label of the one button.

import { secondsLong } from "./counted.js";
import { fields as agentFields } from "./agents.js";

export const codes = {
  validation: { title: "Not sent", text: "Correct the value and try again." },
  bad_request: { title: "The API refused the request", text: "Correct the value and try again." },
  authentication: { title: "The key was not accepted", text: "Check that you copied the whole key, or use another." },
  permission: { title: "The key does not allow this", text: "The key belongs to another organization or sub-account." },
  not_found: { title: "Nothing has this id", text: "Check that you copied the whole id. The agent or contact may have been deleted." },
  rate_limited: { title: "Too many requests", text: "The API allows 60 a minute for each key." },
  server: { title: "The API had a problem", text: "Try again in a moment." },
  http: { title: "An unexpected answer", text: "A server in between may have answered. Check the base URL." },
  network: { title: "No connection to the API", text: "The network is down, the base URL is wrong, or the server does not allow this page (CORS)." },
  timeout: { title: "No answer in time", text: "The API may be slow at the moment." },
  parse: { title: "The answer could not be read", text: "A server in between may have answered. Check the base URL." },
  load: { title: "The client could not be loaded", text: "The network may be down, or the content security policy lacks 'wasm-unsafe-eval'." },
};
/** The same errors from a proxy. */
export const proxied = {
  authentication: { title: "The proxy asks you to sign in", text: "Sign in at its site, then try again. Its authorize option decides who has access." },
  permission: { title: "The proxy does not allow this", text: "Its options allow and authorize decide what is allowed, and for whom." },
  network: { title: "No connection to the proxy", text: (origin) => `The network is down, its address is wrong, or its origins do not include ${origin}.` },
};
export const unknown = { title: "Something went wrong in this page", text: "Load the page again." };
export const offline = { title: "You are offline", reads: "The page loads this when you are online again.", other: "Nothing was sent. Try again when you are online." };
export const maybe = "The request may have succeeded. Check before you try again.";
// An error's message starts with the API's name of the field: the names and the request, in words.
export const fields = { ...agentFields, agent_id: "Agent", agentId: "Agent", contact_id: "Contact", content: "Message", channel: "Channel", baseUrl: "Base URL" };
export const enter = (field, expected) => `${field}: enter ${expected}.`;
export const aValue = "a value";
export const plainAddress = ", without a password, “?” or “#”";
export const anAddress = "a web address that starts with https://";
export const facts = { code: "code", field: "field", status: "status", attempts: "attempts", request: "request id" };

export const enterKey = "Enter another key";
export const openAnother = "Open another id";
export const reload = "Load the page again";

export const readsAgainIn = (seconds) => `The page tries again in ${secondsLong(seconds)}.`;
export const canBeTriedIn = (seconds) => `You can try again in ${secondsLong(seconds)}.`;
export const canBeTried = "You can try again now.";
export const stopWaiting = "Stop waiting";

export const stillWaiting = (seconds) => `Still waiting, ${seconds} s`;
export const waitsForLimit = (seconds) => `The rate limit is reached. The next request is sent in ${secondsLong(seconds)}.`;
export const stillWaitingFor = (what) => `${what} is taking longer than usual.`;
export const stop = "Stop";
export const stopped = { title: "Stopped", text: "Nothing was read." };

export const offlineNow = "Offline";
export const offlineSaid = "You are offline. The page keeps what it shows.";
export const onlineSaid = "You are online again.";

export const noConversation = { title: "No conversation is open", text: "Choose a contact from the list." };
export const noContacts = { title: "No conversation is open", text: "The API lists no contacts. The platform shows their ids.", action: "Paste a contact’s id" };
export const noAgent = { title: "No agent is open", text: "Choose one from the list." };
export const noAgents = { title: "No agent is open", text: "The API lists no agents. Open one by its id, or create one.", action: "Create an agent" };

// The form of a new agent, kept in this tab for each connection until the agent is created or discarded.

import { readJson, tabStore, write } from "../connection.js";
import { store } from "../store.js";

/** The prefix of its names in the tab's storage. */
export const NEW_AGENT = "centerfy-demo:new-agent:";

/** The draft with the current connection: `{ values, from }`; `from` is the name of the agent that it is a copy of. */
export function agentDraft() {
  const name = NEW_AGENT + store.get("connection").baseUrl;
  return { read: () => readJson(tabStore, name), keep: (draft) => write(tabStore, name, draft && JSON.stringify(draft)) };
}

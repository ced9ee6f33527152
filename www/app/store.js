// The shared state of the page: the open entities and the connection.

/** A small observable object. `on` runs `listener` after each change of one of `keys`. */
export function createStore(initial) {
  const state = { ...initial };
  const listeners = new Set();
  return {
    get: (key) => state[key],
    set(patch) {
      const changed = Object.keys(patch).filter((key) => state[key] !== patch[key]);
      Object.assign(state, patch);
      for (const { keys, listener } of [...listeners]) {
        if (keys.some((key) => changed.includes(key))) listener(state);
      }
    },
    on(keys, listener) {
      const entry = { keys, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}

export const store = createStore({
  /** The connection (see `connection.js`): base URL, key, auth. */
  connection: null,
  /** The known agents, contacts and calls: see `directory.js`. */
  directory: null,
  /** An agent's id, "new" for the form of a new one, or null. */
  agentId: null,
  /** The agent in the API's last answer. */
  agent: null,
  contactId: null,
  /** The ids of the other contacts with new messages: see `conversation/unread.js`. */
  unread: new Set(),
  /** Whether live updates are on. */
  live: true,
  /** The call that was searched for: its contact opens with the calls. */
  callId: null,
});

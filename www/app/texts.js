// Every English text of the page, by subject: what one translates to have the page in another
// language. A text with something in it is a function of that. Errors' own words come from the API
// and from the package, names of fields are the API's.

/** What several parts say. */
export const common = {
};

/** The header, the parts of the page, the settings. */
export const shell = {
};

/** Who is known here: lists, search, import and export. */
export const known = {
};

/** Agents: the list, one agent, its fields. */
export const agents = {
};

/** Conversations: messages, writing, looking whether one arrived, the history as a file. */
export const conversation = {
};

/** Calls: the question before, what became of it, recordings. */
export const calls = {
};

/** What was sent: attempts, the limit, latency, code. */
export const activity = {
  title: "What was sent",
  show: "Show what was sent",
  summary: ({ calls, retries, queued }) => `${count(calls, "call", "calls")}, ${count(retries, "retry", "retries")}, ${queued} queued`,
  attempts: "Attempts, newest first",
  columns: ["Time", "Operation", "Try", "Result", "Took"],
  states: { pending: "waiting", failed: "no answer", retry: "retry", queued: "queued", stopped: "stopped" },
  waits: (duration) => `waits ${duration}`,
  waited: (duration) => `waited ${duration}`,

  limit: "The limit of requests a minute",
  used: (used, limit) => `${used} of ${limit} this minute`,
  usedLong: (used, limit) => `${used} of ${limit} requests of the last minute are used`,
  waiting: (number) => `${number} ${number === 1 ? "waits" : "wait"}`,
  nextIn: (seconds) => `next in ${seconds} s`,
  heldFor: (seconds) => `the API asks to wait ${seconds} s`,
  begunToWait: (seconds) => `The limit of requests is reached. The next one goes out in ${secondsLong(seconds)}.`,
  noneWaits: "No request waits any more.",

  latency: "How long it took",
  latencyColumns: ["Operation", "Median", "Slowest", "Failed"],
  noAttempts: "Nothing was sent yet.",
  howToRead: "Point at a mark to see that attempt.",
  legendGood: "answered",
  legendFailed: "failed",
  plot: (operation) => `Attempts of ${operation}`,
  attempt: ({ time, operation, attempt, result, duration }) =>
    `${time} ${operation}${attempt > 1 ? `, attempt ${attempt}` : ""}: ${result} after ${duration}`,

  code: "The last call in your code",
  noCode: "Nothing was called yet.",
  language: "Language",
  languages: { typescript: "TypeScript", rust: "Rust", curl: "curl" },
  copied: "code",
  again: {
    createAgent: "Each run makes another agent.",
    makeAiCall: "Each run is another phone call.",
    sendMessage: "Each run is another message.",
  },
};

/** What an error means and what to do next: for each a title, a sentence, and what the one button says. */
export const errors = {
  codes: {
    validation: { title: "Not sent", text: "Correct the value and try again." },
    bad_request: { title: "The API refused the request", text: "Correct the value that it names and try again." },
    authentication: { title: "The key was not accepted", text: "Look whether it was copied as a whole, or take another one." },
    permission: { title: "The key may not do this", text: "It belongs to another organization or sub-account than what you asked for." },
    not_found: { title: "There is nothing with this id", text: "Look whether it was copied as a whole. What was deleted is gone." },
    rate_limited: { title: "Too many requests", text: "The API takes 60 a minute for each key." },
    server: { title: "The API had a problem", text: "This is not your doing, and often over in a moment." },
    http: { title: "An unexpected answer", text: "Something between this page and the API may have answered. See whether the base URL is right." },
    network: { title: "No connection to the API", text: "Either the network is down, or the base URL is not right, or that server does not allow this page (CORS)." },
    timeout: { title: "No answer in time", text: "The API may be slow at the moment." },
    parse: { title: "The answer could not be read", text: "Something between this page and the API may have answered. See whether the base URL is right." },
    load: { title: "The client could not be loaded", text: "The network may be down, or a content security policy lacks 'wasm-unsafe-eval'." },
  },
  /** The same of a proxy. */
  proxied: {
    authentication: { title: "The proxy does not know who asks", text: "Sign in at its site in this browser, then try again. Its option authorize decides who may ask." },
    permission: { title: "The proxy does not allow this", text: "Its option allow names the operations that may be asked for, and its option authorize who may." },
    network: { title: "No connection to the proxy", text: "Either the network is down, or its address is not right, or its option origins does not name this page." },
  },
  unknown: { title: "Something went wrong in this page", text: "Load the page again." },
  offline: { title: "You are offline", reads: "It is read again by itself as soon as the connection is back.", other: "It did not go out. Try it again when the connection is back." },
  maybe: {
    createAgent: "The agent may have been created. Look for it before you try again.",
    sendMessage: "The message may have gone out. Look into the conversation before you try again.",
    makeAiCall: "The call may have started. See whether the phone rang before you try again.",
    other: "It may have been carried out. Look before you try again.",
  },
  facts: { code: "code", field: "field", status: "status", attempts: "attempts", request: "request id" },

  retry: "Try again",
  openSettings: "Open settings",
  enterKey: "Enter another key",
  openAnother: "Open another id",
  reload: "Load the page again",

  readsAgainIn: (seconds) => `It is read again by itself in ${secondsLong(seconds)}.`,
  canBeTriedIn: (seconds) => `It can be tried again in ${secondsLong(seconds)}.`,
  canBeTried: "It can be tried again now.",
  stopWaiting: "Do not wait",

  stillWaiting: (seconds) => `Still waiting, ${seconds} s`,
  waitsForLimit: (seconds) => `The minute’s requests are used. The next one goes out in ${secondsLong(seconds)}.`,
  stillWaitingFor: (what) => `${what} takes longer than usual.`,
  stop: "Stop",
  stopped: { title: "Stopped", text: "Nothing was read." },

  offlineNow: "Offline",
  offlineSaid: "You are offline. What is on the page stays.",
  onlineSaid: "You are online again.",

  noConversation: { title: "No conversation is open", text: "Choose a contact from the list." },
  noContacts: { title: "No conversation is open", text: "The API lists no contacts. The platform’s pages show their ids.", action: "Paste a contact’s id" },
  noAgent: { title: "No agent is open", text: "Choose one from the list." },
  noAgents: { title: "No agent is open", text: "The API lists no agents. Open one by its id, or begin with a new one.", action: "Create an agent" },
  archived: {
    title: (date) => `Archived on ${date}`,
    text: "It takes no calls and writes no messages. The API cannot restore it, only the platform can.",
    action: "Create a new agent",
  },
};

const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
const secondsLong = (seconds) => (seconds < 120 ? count(seconds, "second", "seconds") : `${Math.ceil(seconds / 60)} minutes`);

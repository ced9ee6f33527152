// Every English text of the page, by subject: what one translates to have the page in another
// language. A text with something in it is a function of that. Errors' own words come from the API
// and from the package, names of fields are the API's.

/** What several parts say. */
export const common = {
  cancel: "Cancel",
  close: "Close",
  tryAgain: "Try again",
  openSettings: "Open settings",
  today: "Today",
  yesterday: "Yesterday",
  copy: (what) => `Copy ${what}`,
  copied: (what) => `${what} copied`,
  notCopied: (what) => `The browser did not allow to copy the ${what}`,
};

/** The header, the parts of the page, the settings. */
export const shell = {
  place: {
    sandbox: "Sandbox",
    nobody: "Nobody is really phoned or written to, and contacts answer by themselves",
    real: "Calls and messages reach real people",
    throughProxy: "Your proxy: calls and messages reach real people",
  },
  noPackage: {
    title: "The package is not there",
    needs: "This page needs the built npm package beside it, at pkg/index.js.",
    run: "Run ",
    command: "cargo xtask demo",
    andOpen: " in the project and open the address that it prints.",
  },
  keyNeeded: "The key is needed again",
  keyNeededWhy: "It was kept in the page’s memory only, so each visit asks for it.",
  settings: {
    title: "Settings",
    connect: "Connect",
    connecting: "Connecting…",
    connected: "Connected",
    kind: "Where agents, calls and messages go",
    kinds: { sandbox: "Sandbox", api: "API", proxy: "Your proxy" },
    sandboxHint: "The API played through in full, with agents and contacts to try things on. Nobody is really phoned or written to, and there is nothing to fill in.",
    baseUrl: "Base URL",
    baseUrlHint: "The key goes there and nowhere else.",
    apiKey: "API key",
    apiKeyHint: "Kept in this page’s memory only.",
    keepKey: "Keep the key for this tab. Whoever uses this browser can read it until the tab is closed.",
    auth: "The key is sent as",
    proxy: "Address of the proxy",
    proxyHint: "A path or URL where a proxy of centerfy/proxy stands. It has the key, so none is asked for here, and nothing happens twice.",
    cookies: "Send the cookies of the proxy’s site, by which it knows who asks.",
    organization: "Organization id",
    organizationHint: "Filled in for new agents and calls.",
    subAccount: "Sub-account id",
    addressMissing: "Say where it is.",
    keyMissing: "The API answers nothing without a key.",
  },
  /** What an error of a proxy means: its title, and what to do. */
  proxyErrors: {
    authentication: ["The proxy does not know who asks", "Sign in at its site in this browser, then try again. Its option authorize decides who may ask."],
    permission: ["The proxy does not allow this", "Its option allow names the operations that may be asked for, and its option authorize who may."],
    network: (page) => ["No connection to the proxy", `Check the network and its address in Settings, and whether its option origins names ${page}.`],
  },
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
};

/** What an error means and what to do next. */
export const errors = {
};

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
  // The question before.
  ask: (name) => `Call ${name}?`,
  rings: "Phone that rings",
  noNumber: "No number is known here. The API takes the contact’s own.",
  agent: "Agent that calls",
  agentId: "Id of the agent that calls",
  scope: "Organization and sub-account",
  organization: "Organization",
  subAccount: "Sub-account",
  sandboxTitle: "This is the sandbox.",
  sandbox: "The call is only written down; nobody’s phone rings.",
  realTitle: "This is a real call.",
  real: (host) => `The phone rings at once, by way of ${host}. Each start is another call.`,
  doNot: "Do not call",
  start: "Start the call",
  starting: "Calling…",
  // What became of it.
  calling: (agent, name, status) => `${agent} is calling ${name}: ${status}.`,
  theAgent: "The agent",
  startedTitle: (name) => `Calling ${name}`,
  didItStart: "Did the call start?",
  startedSandbox: "The call is in the list under Calls, and goes on there.",
  startedReal: "The call is in the list under Calls. The API does not tell how it goes on; its webhook brings the call’s id, which leads to the recording.",
  done: "Done",
  notStarted: (name) => `The call to ${name} was not started`,
  maybeTitle: (name) => `The call to ${name} may have started`,
  maybe: (name) => `The request was sent, and its answer got lost. ${name}’s phone may be ringing now. Nothing is sent again by itself.`,
  maybeLooking: "Looking whether the call is in the sandbox…",
  maybeFound: "It did start: the call is in the sandbox’s list.",
  maybeNotFound: "The sandbox has no new call: it did not start.",
  maybeReal: "See whether the phone rang, or wait for the webhook, before you call again.",
  maybeSure: "I looked: no call is on its way",
  again: "Call once more",
  toCalls: "Show the calls",
  // The list.
  empty: "No calls are known here",
  emptyHow: "Start one with the button above, or open a recording by a call’s id.",
  unknownAgent: "Agent not known",
  statusUnknown: "status unknown",
  mayHaveStarted: "may have started",
  withOther: (name) => `with ${name}`,
  when: (day, time) => `${day}, ${time}`,
  noIdYet: "The API said this when the call was started, and cannot tell how it went on. Its webhook brings the call’s id, which leads to the recording.",
  noIdMaybe: "The answer got lost, so nobody here knows whether this call took place. If it did, the webhook brings its id.",
  callId: "call id",
  addId: "Add the call’s id",
  idOfThis: "Call id or call_sid from the webhook",
  statusNow: (who, status) => `${who}: ${status}`,
  callBy: (agent) => `the call by ${agent}`,
  theCall: "the call",
  // A recording.
  byId: "Recording by call id or call_sid",
  find: "Find recording",
  finding: "Finding…",
  found: "The recording is here.",
  foundElsewhere: (name) => `The recording is here. It is of a call with ${name}.`,
  nothingFound: "No recording under this id",
  nothingFoundHow: "Check the id. While a call goes on there is no recording yet; look again when it is over.",
  playOf: (what) => `Play recording of ${what}`,
  playRecording: "Play recording",
  loading: "Loading…",
  comesLater: "The recording comes when the call is over.",
  notReady: "No recording yet",
  notReadyHow: "It comes a little after a call is over. An agent that does not record makes none.",
  lookAgain: "Look again",
  looking: "Looking…",
  looked: (clock) => `Looked at ${clock}`,
  refused: "This address is not played",
  refusedHow: "The API answered with an address that is not a web address, so nothing was loaded from it.",
  askAgain: "Ask for it again",
  // The player.
  play: (what) => `Play the recording of ${what}`,
  pause: (what) => `Pause the recording of ${what}`,
  placeIn: (what) => `Place in the recording of ${what}`,
  position: (at, total) => `${at} of ${total}`,
  clocks: (at, total) => `${at} / ${total}`,
  speedOf: (what) => `Speed of ${what}`,
  speed: (times) => `${times}×`,
  download: "Download",
  openFile: "Open the file",
  linkStays: "Link does not expire",
  linkWorks: ({ hours, minutes }) => hours ? `Link works ${hours} more hours`
    : minutes ? `Link works ${minutes} more ${minutes === 1 ? "minute" : "minutes"}` : "Link works less than a minute",
  linkOver: "The link has expired.",
  linkOverButHere: "Link expired; the recording stays here while the page is open",
  linkBroken: "The link does not play.",
  cannotPlay: "This browser cannot play the file. Download it to hear it.",
  freshLink: "Get a fresh link",
  fetchingLink: "Fetching…",
};

/** What was sent: attempts, the limit, latency, code. */
export const activity = {
};

/** What an error means and what to do next. */
export const errors = {
};

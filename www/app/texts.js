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
  startingNow: (name) => `A call to ${name} is being started at this moment. This would be another one.`,
  startedLately: (name, time) => `A call to ${name} was started at ${time} and may go on. This would be another one.`,
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

// Calls: the confirmation before one, its outcome, recordings.

// The confirmation.
export const ask = (name) => `Call ${name}?`;
export const rings = "Phone that rings";
export const noNumber = "No number is known here. The API uses the contact’s.";
export const agent = "Agent that calls";
export const agentId = "Id of the agent that calls";
export const scope = "Organization and sub-account";
export const organization = "Organization";
export const subAccount = "Sub-account";
export const sandboxTitle = "This is the sandbox.";
export const sandbox = "No phone rings.";
export const realTitle = "This is a real call.";
export const real = (host) => `The phone rings at once. The call goes through ${host}.`;
export const startingNow = (name) => `A call to ${name} is being started. This would be a second one.`;
export const startedLately = (name, time) => `A call to ${name} at ${time} may still be in progress. This would be a second one.`;
export const doNot = "Cancel";
export const start = "Start the call";
export const starting = "Calling…";
// The outcome.
export const calling = (agent, name, status) => `${agent} is calling ${name}: ${status}.`;
export const theAgent = "The agent";
export const startedTitle = (name) => `Calling ${name}`;
export const didItStart = "Did the call start?";
export const started = "The call is in the list under Calls.";
export const done = "Done";
export const notStarted = (name) => `The call to ${name} was not started`;
export const maybeTitle = (name) => `The call to ${name} may have started`;
export const maybe = (name) => `${name}’s phone may be ringing now. Find out whether it rang before you call again.`;
export const maybeLooking = "Looking for the call in the sandbox’s list…";
export const checkedTitle = (name) => `The call to ${name}`;
export const maybeFound = "No answer arrived, but the call started: it is in the sandbox’s list.";
export const maybeNotFound = (name) => `The call did not start: the sandbox lists no new call to ${name}.`;
export const maybeSure = "I found out that the phone did not ring.";
export const again = "Call again";
export const toCalls = "Show the calls";
// The list.
export const empty = "No calls are known here";
export const emptyHow = "Start one above, or open a recording by a call’s id.";
export const unknownAgent = "Unknown agent";
export const statusUnknown = "status unknown";
export const mayHaveStarted = "may have started";
export const withOther = (name) => `with ${name}`;
export const noIdYet = "This is the API’s answer at the start. The webhook sends the call’s id, which opens the recording.";
export const noIdMaybe = "The outcome is unknown. If the call took place, the webhook sends its id.";
export const callId = "call id";
export const addId = "Add the call’s id";
export const idOfThis = "Call id or call_sid from the webhook";
export const statusNow = (who, status) => `${who}: ${status}`;
export const callBy = (agent) => `the call by ${agent}`;
export const theCall = "the call";
// A recording.
export const byId = "Recording by call id or call_sid";
export const find = "Find recording";
export const finding = "Finding…";
export const found = "The recording is here.";
export const foundElsewhere = (name) => `The recording is of a call with ${name}.`;
export const nothingFound = "No recording under this id";
export const nothingFoundHow = "Check the id, or look again when the call is over.";
export const playOf = (what) => `Play recording of ${what}`;
export const playRecording = "Play recording";
export const comesLater = "The recording is available when the call is over.";
export const notReady = "No recording yet";
export const notReadyHow = "It is available shortly after the call, if the agent records.";
export const looked = (clock) => `Checked at ${clock}`;
export const refused = "This address cannot be played";
export const refusedHow = "The API answered with an address that is not a web address.";
export const askAgain = "Request it again";
// The player.
export const play = (what) => `Play the recording of ${what}`;
export const pause = (what) => `Pause the recording of ${what}`;
export const placeIn = (what) => `Place in the recording of ${what}`;
export const position = (at, total) => `${at} of ${total}`;
export const clocks = (at, total) => `${at} / ${total}`;
export const speedOf = (what) => `Speed of ${what}`;
export const speed = (times) => `${times}×`;
export const download = "Download";
export const openFile = "Open the file";
export const linkStays = "Link does not expire";
export const linkWorks = ({ hours, minutes }) => `Link works for ${hours ? `${hours} more hours`
  : minutes ? `${minutes} more ${minutes === 1 ? "minute" : "minutes"}` : "less than a minute"}`;
export const linkOver = "The link has expired.";
export const linkOverButHere = "Link expired; the recording stays here";
export const linkBroken = "The link does not play.";
export const cannotPlay = "This browser cannot play the file.";
export const freshLink = "Get a fresh link";
export const fetchingLink = "Fetching…";

// Conversations: messages, the composer, checking whether one arrived, the history as a file.

import { counted } from "./counted.js";

export const reading = "Reading the conversation";
export const nobody = "this contact";
export const nameless = "Contact without a name";
export const contactId = "contact id";
export const noReach = "No phone number or email address";
export const messagesTab = "Messages";
export const callsTab = "Calls";
export const call = "Call";
export const live = "Live updates";
export const paused = "Paused";
export const checked = (clock) => `Checked ${clock}`;
export const notChecked = (why) => `No live updates: ${why}`;

export const messages = "Messages";
export const newMessages = "New messages";
export const arrivals = "New messages";
export const wrote = (name, content) => `${name} wrote: ${content}`;
export const loadOlder = "Load older messages";
export const olderCame = (count) => counted(count, "older message", "older messages");
export const countOf = (count, total) => `${count} of ${total}`;
export const beginning = "The beginning of the conversation";
export const noMessages = "No messages yet";
export const writeFirst = (name) => `Write the first one to ${name}.`;
export const noText = "A message without text";
export const notText = (json) => `Not a text: ${json}`;
export const unknownSender = "unknown";
export const byAi = "written by AI";
export const answer = "Reply";
export const answerThis = (content) => `Reply to: ${content}`;

export const prompt = "for the agent to write";
export const sent = "Sent";
export const notDelivered = "Not delivered";
export const waiting = "Waiting for the previous message";
export const sending = "Sending…";
export const agentWrites = "The agent is writing…";
export const failed = "Not sent";
export const sendsIn = (seconds) => `Sends in ${seconds} s`;
export const canceled = "You canceled it.";
export const behind = "The message before it was not sent.";
export const closedBefore = "You left before it was sent.";
export const leftToOther = (name) => `This tab is a copy. Messages to ${name} that were not sent yet stay in the other tab.`;
export const maybe = "May have been delivered";
export const checkFirst = "Check before you send it again.";
export const absent = (time) => `Not in the conversation at ${time}`;
export const absentWhy = (name) => `It may still arrive. If you send it again, ${name} may get it twice.`;
export const sendAgain = "Send again";
export const sendAgainQuestion = "Send again…";
export const againTitle = "Send the message again?";
export const edit = "Edit";
export const remove = "Remove";
export const look = "Check whether it arrived";
export const messageSent = "Message sent";
export const takenNotDelivered = "The message was accepted but not delivered";
export const saysFailed = (why) => `Not sent: ${why}`;
export const saysMaybe = "The message may have been delivered. Check before you send it again.";
export const saysArrived = (count) => `Arrived: ${counted(count, "message is", "messages are")} in the conversation`;
export const saysAbsent = "The message is not in the conversation yet";
export const wroteElsewhere = (name) => `${name} wrote a new message.`;
export const unread = "New";
export const troubleWith = (name) => `A message to ${name} was not sent, or may not have been.`;

export const messageTo = (name) => `Message to ${name}`;
export const writeTo = (channel, name) => `${channel} to ${name}.`;
export const writePrompt = "Tell the agent what to write.";
export const shortcut = (keys) => ` ${keys} sends it.`;
export const channel = "Channel";
export const agent = "Agent that writes";
export const whoWrites = "Who writes";
export const asWritten = "As written";
export const aiWrites = "AI writes";
export const answers = (content) => `Reply to: ${content}`;
export const answerNone = "Cancel the reply";
export const send = "Send";
export const noPhone = (channel) => `No phone number is known here, so ${channel} is unlikely to arrive.`;
export const noEmail = "No email address is known here, so an email is unlikely to arrive.";
export const agentPaused = (name) => `${name} is paused, so it cannot write.`;
export const noAgents = "No known agent can write.";

export const sms = ({ segments, used, room, alphabet, foreign }) =>
  `${used} of ${room} · ${counted(segments, "segment", "segments")} · ${alphabet}${foreign ? ` for “${foreign}”` : ""}`;
export const search = {
  open: "Search the conversation",
  close: "Close the search",
  words: "Words to find",
  previous: "Previous match",
  next: "Next match",
  older: "Search older",
  count: (at, count) => (count === 0 ? "No match" : `${at} of ${count}`),
};
export const history = {
  title: "Save the conversation",
  intro: "Saves all messages to a file. The key is not in it.",
  format: "File",
  formats: { csv: "CSV, for a table", json: "JSON, with every field" },
  start: "Read and save",
  begins: "Starting…",
  progress: (count, total) => `${count} of ${total} messages`,
  progressName: "Messages read",
  waitsForPlace: "Waiting for the rate limit: 60 requests a minute.",
  waitsForRetry: (clock) => `No answer, or the API asked to wait. Next attempt at ${clock}.`,
  stop: "Stop",
  stopped: (count, total) => `Stopped at ${count} of ${total} messages.`,
  goOn: "Continue",
  saveWhatIsThere: (count) => `Save these ${count}`,
  saved: (count, file) => `${counted(count, "message is", "messages are")} saved as ${file}.`,
  incomplete: "Older messages are missing.",
  fewer: (count, total) => `The API counts ${total} messages and returned ${count}.`,
  saveAgain: "Save again",
  close: "Done",
};

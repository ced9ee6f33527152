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
  noneOpen: "No conversation is open",
  chooseOne: "Choose a contact from the list, or paste a contact’s id.",
  reading: "Reading the conversation",
  nobody: "this contact",
  nameless: "Contact without a name",
  contactId: "contact id",
  noReach: "No phone number or email address",
  messagesTab: "Messages",
  callsTab: "Calls",
  call: "Call",
  live: "Live updates",
  paused: "Paused",
  checked: (clock) => `Checked ${clock}`,
  notChecked: "Could not check for new messages",

  messages: "Messages",
  newMessages: "New messages",
  arrivals: "What came in",
  wrote: (name, content) => `${name} wrote: ${content}`,
  loadOlder: "Load older messages",
  loading: "Loading…",
  olderCame: (count) => (count === 1 ? "One older message" : `${count} older messages`),
  countOf: (count, total) => `${count} of ${total}`,
  beginning: "The beginning of the conversation",
  noMessages: "No messages yet",
  writeFirst: (name) => `Write the first one to ${name}.`,
  unknownSender: "unknown",
  byAi: "written by AI",
  answer: "Answer this",
  answerThis: (content) => `Answer this message: ${content}`,

  prompt: "for the agent to write",
  sent: "Sent",
  notDelivered: "Not delivered",
  waiting: "Waits for the message before it",
  sending: "Sending…",
  agentWrites: "The agent is writing…",
  failed: "Not sent",
  closedBefore: "The page was closed before it could go out.",
  maybe: "May have been delivered",
  maybeWhy: "No clear answer came, so nobody here knows. Look before you send it again.",
  closedMeanwhile: "The page was closed while it went out. Look before you send it again.",
  absent: (time) => `Not in the conversation at ${time}`,
  absentWhy: (name) => `It may still appear there. If it is only late and you send it again, ${name} gets it twice.`,
  sendAgain: "Send again",
  sendAgainQuestion: "Send again…",
  againTitle: "Send the message again?",
  edit: "Edit",
  remove: "Remove",
  look: "Look whether it arrived",
  lookAgain: "Look again",
  looking: "Looking…",
  messageSent: "Message sent",
  takenNotDelivered: "The message was taken but not delivered",
  saysFailed: (why) => `Not sent: ${why}`,
  saysMaybe: "The message may have been delivered. Look whether it arrived before you send it again.",
  saysArrived: (count) => (count === 1 ? "The message arrived: it is in the conversation" : `${count} messages arrived: they are in the conversation`),
  saysAbsent: "The message is not in the conversation yet",
  failedElsewhere: (name) => `A message to ${name} did not go out, or may not have`,
  troubleWith: (name) => `To ${name}, something did not go out, or may not have.`,
  open: "Open",

  messageTo: (name) => `Message to ${name}`,
  writeTo: (name) => `Write to ${name}.`,
  writePrompt: "Tell the agent what to write.",
  shortcut: (keys) => ` ${keys} sends it.`,
  channel: "Channel",
  agent: "Agent that writes",
  whoWrites: "Who writes",
  asWritten: "As written",
  aiWrites: "AI writes",
  answers: (content) => `Answers: ${content}`,
  answerNone: "Do not answer a certain message",
  send: "Send",
  noPhone: (channel) => `No phone number is known for this contact, so ${channel} will hardly arrive.`,
  noEmail: "No email address is known for this contact, so an email will hardly arrive.",
  agentPaused: (name) => `${name} is paused, so the API refuses to let it write. Make it active first, or choose another.`,
  noAgents: "No agent is known here that could write. Open one by its id first.",

  history: {
    title: "Save the conversation",
    intro: "Reads all messages, up to 200 with each request, and makes a file of them on this machine. The key is not in it.",
    format: "File",
    formats: { csv: "CSV, for a table", json: "JSON, with every field" },
    start: "Read and save",
    begins: "Beginning…",
    progress: (count, total) => `${count} of ${total} messages`,
    progressName: "Messages read",
    waitsForPlace: "Waits for a free place: the API takes 60 requests a minute for each key. A minute at most.",
    waitsForRetry: (clock) => `The API did not answer, or asked to wait. The next attempt is at ${clock}.`,
    stop: "Stop",
    stopped: (count, total) => `Stopped at ${count} of ${total} messages.`,
    goOn: "Go on",
    saveWhatIsThere: (count) => (count === 1 ? "Save the one that is there" : `Save the ${count} that are there`),
    saved: (count, file) => (count === 1 ? `One message is saved as ${file}.` : `${count} messages are saved as ${file}.`),
    incomplete: "These are the newest ones; the older ones are missing.",
    fewer: (count, total) => `The API says that there are ${total}, and gave ${count}.`,
    saveAgain: "Save again",
    close: "Done",
    cancel: "Cancel",
  },
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

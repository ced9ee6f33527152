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
  open: "Find",
  openWhat: "an agent, a contact or a call",
  openKeys: "Ctrl K",
  title: "Known here",
  search: "Find an agent, a contact or a call",
  searchHint: "Name, phone, email, id or call_sid",
  kinds: { agents: "Agent", contacts: "Contact", calls: "Call" },
  all: (count) => (count === 1 ? "One is known here" : `${count} are known here, newest met first`),
  found: (count) => (count === 0 ? "Nothing found" : `${count} found`),
  cut: (shown, count) => `${count} found, the newest ${shown} are shown`,
  looking: "Looking who there is…",
  nothing: "Nothing is known here yet",
  howItFills: "The API lists nothing. An agent, a contact or a call is known from the moment that you open or create it here, or from a file.",
  openAs: (id) => `Nothing known here has “${id}” in it. If it is an id, open it:`,
  openAsAgent: "As an agent",
  openAsContact: "As a contact",
  unnamed: { agents: "Agent without a name", contacts: "Contact without a name" },
  callWith: (name) => `Call with ${name}`,
  callOf: (id) => `Call ${id}`,
  met: "met",
  at: (day, time) => `${day}, ${time}`,
  forget: (name) => `Forget ${name}`,
  forgotten: (name) => `${name} is forgotten.`,
  undo: "Undo",
  back: (name) => `${name} is known again.`,
  fromSandbox: "The sandbox lists what it has itself, so nothing is kept in this browser.",
  kept: (place) => `Kept in this browser only, for ${place}, without the key.`,
  keptFor: (place, organization) => `Kept in this browser only, for ${place} and organization ${organization}, without the key.`,
  notKept: "This browser keeps nothing for this page: its storage is off or full. What is known here is forgotten with the tab. Export it to keep it.",
  notKeptShort: "This browser keeps nothing for this page, so what you open is forgotten with the tab.",
  exportFile: "Export",
  importFile: "Import…",
  forgetAll: "Forget all…",
  exported: (count, name) => `${count === 1 ? "One entry" : `${count} entries`} exported to ${name}.`,
  imported: (added, newer) => (added + newer === 0 ? "Imported. The file had nothing that was not known here."
    : `Imported: ${added} new, ${newer} newer than what was known.`),
  notImported: (why) => `Nothing was imported. ${why}`,
  wrong: {
    unread: "The browser could not read the file.",
    large: "The file is larger than 10 MB, so this page did not write it.",
    json: "The file is not JSON.",
    format: "The file is JSON, but not an export of what this page knows.",
    version: (version, own) => `The file has version ${version}, and this page reads version ${own}.`,
    place: "The file does not say which base URL it belongs to.",
    empty: "There is no agent, contact or call in the file.",
    list: (kind) => `In the file, “${kind}” is not a list.`,
    entry: (number, kind, id) => `In the file, entry ${number} of “${kind}” has no “${id}” that can be read.`,
  },
  otherTitle: "This file belongs to another connection",
  otherFile: (whose) => `The file: ${whose}.`,
  otherHere: (whose) => `Here: ${whose}.`,
  otherMeans: "Its ids may lead nowhere here.",
  whose: (place, organization) => (organization ? `${place}, organization ${organization}` : place),
  otherYes: "Import anyway",
  otherNo: "Do not import",
  forgetAllTitle: "Forget all that is known here?",
  forgetAllText: (count, whose) => `${count === 1 ? "One entry is" : `${count} entries are`} forgotten in this browser, for ${whose}. At the API, nothing changes.`,
  forgetAllHint: "The API lists nothing, so without their ids you will not find them again here. Export them first to be able to come back.",
  forgetAllYes: "Forget all",
  forgetAllNo: "Keep them",
  allForgotten: "All of this connection is forgotten.",
  more: (count) => `${count} more: find…`,
  openById: "Open by id",
  pasteId: "Paste an id",
  openButton: "Open",
  noContacts: "No contact is known here yet. Paste an id to read a conversation.",
  noAgents: "No agent is known here yet. Create one, or paste an id.",
  openAgent: "Open agent",
  openAgentById: "Open agent by id",
  openContact: "Open contact",
  openContactById: "Open contact by id",
};

/** Agents: the list, one agent, its fields. */
export const agents = {
  states: { live: "Live", paused: "Paused", archived: "Archived" },
  pausedOption: (name) => `${name} (paused)`,
  noneOpen: "No agent is open",
  noneOpenHint: "Choose one from the list, paste an id, or create one.",
  reading: "Reading the agent",
  leaveTitle: "Leave without saving?",
  leaveText: "What you changed here is not saved yet.",
  leaveYes: "Discard changes",
  leaveNo: "Keep editing",

  newTitle: "New agent",
  newFrom: (name) => `A copy of ${name}. Nothing is sent before you create it.`,
  copyName: (name) => `${name} copy`,
  cancel: "Cancel",
  create: "Create agent",
  createAgain: "Create it again",
  creating: "Creating…",
  created: (name) => `Agent ${name} created`,
  lostTitle: (name) => `“${name}” may have been created`,
  lostText: "No answer came, so nobody here knows. It was not sent again, as that could make a second agent.",
  lostLook: "The API lists no agents, so look for it in the platform’s own pages. If it is there, copy its id and open it here:",
  lostId: "The agent’s id",
  lostOpen: "Open",
  lostElse: "If it is not there, create it again. What you filled in is still here.",
  lostFound: (name) => `The sandbox lists an agent ${name} now, so it was created.`,
  lostOpenFound: "Open it",

  copyId: "agent id",
  dates: (created, changed) => [created && `Created ${created}`, changed && `changed ${changed}`].filter(Boolean).join(", "),
  pause: "Pause",
  resume: "Resume",
  pausing: "Pausing…",
  resuming: "Resuming…",
  paused: (name) => `${name} is paused: it takes no calls and writes no messages`,
  resumed: (name) => `${name} is live again`,
  pausedNote: "Paused: it takes no calls and writes no messages until you resume it.",
  duplicate: "Duplicate",
  archive: "Archive…",
  save: (count) => (count === 0 ? "Save" : count === 1 ? "Save 1 change…" : `Save ${count} changes…`),
  saved: "Saved",
  discard: "Discard",

  reviewTitle: "What will be sent",
  reviewOf: (name) => `To ${name}. Fields that are not here stay as they are.`,
  becomes: "becomes",
  notSet: "not set",
  alongTitle: "unchanged; the API asks for it with the others",
  json: "As JSON",
  copyJson: "JSON",
  back: "Back to editing",
  send: (count) => (count === 1 ? "Send 1 change" : `Send ${count} changes`),
  sending: "Sending…",

  archiveTitle: (name) => `Archive ${name}?`,
  archiveText: "From then on it takes no calls and writes no messages.",
  archiveFinal: "It is a soft delete: the agent is put away, and no operation of the API brings it back. Only the platform’s own pages can restore it.",
  archivePause: "To stop it for a while, pause it instead.",
  archiveUnsaved: "What you changed here and did not save is lost.",
  archiveYes: "Archive agent",
  archiveNo: "Keep agent",
  archiving: "Archiving…",
  archived: (name) => `Agent ${name} archived`,
  archivedOn: (day) => `Archived on ${day}`,
  archivedText: "It takes no calls and writes no messages. The API cannot restore it; the platform’s own pages can.",
  archivedCopy: "Duplicate as a new agent",
  archivedSettings: "As it was",
  yes: "Yes",
  no: "No",

  wireName: "The field’s name in the API",
  groups: {
    who: "Who it is", speaks: "How it speaks", when: "When it speaks", line: "On the line",
    voicemail: "Voicemail", after: "After the call", owner: "Whom it belongs to",
  },
  fields: {
    name: "Name", is_active: "Live", voice_id: "Voice", language: "Language", llm_model: "Language model",
    temperature: "Temperature", max_duration: "Longest call", silence_timeout: "Speaks after silence of",
    voice_activity_timeout: "Voice detection", backcchanneling: "Says “mm-hm” while listening",
    background_noise: "Background sound", background_type: "Which sound", recording: "Record calls",
    voicemail_detection: "Notice voicemail", voicemail_type: "When voicemail answers",
    voicemail_message: "The message it leaves", webhook: "Call a webhook", webhook_url: "Webhook URL",
    organization_id: "Organization", sub_account_id: "Sub-account",
  },
  hints: {
    name: "Shown in the platform, and said when the agent introduces itself.",
    is_active: "A paused agent takes no calls and writes no messages.",
  },
  units: { minutes: "minutes", seconds: "seconds", milliseconds: "milliseconds" },
  precise: "Precise",
  creative: "Creative",
  leaveMessage: "Leave a message",
  hangUp: "Hang up",
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

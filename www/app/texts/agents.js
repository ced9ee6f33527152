// Agents: the list, one agent, its fields.

import { counted } from "./counted.js";

export const states = { live: "Live", paused: "Paused", archived: "Archived" };
export const pausedOption = (name) => `${name} (paused)`;
export const reading = "Reading the agent";
export const leaveTitle = "Leave without saving?";
export const leaveText = "Your changes are not saved.";
export const leaveYes = "Discard changes";
export const leaveNo = "Keep editing";

export const newTitle = "New agent";
export const newFrom = (name) => `A copy of ${name}. Nothing is sent until you create it.`;
export const copyName = (name) => `${name} copy`;
export const create = "Create agent";
export const createAgain = "Create it again";
export const creating = "Creating…";
export const created = (name) => `Agent ${name} created`;
export const lostTitle = (name) => `“${name}” may have been created`;
export const nameMissing = "Give it a name.";
export const lostText = "The request was not sent again, because that could create a second agent.";
export const lostLook = "Check the platform. If it is there, open it by its id:";
export const lostElse = "If it is not there, create it again.";
export const lostFound = (name) => `The sandbox lists an agent ${name} now.`;
export const lostOpenFound = "Open it";

export const copyId = "agent id";
export const dates = (created, changed) => [created && `Created ${created}`, changed && `changed ${changed}`].filter(Boolean).join(", ");
export const pause = "Pause";
export const resume = "Resume";
export const pausing = "Pausing…";
export const resuming = "Resuming…";
export const paused = (name) => `${name} is paused: it takes no calls and writes no messages`;
export const resumed = (name) => `${name} is live again`;
export const pausedNote = "It takes no calls and writes no messages until you resume it.";
export const duplicate = "Duplicate";
export const archive = "Archive…";
export const save = (count) => (count === 0 ? "Save" : `Save ${counted(count, "change", "changes")}…`);
export const saved = "Saved";
export const checking = "Checking…";
export const elsewhere = (fields) => `Changed elsewhere: ${fields}.`;
export const elsewhereToo = (fields) => `You also changed: ${fields}. Sending replaces the other version.`;
export const archivedElsewhere = (name) => `Agent ${name} was archived elsewhere`;
export const archivedUnsaved = "Your changes were not saved. A duplicate starts with them.";
export const discard = "Discard";
export const discarded = "Discarded.";
export const undo = "Undo";

export const reviewTitle = "What will be sent";
export const reviewOf = (name) => `To ${name}. Other fields stay unchanged.`;
export const becomes = "becomes";
export const notSet = "not set";
export const alongTitle = "unchanged; the API requires it";
export const json = "As JSON";
export const copyJson = "JSON";
export const back = "Back to editing";
export const send = (count) => `Send ${counted(count, "change", "changes")}`;
export const sending = "Sending…";

export const archiveTitle = (name) => `Archive ${name}?`;
export const archiveText = "From then on it takes no calls and writes no messages.";
export const archiveFinal = "The API cannot restore it; the platform can.";
export const archivePause = "To stop it for a while, pause it instead.";
export const archiveUnsaved = "Unsaved changes are lost.";
export const archiveYes = "Archive agent";
export const archiveNo = "Keep agent";
export const archiving = "Archiving…";
export const archived = (name) => `Agent ${name} archived`;
export const archivedOn = (day) => `Archived on ${day}`;
export const archivedText = "It takes no calls and writes no messages. The API cannot restore it; the platform can.";
export const archivedCopy = "Duplicate as a new agent";
export const archivedSettings = "Last settings";
export const yes = "Yes";
export const no = "No";

export const groups = {
  who: "Identity", speaks: "How it speaks", when: "When it speaks", line: "On the line",
  voicemail: "Voicemail", after: "After the call", owner: "Owner",
};
export const fields = {
  name: "Name", is_active: "Live", voice_id: "Voice", language: "Language", llm_model: "Language model",
  temperature: "Temperature", max_duration: "Longest call", silence_timeout: "Speaks after silence of",
  voice_activity_timeout: "Voice detection", backcchanneling: "Says “mm-hm” while listening",
  background_noise: "Background sound", background_type: "Which sound", recording: "Record calls",
  voicemail_detection: "Detect voicemail", voicemail_type: "When voicemail answers",
  voicemail_message: "The message it leaves", webhook: "Call a webhook", webhook_url: "Webhook URL",
  organization_id: "Organization", sub_account_id: "Sub-account",
};
export const hints = {
  is_active: "A paused agent takes no calls and writes no messages.",
};
export const units = { minutes: "minutes", seconds: "seconds", milliseconds: "milliseconds" };
export const precise = "Precise";
export const creative = "Creative";
export const leaveMessage = "Leave a message";
export const hangUp = "Hang up";

// The known agents, contacts and calls: lists, search, import and export.

import { counted } from "./counted.js";

export const open = "Find";
export const openWhat = "an agent, a contact or a call";
export const openKeys = "Ctrl K";
export const title = "Known here";
export const search = "Find an agent, a contact or a call";
export const searchHint = "Name, phone, email, id or call_sid";
export const kinds = { agents: "Agent", contacts: "Contact", calls: "Call" };
export const all = (count) => `${counted(count, "entry", "entries")}, most recent first`;
export const found = (count) => (count === 0 ? "Nothing found" : `${count} found`);
export const cut = (shown, count) => `${count} found, the newest ${shown} shown`;
export const looking = "Loading the lists…";
export const nothing = "Nothing is known here yet";
export const howItFills = "The API has no lists. What you open is remembered here.";
export const openAs = (id) => `Nothing here matches “${id}”. If it is an id, open it:`;
export const openAsAgent = "As an agent";
export const openAsContact = "As a contact";
export const unnamed = { agents: "Agent without a name", contacts: "Contact without a name" };
export const callWith = (name) => `Call with ${name}`;
export const callOf = (id) => `Call ${id}`;
export const met = "seen";
export const forget = (name) => `Forget ${name}`;
export const forgotten = (name) => `${name} is forgotten.`;
export const undo = "Undo";
export const back = (name) => `${name} is restored.`;
export const fromSandbox = "The sandbox lists what it has; nothing is kept in this browser.";
export const kept = (whose) => `Kept in this browser only, for ${whose}, without the key.`;
export const notKept = "This browser stores nothing for this page: its storage is off or full. Export the entries to keep them.";
export const exportFile = "Export";
export const importFile = "Import…";
export const forgetAll = "Forget all…";
export const exported = (count, name) => `${counted(count, "entry", "entries")} exported to ${name}.`;
export const imported = (added, newer) => (added + newer === 0 ? "The file has nothing new."
  : `Imported: ${added} new, ${newer} updated.`);
export const notImported = "Nothing was imported";
export const wrong = {
  unread: "The browser could not read the file.",
  large: "The file is larger than 10 MB.",
  format: "The file is not an export of this page.",
  version: (version, own) => `The file has version ${version}, this page reads version ${own}.`,
  empty: "There is no agent, contact or call in the file.",
  entry: (number, kind, id) => `Entry ${number} of “${kind}” has no valid “${id}”.`,
};
export const otherTitle = "This file belongs to another connection";
export const otherFile = (whose) => `The file: ${whose}.`;
export const otherHere = (whose) => `Here: ${whose}.`;
export const otherMeans = "Its ids may not exist here.";
export const whose = (place, organization) => (organization ? `${place}, organization ${organization}` : place);
export const otherYes = "Import anyway";
export const otherNo = "Cancel";
export const forgetAllTitle = "Forget everything known here?";
export const forgetAllText = (count, whose) => `This removes ${counted(count, "entry", "entries")} for ${whose} from this browser. The API keeps them.`;
export const forgetAllHint = "Without their ids you will not find them again. Export them first.";
export const forgetAllYes = "Forget all";
export const forgetAllNo = "Keep them";
export const allForgotten = "All entries of this connection are forgotten.";
export const more = (count) => `${count} more: find…`;
export const below = (count) => `${count} more below`;
export const openById = "Open by id";
export const noContacts = "No contact is known here yet. Paste an id.";
export const noAgents = "No agent is known here yet. Create one, or paste an id.";
export const openAgentById = "Open agent by id";
export const openContactById = "Open contact by id";

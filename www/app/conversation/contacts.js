// The list of contacts, and which one is open.

import { createContactPanel } from "./contact-panel.js";
import { createPicker } from "../elements/picker.js";
import { store } from "../store.js";
import * as MESSAGES from "../texts/conversation.js";
import * as TEXTS from "../texts/known.js";
import { startUnread } from "./unread.js";
import { showView } from "../elements/views.js";

export function startContacts() {
  createContactPanel(document.getElementById("conversation"));
  const picker = createPicker(document.getElementById("contact-picker"), {
    byIdText: TEXTS.openContactById,
    emptyText: TEXTS.noContacts,
    entries: () => store.get("directory")?.contacts.map(entryOf) ?? null,
    chosen: () => store.get("contactId"),
    choose: openContact,
  });
  store.on(["directory", "contactId", "unread"], picker.render);
  startUnread();
  picker.render();
}

// The phone or email below a name distinguishes contacts of the same name.
function entryOf({ id, name, phone, email }) {
  const [title, ...others] = [name, phone, email, id].filter(Boolean);
  const note = others.filter((other) => other !== id).join(" · ");
  const mark = store.get("unread").has(id) && MESSAGES.unread;
  return { id, title, note: note || (title === name && id) || null, tone: "pick-reach", mark };
}

/** Opens a contact; with `callId`, its calls. */
export function openContact(id, callId = null) {
  showView("conversation");
  store.set({ contactId: id, callId });
}

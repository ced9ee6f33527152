// The list of contacts, and which one is open.

import { createContactPanel } from "./contact-panel.js";
import { createPicker } from "../elements/picker.js";
import { store } from "../store.js";
import { conversation as MESSAGES, known as TEXTS } from "../texts.js";
import { startUnread } from "./unread.js";
import { showView } from "../elements/views.js";

export function startContacts() {
  createContactPanel(document.getElementById("conversation"));
  const picker = createPicker(document.getElementById("contact-picker"), {
    byIdText: TEXTS.openContactById,
    emptyText: TEXTS.noContacts,
    entries: () => store.get("directory")?.contacts.map(({ id, name, phone }) => ({
      id, title: name || phone || id, ...(store.get("unread").has(id) ? { note: MESSAGES.unread, tone: "unread" } : {}),
    })) ?? null,
    chosen: () => store.get("contactId"),
    choose: openContact,
  });
  store.on(["directory", "contactId", "unread"], picker.render);
  startUnread();
  picker.render();
}

/** Opens a contact; with `callId`, at its calls. */
export function openContact(id, callId = null) {
  showView("conversation");
  store.set({ contactId: id, callId });
}

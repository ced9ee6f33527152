// The list of contacts, and which one is open.

import { createContactPanel } from "./contact-panel.js";
import { createPicker } from "../elements/picker.js";
import { store } from "../store.js";
import { known as TEXTS } from "../texts.js";
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
  store.on(["directory", "contactId"], picker.render);
  picker.render();
}

// What tells two of one name apart stands under it.
function entryOf({ id, name, phone, email }) {
  const [title, ...others] = [name, phone, email, id].filter(Boolean);
  const note = others.filter((other) => other !== id).join(" · ");
  return { id, title, note: note || (title === name && id) || null, tone: "pick-reach" };
}

/** Opens a contact; with `callId`, at its calls. */
export function openContact(id, callId = null) {
  showView("conversation");
  store.set({ contactId: id, callId });
}

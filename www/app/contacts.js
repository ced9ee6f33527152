// The list of contacts, and which one is open.

import { createContactPanel } from "./contact-panel.js";
import { createPicker } from "./picker.js";
import { store } from "./store.js";
import { showView } from "./views.js";

export function startContacts() {
  createContactPanel(document.getElementById("conversation"));
  const picker = createPicker(document.getElementById("contact-picker"), {
    noun: "contact",
    emptyText: "No contact is known here yet. Paste an id to read a conversation.",
    entries: () => store.get("directory")?.contacts.map(({ id, name, phone }) => ({ id, title: name || phone || id })) ?? null,
    chosen: () => store.get("contactId"),
    choose(id) {
      showView("conversation");
      store.set({ contactId: id });
    },
  });
  store.on(["directory", "contactId"], picker.render);
  picker.render();
}

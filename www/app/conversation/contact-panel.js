// One contact: who it is, the conversation, the calls.

import { createCallsTab } from "../calls/calls.js";
import { askToCall } from "../calls/call-dialog.js";
import { call } from "../client.js";
import { Conversation } from "./conversation.js";
import { remember } from "../directory.js";
import { copyButton, fill, h, icon, iconButton, makeButton } from "../elements/dom.js";
import { errorBox } from "../states/errors.js";
import { initials } from "../elements/format.js";
import { saveHistory } from "./history-dialog.js";
import { MessagesTab } from "./messages-tab.js";
import { showReading } from "../states/reading.js";
import { alone, noConversation } from "../states/states.js";
import { store } from "../store.js";
import { createTabs } from "../elements/tabs.js";
import * as TEXTS from "../texts/conversation.js";

export function createContactPanel(section) {
  let leave = () => {};
  store.on(["contactId", "connection"], open);

  function open() {
    leave();
    leave = () => {};
    const id = store.get("contactId");
    if (id === null) {
      section.removeAttribute("aria-busy");
      fill(section, noConversation());
    } else read(id);
  }

  async function read(id) {
    const reading = new AbortController();
    const { signal } = reading;
    leave = () => reading.abort();
    const conversation = new Conversation((page) => call("getContactMessages", [id, page], { signal }));
    showReading(section, TEXTS.reading, 5, reading, () => read(id));
    try {
      await conversation.open();
      if (!signal.aborted) leave = show(section, id, conversation, reading);
    } catch (error) {
      if (!signal.aborted) fill(section, alone(errorBox(error, { retry: () => read(id) })));
    } finally {
      if (!signal.aborted) section.removeAttribute("aria-busy");
    }
  }
}

/** Shows the conversation; returns a function that stops it. */
function show(section, id, conversation, reading) {
  const { name, phone, email } = conversation.contact ?? {};
  const contact = { id, name: name || TEXTS.nobody, phone, email };
  remember("contacts", { id, ...(phone ? { phone } : {}), ...(name ? { name } : {}), ...(email ? { email } : {}) });

  const messages = new MessagesTab({ contact, conversation, signal: reading.signal });
  const calls = createCallsTab(id);
  const tabs = createTabs([
    { label: TEXTS.messagesTab, content: messages.element },
    { label: TEXTS.callsTab, content: calls.element },
  ]);
  // Show the messages before the search field takes the focus.
  messages.search.button.addEventListener("click", () => tabs.select(0), true);
  const startCall = async () => {
    if (await askToCall({ contactId: id, name: contact.name, phone })) tabs.select(1);
  };
  const stopShowingCalls = store.on(["callId"], showCalls);
  showCalls();
  // A search for a call leads to the calls.
  function showCalls() {
    if (reading.signal.aborted || store.get("callId") === null) return;
    tabs.select(1);
    store.set({ callId: null });
  }
  fill(section,
    head({ ...contact, name }, { startCall, save: () => saveHistory(contact), search: messages.search.button }),
    h("div", { class: "tab-row" }, tabs.bar, messages.live.text, messages.live.button),
    tabs.panels);
  messages.begin();

  return () => {
    reading.abort();
    messages.stop();
    calls.stop();
    stopShowingCalls();
  };
}

function head({ id, name, phone, email }, { startCall, save, search }) {
  return h("header", { class: "sheet-head contact-head" },
    h("span", { class: "avatar", "aria-hidden": "true" }, initials(name)),
    h("div", { class: "contact-name" },
      h("div", { class: "title-row" }, h("h2", { tabindex: "-1", dir: "auto" }, name || TEXTS.nameless), copyButton(id, TEXTS.contactId)),
      h("p", { class: "reach hint" }, [phone, email].filter(Boolean).map((way) => h("span", null, h("bdi", null, way))),
        !phone && !email && h("span", null, TEXTS.noReach))),
    search,
    iconButton("save", TEXTS.history.title, save, "save-history"),
    makeButton([icon("phone"), h("span", { class: "label" }, TEXTS.call)], startCall, "call"));
}

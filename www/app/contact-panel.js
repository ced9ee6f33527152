// One contact: who it is, the conversation, the calls.

import { createCallsTab } from "./calls.js";
import { askToCall } from "./call-dialog.js";
import { call } from "./client.js";
import { createComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { remember } from "./directory.js";
import { announce, copyButton, fill, h, icon, whileBusy } from "./dom.js";
import { errorBox, showError } from "./errors.js";
import { clock, initials } from "./format.js";
import { startPolling } from "./poller.js";
import { showReading } from "./reading.js";
import { noConversation } from "./states.js";
import { store } from "./store.js";
import { createTabs } from "./tabs.js";
import { createThread } from "./thread.js";

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
    showReading(section, "Reading the conversation", 5, reading, () => read(id));
    try {
      await conversation.open();
      if (!signal.aborted) leave = show(id, conversation, reading);
    } catch (error) {
      if (!signal.aborted) fill(section, h("div", { class: "sheet-body" }, errorBox(error, { retry: () => read(id) })));
    } finally {
      if (!signal.aborted) section.removeAttribute("aria-busy");
    }
  }

  function show(id, conversation, reading) {
    const { signal } = reading;
    const { name, phone, email } = conversation.contact ?? {};
    const shownName = name || "this contact";
    remember("contacts", { id, ...(phone ? { phone } : {}), ...(name ? { name } : {}) });

    const thread = createThread({ onOlder: readOlder, onReply: (message) => composer.answer(message) });
    const composer = createComposer({
      name: shownName,
      conversationId: () => conversation.conversationId,
      onSent(sent) {
        conversation.addSent(sent);
        thread.render(conversation, shownName);
        thread.toBottom();
        poller?.expect();
      },
    });
    const calls = createCallsTab(id);
    const tabs = createTabs([
      { label: "Messages", content: h("div", { class: "messages-tab" }, thread.element, composer.element) },
      { label: "Calls", content: calls.element },
    ]);

    const liveText = h("span", { class: "live-text" });
    const liveButton = h("button", { type: "button", class: "button quiet small live", "aria-pressed": "true", onclick: toggleLive },
      h("span", { class: "live-dot", "aria-hidden": "true" }), "Live updates");
    fill(section,
      h("header", { class: "sheet-head contact-head" },
        h("span", { class: "avatar", "aria-hidden": "true" }, initials(name)),
        h("div", { class: "contact-name" },
          h("div", { class: "title-row" }, h("h2", { tabindex: "-1" }, name || "Contact without a name"), copyButton(id, "contact id")),
          h("p", { class: "reach" }, [phone, email].filter(Boolean).map((way) => h("span", null, way)),
            !phone && !email && h("span", null, "No phone number or email address"))),
        h("button", { type: "button", class: "button call", onclick: startCall }, icon("phone"), "Call")),
      h("div", { class: "tab-row" }, tabs.bar, liveText, liveButton),
      tabs.panels);
    const last = conversation.messages.find((message) => message.sender_type === "contact");
    if (last) composer.suggestChannel(last.message_type);
    thread.render(conversation, shownName);
    thread.toBottom();

    let poller = null;
    poll();
    function poll() {
      liveText.textContent = "";
      poller = startPolling(check);
    }

    async function check() {
      const read = (page) => call("getContactMessages", [id, page], { signal, maxRetries: 0 }, { background: true });
      const arrived = await conversation.refresh(read).catch((error) => {
        if (!signal.aborted) liveText.textContent = "Could not check for new messages";
        throw error;
      });
      if (signal.aborted) return;
      liveText.textContent = `Checked ${clock(Date.now())}`;
      if (arrived.length === 0) return;
      thread.render(conversation, shownName);
      const inbound = arrived.filter((message) => message.sender_type === "contact");
      if (inbound.length > 0) announce(`${shownName} wrote: ${inbound.map(({ content }) => content).join(" ")}`);
    }

    function toggleLive() {
      const live = poller === null;
      liveButton.setAttribute("aria-pressed", String(live));
      if (live) {
        poll();
        poller.expect();
      } else {
        poller.stop();
        poller = null;
        liveText.textContent = "Paused";
      }
    }

    async function startCall() {
      if (await askToCall({ contactId: id, name: shownName, phone })) tabs.select(1);
    }

    function readOlder(button) {
      thread.olderError.replaceChildren();
      return whileBusy(button, "Loading…", async () => {
        try {
          await conversation.older();
          if (!signal.aborted) thread.render(conversation, shownName, { stay: true });
        } catch (error) {
          if (!signal.aborted) showError(error, { slot: thread.olderError, retry: () => readOlder(button) });
        }
      });
    }

    return () => {
      reading.abort();
      poller?.stop();
      composer.stop();
      calls.stop();
    };
  }
}

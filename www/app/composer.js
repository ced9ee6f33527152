// Writes to the contact: as is, or as a prompt for an agent that writes.

import { fillAgentOptions } from "./agent-state.js";
import { call } from "./client.js";
import { announce, h, icon, newId, whileBusy } from "./dom.js";
import { FieldErrors, showError } from "./errors.js";
import { CHANNEL_NAMES } from "./format.js";
import { store } from "./store.js";

// Enter alone makes a new line: a message reaches a person, so it should not go out by a slip.
const SHORTCUT = matchMedia("(hover: none)").matches ? "" : navigator.platform.startsWith("Mac") ? " ⌘ Enter sends it." : " Ctrl Enter sends it.";

/** `conversationId()` says where to; `onSent(answer)` runs after a success. */
export function createComposer({ name, conversationId, onSent }) {
  const errors = new FieldErrors();
  const slot = h("div", { class: "error-slot" });
  let answering = null;

  const labelled = (field, label, control) => {
    const error = h("p", { class: "field-error", id: newId(`${field}-error`), hidden: true });
    control.id = newId(field);
    control.setAttribute("aria-describedby", error.id);
    errors.add(field, control, error);
    control.addEventListener("input", () => errors.clear(field));
    return { label: h("label", { for: control.id, class: "visually-hidden" }, label), control, error };
  };

  const content = labelled("content", `Message to ${name}`, h("textarea", { rows: 2, name: "content", autocomplete: "off" }));
  const channel = labelled("channel", "Channel", h("select", { name: "channel" },
    CHANNEL_NAMES.map(([value, label]) => h("option", { value }, label))));
  const agent = labelled("agent_id", "Agent that writes", h("select", { name: "agent_id" }));
  const agentPart = h("div", { class: "composer-agent", hidden: true }, agent.label, agent.control);

  const modeName = newId("mode");
  const mode = (value, text, checked) => h("label", { class: "segment" },
    h("input", { type: "radio", name: modeName, value, checked, onchange: showMode }), h("span", null, text));
  const modes = h("fieldset", { class: "segments" }, h("legend", { class: "visually-hidden" }, "Who writes"),
    mode("as-is", "As written", true), mode("ai", "AI writes"));

  const answeringText = h("span");
  const answeringPart = h("p", { class: "answering", hidden: true }, answeringText,
    h("button", { type: "button", class: "button icon-only", "aria-label": "Do not answer a certain message", onclick: () => answer(null) }, icon("close")));
  const button = h("button", { type: "submit", class: "button primary send" }, icon("send"), h("span", { class: "label" }, "Send"));

  const form = h("form", { class: "composer", novalidate: true, onsubmit: send },
    slot, answeringPart,
    content.label, content.control,
    h("div", { class: "composer-row" }, channel.label, channel.control, modes, agentPart, button),
    content.error, channel.error, agent.error);

  content.control.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  const isAi = () => form.querySelector(`[name="${modeName}"]:checked`)?.value === "ai";

  function showMode() {
    agentPart.hidden = !isAi();
    errors.clear();
    content.control.placeholder = (isAi() ? "Tell the agent what to write." : `Write to ${name}.`) + SHORTCUT;
  }

  function answer(message) {
    answering = message;
    answeringPart.hidden = message === null;
    answeringText.textContent = message ? `Answers: ${message.content}` : "";
    content.control.focus();
  }

  function send(event) {
    event.preventDefault();
    errors.clear();
    slot.replaceChildren();
    const request = {
      // Nothing written is a field that is not there, which the package refuses with its name.
      ...(content.control.value.trim() ? { content: content.control.value } : {}),
      ai: isAi(),
      conversation_id: conversationId(),
      channel: channel.control.value,
      ...(isAi() && agent.control.value ? { agent_id: agent.control.value } : {}),
      ...(answering ? { message_id: answering.id } : {}),
    };
    return whileBusy(button, isAi() ? "Writing…" : "Sending…", async () => {
      try {
        const sent = await call("sendMessage", [request]);
        content.control.value = "";
        answer(null);
        announce(sent.delivered === false ? "The message was taken but not delivered" : "Message sent");
        onSent(sent);
      } catch (error) {
        showError(error, { fields: errors, slot });
      }
    });
  }

  showMode();
  const fillAgents = () => fillAgentOptions(agent.control, agent.control.value || store.get("agentId"));
  fillAgents();
  const stopFilling = store.on(["directory"], fillAgents);
  return {
    element: form,
    answer,
    /** New messages of the contact usually come by the channel that they use. */
    suggestChannel(value) {
      if ([...channel.control.options].some((option) => option.value === value)) channel.control.value = value;
    },
    stop: stopFilling,
  };
}

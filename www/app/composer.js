// Writes to the contact: as is, or as a prompt for an agent that writes.

import { fillAgentOptions } from "./agent-state.js";
import { call } from "./client.js";
import { h, icon, newId } from "./dom.js";
import { FieldErrors, showError } from "./errors.js";
import { CHANNEL_NAMES, channel as channelName } from "./format.js";
import { store } from "./store.js";
import { conversation as TEXTS } from "./texts.js";

// Enter alone makes a new line: a message reaches a person, so it should not go out by a slip.
const KEYS = matchMedia("(hover: none)").matches ? "" : navigator.platform.startsWith("Mac") ? "⌘ Enter" : "Ctrl Enter";
const SHORTCUT = KEYS && TEXTS.shortcut(KEYS);
/** A second press so soon is a double click. */
const DOUBLE_CLICK = 600;

/**
 * `contact` has `name`, `phone` and `email`; `conversationId()` says where to. `onSend(draft)` takes
 * what was written, `{ request, answering }`.
 */
export function createComposer({ contact, conversationId, onSend }) {
  const errors = new FieldErrors();
  const slot = h("div", { class: "error-slot" });
  let answering = null;
  let sentAt = -Infinity;

  const labelled = (field, label, control) => {
    const error = h("p", { class: "field-error", id: newId(`${field}-error`), hidden: true });
    control.id = newId(field);
    control.setAttribute("aria-describedby", error.id);
    errors.add(field, control, error);
    control.addEventListener("input", () => errors.clear(field));
    return { label: h("label", { for: control.id, class: "visually-hidden" }, label), control, error };
  };

  const content = labelled("content", TEXTS.messageTo(contact.name), h("textarea", { rows: 2, name: "content", autocomplete: "off", dir: "auto" }));
  const channel = labelled("channel", TEXTS.channel, h("select", { name: "channel", onchange: showHints },
    CHANNEL_NAMES.map(([value, label]) => h("option", { value }, label))));
  const agent = labelled("agent_id", TEXTS.agent, h("select", { name: "agent_id", onchange: showHints }));
  const agentPart = h("div", { class: "composer-agent", hidden: true }, agent.label, agent.control);

  const modeName = newId("mode");
  const mode = (value, text, checked) => h("label", { class: "segment" },
    h("input", { type: "radio", name: modeName, value, checked, onchange: showMode }), h("span", null, text));
  const modes = h("fieldset", { class: "segments" }, h("legend", { class: "visually-hidden" }, TEXTS.whoWrites),
    mode("as-is", TEXTS.asWritten, true), mode("ai", TEXTS.aiWrites));

  const answeringText = h("span", { dir: "auto" });
  const answeringPart = h("p", { class: "answering", hidden: true }, answeringText,
    h("button", { type: "button", class: "button icon-only", "aria-label": TEXTS.answerNone, onclick: () => answer(null) }, icon("close")));
  const hints = h("p", { class: "composer-hint", role: "status" });
  const button = h("button", { type: "submit", class: "button primary send" }, icon("send"), h("span", { class: "label" }, TEXTS.send));

  const form = h("form", { class: "composer", novalidate: true, onsubmit: send },
    slot, answeringPart,
    content.label, h("div", { class: "composer-write" }, content.control, button), hints,
    h("div", { class: "composer-row" }, channel.label, channel.control, modes, agentPart),
    content.error, channel.error, agent.error);

  content.control.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) form.requestSubmit();
  });
  const modeInput = (value) => form.querySelector(`[name="${modeName}"][value="${value}"]`);
  const isAi = () => modeInput("ai")?.checked === true;

  function showMode() {
    agentPart.hidden = !isAi();
    errors.clear();
    content.control.placeholder = (isAi() ? TEXTS.writePrompt : TEXTS.writeTo(contact.name)) + SHORTCUT;
    showHints();
  }

  function showHints() {
    const agents = store.get("directory")?.agents ?? [];
    const text = [reachHint(contact, channel.control.value), isAi() && agentHint(agents, agent.control.value)].filter(Boolean).join(" ");
    if (hints.textContent !== text) hints.textContent = text;
  }

  function answer(message) {
    answering = message;
    answeringPart.hidden = message === null;
    answeringText.textContent = message ? TEXTS.answers(message.content) : "";
    content.control.focus();
  }

  const draft = () => ({
    answering,
    request: {
      // Nothing written is a field that is not there, which the package refuses with its name.
      ...(content.control.value.trim() ? { content: content.control.value } : {}),
      ai: isAi(),
      conversation_id: conversationId(),
      channel: channel.control.value,
      ...(isAi() && agent.control.value ? { agent_id: agent.control.value } : {}),
      ...(answering ? { message_id: answering.id } : {}),
    },
  });

  function send(event) {
    event.preventDefault();
    const written = draft();
    if (!written.request.content) return event.timeStamp - sentAt < DOUBLE_CLICK ? undefined : refuse(written.request);
    errors.clear();
    slot.replaceChildren();
    sentAt = event.timeStamp;
    content.control.value = "";
    answer(null);
    return onSend(written);
  }

  // The package says what is missing, and sends nothing.
  const refuse = (request) => call("sendMessage", [request]).catch((error) => showError(error, { fields: errors, slot }));

  /** Puts a draft back before what was written since. */
  function restore({ request, answering: answered }) {
    content.control.value = [request.content, content.control.value].filter(Boolean).join("\n");
    suggestChannel(request.channel);
    modeInput(request.ai ? "ai" : "as-is").checked = true;
    if (request.agent_id) agent.control.value = request.agent_id;
    showMode();
    answering = answered;
    answeringPart.hidden = !answered;
    answeringText.textContent = answered ? TEXTS.answers(answered.content) : "";
  }

  /** Puts an entry of the outbox back that was refused, with the reason at its field. */
  function takeBack(entry) {
    restore(entry);
    showError(entry.error, { fields: errors, slot });
  }

  /** New messages of the contact usually come by the channel that they use. */
  function suggestChannel(value) {
    if ([...channel.control.options].some((option) => option.value === value)) channel.control.value = value;
    showHints();
  }

  const fillAgents = () => {
    fillAgentOptions(agent.control, agent.control.value || store.get("agentId"));
    showHints();
  };
  showMode();
  fillAgents();
  const stopFilling = store.on(["directory"], fillAgents);
  return { element: form, answer, draft, restore, takeBack, suggestChannel, focus: () => content.control.focus(), stop: stopFilling };
}

function reachHint({ phone, email }, way) {
  if (["sms", "whatsapp"].includes(way) && !phone) return TEXTS.noPhone(channelName(way));
  return way === "email" && !email ? TEXTS.noEmail : "";
}

function agentHint(agents, id) {
  const chosen = agents.find((agent) => agent.id === id);
  if (!chosen) return TEXTS.noAgents;
  return chosen.is_active === false ? TEXTS.agentPaused(chosen.name || id) : "";
}

// Writes to the contact: as is, or as a prompt for an agent that writes.

import { fillAgentOptions } from "../agents/agent-state.js";
import { call } from "../client.js";
import { h, icon, iconButton, makeButton, newId } from "../elements/dom.js";
import { makeChoice } from "../elements/field.js";
import { FieldErrors, showError } from "../states/errors.js";
import { CHANNEL_NAMES, channel as channelName } from "../elements/format.js";
import { store } from "../store.js";
import { conversation as TEXTS } from "../texts.js";

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
  const { content, channel, agent, modes, isAi, ...parts } = createFields(contact, errors, { showMode, showHints });
  const slot = h("div", { class: "error-slot" });
  const hints = h("p", { class: "composer-hint", role: "status" });
  const answering = createAnswering(() => content.focus());
  const form = h("form", { class: "composer", novalidate: true, onsubmit: send, onkeydown: sendByKeys },
    slot, answering.element,
    parts.contentLabel, h("div", { class: "composer-write" }, content, parts.button), hints,
    h("div", { class: "composer-row" }, parts.channelLabel, channel, modes.element, parts.agentPart),
    parts.errorTexts);
  let sentAt = -Infinity;

  function sendByKeys(event) {
    if (event.target === content && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) form.requestSubmit();
  }

  function showMode() {
    parts.agentPart.hidden = !isAi();
    errors.clear();
    content.placeholder = (isAi() ? TEXTS.writePrompt : TEXTS.writeTo(contact.name)) + SHORTCUT;
    showHints();
  }

  function showHints() {
    const text = [reachHint(contact, channel.value), isAi() && agentHint(agent.value)].filter(Boolean).join(" ");
    if (hints.textContent !== text) hints.textContent = text;
  }

  const draft = () => ({
    answering: answering.message,
    request: {
      // Nothing written is a field that is not there, which the package refuses with its name.
      ...(content.value.trim() ? { content: content.value } : {}),
      ai: isAi(),
      conversation_id: conversationId(),
      channel: channel.value,
      ...(isAi() && agent.value ? { agent_id: agent.value } : {}),
      ...(answering.message ? { message_id: answering.message.id } : {}),
    },
  });

  function send(event) {
    event.preventDefault();
    const written = draft();
    if (!written.request.content) return event.timeStamp - sentAt < DOUBLE_CLICK ? undefined : refuse(written.request);
    errors.clear();
    slot.replaceChildren();
    sentAt = event.timeStamp;
    content.value = "";
    answering.set(null);
    content.focus();
    return onSend(written);
  }

  // The package says what is missing, and sends nothing.
  const refuse = (request) => call("sendMessage", [request]).catch((error) => showError(error, { fields: errors, slot }));

  /** Puts a draft back before what was written since. */
  function restore({ request, answering: answered }) {
    content.value = [request.content, content.value].filter(Boolean).join("\n");
    suggestChannel(request.channel);
    modes.choose(request.ai ? "ai" : "as-is");
    if (request.agent_id) agent.value = request.agent_id;
    answering.set(answered ?? null);
    showMode();
  }

  /** Puts an entry of the outbox back that was refused, with the reason at its field. */
  function takeBack(entry) {
    restore(entry);
    showError(entry.error, { fields: errors, slot });
  }

  /** New messages of the contact usually come by the channel that they use. */
  function suggestChannel(value) {
    if ([...channel.options].some((option) => option.value === value)) channel.value = value;
    showHints();
  }

  function fillAgents() {
    fillAgentOptions(agent, agent.value || store.get("agentId"));
    showHints();
  }
  showMode();
  fillAgents();
  return {
    element: form, draft, restore, takeBack, suggestChannel,
    answer: (message) => { answering.set(message); content.focus(); },
    focus: () => content.focus(),
    stop: store.on(["directory"], fillAgents),
  };
}

/** The controls; `errors` knows them by their names on the wire. */
function createFields({ name }, errors, { showMode, showHints }) {
  const errorTexts = [];
  const labelled = (field, label, control) => {
    control.id = newId(field);
    errorTexts.push(errors.add(field, control));
    return h("label", { for: control.id, class: "visually-hidden" }, label);
  };
  const content = h("textarea", { rows: 2, name: "content", autocomplete: "off", dir: "auto" });
  const contentLabel = labelled("content", TEXTS.messageTo(name), content);
  const channel = h("select", { name: "channel", onchange: showHints }, CHANNEL_NAMES.map(([value, label]) => h("option", { value }, label)));
  const channelLabel = labelled("channel", TEXTS.channel, channel);
  const agent = h("select", { name: "agent_id", onchange: showHints });
  const agentPart = h("div", { class: "composer-agent", hidden: true }, labelled("agent_id", TEXTS.agent, agent), agent);
  const button = makeButton([icon("send"), h("span", { class: "label" }, TEXTS.send)], null, "primary send", { type: "submit" });

  const modes = makeChoice({ legend: TEXTS.whoWrites, options: [["as-is", TEXTS.asWritten], ["ai", TEXTS.aiWrites]], chosen: "as-is", onchange: showMode });
  return { content, contentLabel, channel, channelLabel, agent, agentPart, button, modes, errorTexts, isAi: () => modes.value() === "ai" };
}

/** Which message is answered, if a certain one is. */
function createAnswering(onForget) {
  const text = h("span", { dir: "auto" });
  const element = h("p", { class: "answering", hidden: true }, text,
    iconButton("close", TEXTS.answerNone, () => { set(null); onForget(); }));
  const answering = { element, message: null, set };
  function set(message) {
    answering.message = message;
    element.hidden = message === null;
    text.textContent = message ? TEXTS.answers(message.content) : "";
  }
  return answering;
}

function reachHint({ phone, email }, way) {
  if (["sms", "whatsapp"].includes(way) && !phone) return TEXTS.noPhone(channelName(way));
  return way === "email" && !email ? TEXTS.noEmail : "";
}

function agentHint(id) {
  const chosen = store.get("directory")?.agents.find((agent) => agent.id === id);
  if (!chosen) return TEXTS.noAgents;
  return chosen.is_active === false ? TEXTS.agentPaused(chosen.name || id) : "";
}

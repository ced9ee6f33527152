// The composer: a message as written, or a prompt for an agent that writes it.

import { fillAgentOptions } from "../agents/agent-state.js";
import { call } from "../client.js";
import { h, icon, iconButton, makeButton, newId } from "../elements/dom.js";
import { isEnter, makeChoice } from "../elements/field.js";
import { FieldErrors, showError } from "../states/errors.js";
import { CHANNEL_NAMES, channel as channelName } from "../elements/format.js";
import { store } from "../store.js";
import { textOf } from "./message-text.js";
import { smsSize } from "./sms.js";
import * as TEXTS from "../texts/conversation.js";

// Enter alone inserts a new line: a message reaches a person, so it must not be sent by accident.
const KEYS = matchMedia("(hover: none)").matches ? "" : navigator.platform.startsWith("Mac") ? "⌘ Enter" : "Ctrl Enter";
const SHORTCUT = KEYS && TEXTS.shortcut(KEYS);
/** A second click within this time is a double click. */
const DOUBLE_CLICK = 600;

export class Composer {
  #contact; #conversationId; #onSend;
  #errors = new FieldErrors();
  #fields;
  #slot = h("div", { class: "error-slot" });
  #hints = h("p", { class: "composer-hint", role: "status" });
  #sms = h("span", { class: "sms hint" });
  #answering = createAnswering(() => this.focus());
  #sentAt = -Infinity;
  element;
  stop;

  /**
   * `contact` has `name`, `phone` and `email`; `conversationId()` returns the conversation's id.
   * `onSend(draft)` gets the message as `{ request, answering }`.
   */
  constructor({ contact, conversationId, onSend }) {
    this.#contact = contact;
    this.#conversationId = conversationId;
    this.#onSend = onSend;
    this.#fields = createFields(contact, this.#errors, { showMode: () => this.#showMode(), showHints: () => this.#showHints() });
    const { content, channel, modes, ...parts } = this.#fields;
    this.element = h("form", { class: "composer", novalidate: true, onsubmit: (event) => this.#send(event), onkeydown: (event) => this.#sendByKeys(event) },
      this.#slot, this.#answering.element,
      parts.contentLabel, h("div", { class: "composer-write" }, content, parts.button), this.#hints,
      h("div", { class: "composer-row" }, parts.channelLabel, channel, modes.element, parts.agentPart, this.#sms),
      parts.errorTexts);
    this.#showMode();
    this.#fillAgents();
    this.stop = store.on(["directory"], () => this.#fillAgents());
  }

  /** The current draft. */
  draft() {
    const { content, channel, agent, isAi } = this.#fields;
    const { message } = this.#answering;
    return {
      answering: message,
      request: {
        // An empty field is omitted, and the package rejects it by name.
        ...(content.value.trim() ? { content: content.value } : {}),
        ai: isAi(),
        conversation_id: this.#conversationId(),
        channel: channel.value,
        ...(isAi() && agent.value ? { agent_id: agent.value } : {}),
        ...(message ? { message_id: message.id } : {}),
      },
    };
  }

  /** Inserts a draft before the current text. */
  restore({ request, answering }) {
    const { content, modes, agent } = this.#fields;
    content.value = [request.content, content.value].filter(Boolean).join("\n");
    this.suggestChannel(request.channel);
    modes.choose(request.ai ? "ai" : "as-is");
    if (request.agent_id) agent.value = request.agent_id;
    this.#answering.set(answering ?? null);
    this.#showMode();
  }

  /** Restores a rejected entry of the outbox, with the error next to its field. */
  takeBack(entry) {
    this.restore(entry);
    this.#showError(entry.error);
  }

  /** Preselects the channel of the contact's last message. */
  suggestChannel(value) {
    const { channel } = this.#fields;
    if ([...channel.options].some((option) => option.value === value)) channel.value = value;
    this.#showHints();
  }

  answer(message) {
    this.#answering.set(message);
    this.focus();
  }

  focus() {
    this.#fields.content.focus();
  }

  #sendByKeys(event) {
    if (event.target === this.#fields.content && isEnter(event) && (event.ctrlKey || event.metaKey) && !event.repeat) this.element.requestSubmit();
  }

  #send(event) {
    event.preventDefault();
    const written = this.draft();
    if (!written.request.content) return event.timeStamp - this.#sentAt < DOUBLE_CLICK ? undefined : this.#refuse(written.request);
    this.#errors.clear();
    this.#slot.replaceChildren();
    this.#sentAt = event.timeStamp;
    this.#fields.content.value = "";
    this.#showHints();
    this.answer(null);
    return this.#onSend(written);
  }

  // The package reports what is missing, and sends nothing.
  #refuse(request) {
    return call("sendMessage", [request]).catch((error) => this.#showError(error));
  }

  #showError(error) {
    showError(error, { fields: this.#errors, slot: this.#slot });
  }

  #showMode() {
    const { agentPart, isAi } = this.#fields;
    agentPart.hidden = !isAi();
    this.#errors.clear();
    this.#showHints();
  }

  #showHints() {
    const { content, channel, agent, isAi } = this.#fields;
    this.#sms.textContent = channel.value === "sms" && !isAi() && content.value ? TEXTS.sms(smsSize(content.value)) : "";
    content.placeholder = (isAi() ? TEXTS.writePrompt : TEXTS.writeTo(channelName(channel.value), this.#contact.name)) + SHORTCUT;
    const text = [reachHint(this.#contact, channel.value), isAi() && agentHint(agent.value)].filter(Boolean).join(" ");
    if (this.#hints.textContent !== text) this.#hints.textContent = text;
  }

  #fillAgents() {
    const { agent } = this.#fields;
    fillAgentOptions(agent, store.get("agentId"));
    this.#showHints();
  }
}

/** The controls; `errors` has them by their API names. */
function createFields({ name }, errors, { showMode, showHints }) {
  const errorTexts = [];
  const labelled = (field, label, control) => {
    control.id = newId(field);
    errorTexts.push(errors.add(field, control));
    return h("label", { for: control.id, class: "visually-hidden" }, label);
  };
  const content = h("textarea", { rows: 2, name: "content", autocomplete: "off", dir: "auto", oninput: showHints });
  const contentLabel = labelled("content", TEXTS.messageTo(name), content);
  const channel = h("select", { name: "channel", onchange: showHints }, CHANNEL_NAMES.map(([value, label]) => h("option", { value }, label)));
  const channelLabel = labelled("channel", TEXTS.channel, channel);
  const agent = h("select", { name: "agent_id", onchange: showHints });
  const agentPart = h("div", { class: "composer-agent", hidden: true }, labelled("agent_id", TEXTS.agent, agent), agent);
  const button = makeButton([icon("send"), h("span", { class: "label" }, TEXTS.send)], null, "primary send", { type: "submit" });

  const modes = makeChoice({ legend: TEXTS.whoWrites, options: [["as-is", TEXTS.asWritten], ["ai", TEXTS.aiWrites]], chosen: "as-is", onchange: showMode });
  return { content, contentLabel, channel, channelLabel, agent, agentPart, button, modes, errorTexts, isAi: () => modes.value() === "ai" };
}

/** The message that is replied to, if any. */
function createAnswering(onForget) {
  const text = h("span", { dir: "auto" });
  const element = h("p", { class: "answering", hidden: true }, text,
    iconButton("close", TEXTS.answerNone, () => { set(null); onForget(); }));
  const answering = { element, message: null, set };
  function set(message) {
    answering.message = message;
    element.hidden = message === null;
    text.textContent = message ? TEXTS.answers(textOf(message)) : "";
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

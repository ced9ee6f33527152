// The messages of one contact: the thread, the outbox, the composer and live updates.

import { call } from "../client.js";
import { Composer } from "./composer.js";
import { announce, fill, h, iconButton, makeButton } from "../elements/dom.js";
import { onNewDay } from "../elements/ticker.js";
import { words } from "../states/explain.js";
import { createLiveUpdates } from "./live-updates.js";
import { draftOf, nameOf, onOutboxes, outboxOf, takeLeftToOther, troubles } from "./outboxes.js";
import { createSearch } from "./search.js";
import { store } from "../store.js";
import * as common from "../texts/common.js";
import * as TEXTS from "../texts/conversation.js";
import { createThread } from "./thread.js";
import { markSeen } from "./unread.js";

/** A check for one message reads as many pages as it takes to reach the known messages. */
const LOOK_PAGES = 50;

export class MessagesTab {
  #contact; #conversation; #signal; #outbox; #draft; #thread; #composer;
  #elsewhere;
  #stopDays = onNewDay(() => this.#render({ stay: true }));
  live = createLiveUpdates(() => this.#check());
  element;
  search;

  /** `contact` has `id`, `name`, `phone` and `email`; `signal` aborts reads. */
  constructor({ contact, conversation, signal }) {
    const { id, name } = contact;
    this.#contact = contact;
    this.#conversation = conversation;
    this.#signal = signal;
    this.#outbox = outboxOf(id);
    this.#draft = draftOf(id);
    this.#thread = createThread({
      name, readOlder: () => this.#readOlder(), onReply: (message) => this.#composer.answer(message),
      actions: {
        look: (entry) => this.#look(entry), again: (entry) => this.#again(entry), edit: (entry) => this.#edit(entry),
        remove: (entry) => this.#outbox.remove(entry), cancel: (entry) => this.#outbox.cancel(entry),
      },
    });
    this.#composer = new Composer({ contact, conversationId: () => conversation.conversationId, onSend: (draft) => this.#send(draft) });
    this.#composer.element.addEventListener("input", () => this.#keepDraft());
    this.#elsewhere = createElsewhere(contact);
    this.#outbox.watcher = this.#watcher();
    this.search = createSearch(this.#thread.element, { has: () => conversation.hasOlder, read: this.#thread.loadOlder });
    this.element = h("div", { class: "messages-tab" }, this.search.element, this.#thread.element, this.#elsewhere.element, this.#composer.element);
  }

  begin() {
    const draft = this.#draft.get();
    const last = this.#conversation.messages.find(({ sender_type }) => sender_type === "contact");
    if (draft) this.#composer.restore(draft);
    else if (last) this.#composer.suggestChannel(last.message_type);
    this.#took([]);
    this.#thread.toBottom();
  }

  stop() {
    this.#outbox.watcher = null;
    this.#stopDays();
    this.#keepDraft();
    for (const part of [this.live, this.#thread, this.#elsewhere, this.#composer]) part.stop();
  }

  #keepDraft() {
    this.#draft.set(this.#composer.draft());
  }

  #render(options) {
    this.#thread.render(this.#conversation, this.#outbox.shown(this.#conversation.messages), options);
    this.search.update();
  }

  /** Shows new messages, and announces each once. */
  #took(arrived, options) {
    if (this.#signal.aborted) return;
    if (this.#outbox.reconcile(this.#conversation.messages).length === 0) this.#render(options);
    markSeen(this.#contact.id, this.#conversation.messages[0]);
    this.#thread.say(arrived.filter(({ sender_type }) => sender_type === "contact"));
  }

  async #readOlder() {
    const before = this.#conversation.messages.length;
    this.#took(await this.#conversation.older(this.#reader({ spare: true })), { stay: true });
    return this.#conversation.messages.length - before;
  }

  #reader(how, options = {}) {
    return (page) => call("getContactMessages", [this.#contact.id, page], { signal: this.#signal, ...options }, how);
  }

  async #check() {
    const arrived = await this.#conversation.refresh(this.#reader({ background: true }, { maxRetries: 0 }));
    if (arrived.length > 0) this.#took(arrived);
  }

  #send(draft) {
    this.#outbox.add(draft, this.#conversation.mark);
    this.#keepDraft();
    this.#thread.toBottom();
  }

  async #look(entry) {
    const outbox = this.#outbox;
    // A message in flight could be mistaken for it.
    do {
      await outbox.idle();
      this.#took(await this.#conversation.refresh(undefined, LOOK_PAGES));
    } while (outbox.busy && !this.#signal.aborted);
    if (this.#signal.aborted || !outbox.entries.includes(entry)) return;
    outbox.notFound(entry, Date.now());
    announce(TEXTS.saysAbsent);
  }

  #again(entry) {
    this.#outbox.again(entry, this.#conversation.mark);
    this.#thread.toBottom();
  }

  #edit(entry) {
    this.#outbox.remove(entry);
    this.#composer.restore(entry);
    this.#keepDraft();
    this.#composer.focus();
  }

  /** The outbox's callbacks. */
  #watcher() {
    return {
      changed: () => this.#render(),
      sent: (entry, answer) => {
        this.#conversation.addSent(answer);
        this.#render();
        announce(answer.delivered === false ? TEXTS.takenNotDelivered : TEXTS.messageSent);
        this.live.expect();
      },
      failed: (entry) => {
        if (entry.error.code === "validation") {
          this.#outbox.remove(entry);
          this.#composer.takeBack(entry);
          this.#keepDraft();
        } else announce(entry.state === "maybe" ? TEXTS.saysMaybe : TEXTS.saysFailed(words(entry.error)));
      },
      // A new message may be an entry whose outcome was unknown.
      idle: () => this.#outbox.reconcile(this.#conversation.messages),
      arrived: (entries) => {
        this.#render();
        announce(TEXTS.saysArrived(entries.length));
      },
    };
  }
}

// Failures in other conversations would otherwise be noticed too late.
function createElsewhere({ id, name }) {
  const element = h("div", { class: "elsewhere" });
  let copyNote = takeLeftToOther(id) && h("p", null, h("span", { dir: "auto" }, TEXTS.leftToOther(name)),
    iconButton("close", common.close, () => { copyNote.remove(); copyNote = null; }));
  let shown;
  function show() {
    const others = troubles(id);
    if (others.join() === shown) return;
    shown = others.join();
    fill(element, copyNote, others.map((other) => h("p", null, h("span", { dir: "auto" }, TEXTS.troubleWith(nameOf(other))),
      makeButton(common.open, () => store.set({ contactId: other }), "small quiet"))));
  }
  show();
  return { element, stop: onOutboxes(show) };
}

// The messages of one contact: what was read, what is on its way, writing, and asking again.

import { call } from "../client.js";
import { createComposer } from "./composer.js";
import { announce, fill, h, makeButton } from "../elements/dom.js";
import { words } from "../states/explain.js";
import { createLiveUpdates } from "./live-updates.js";
import { draftOf, nameOf, onOutboxes, outboxOf, troubles } from "./outboxes.js";
import { store } from "../store.js";
import { common, conversation as TEXTS } from "../texts.js";
import { createThread } from "./thread.js";

/** Looking for one message reads on until what was known before, however many pages that are. */
const LOOK_PAGES = 50;

/** `contact` has `id`, `name`, `phone` and `email`; `signal` ends the reading. */
export function createMessagesTab({ contact, conversation, signal }) {
  const { id, name } = contact;
  const outbox = outboxOf(id);
  const actions = { look, again, edit, remove: (entry) => outbox.remove(entry) };
  const thread = createThread({ name, actions, readOlder, onReply: (message) => composer.answer(message) });
  const composer = createComposer({ contact, conversationId: () => conversation.conversationId, onSend });
  const live = createLiveUpdates(check);
  const elsewhere = createElsewhere(id);

  const render = (options) => thread.render(conversation, outbox.shown(conversation.messages), options);

  function onSend(draft) {
    outbox.add(draft, conversation.mark);
    thread.toBottom();
  }

  /** Shows what came in, and tells of it once. */
  function took(arrived, options) {
    if (signal.aborted) return;
    if (outbox.reconcile(conversation.messages).length === 0) render(options);
    thread.say(arrived.filter(({ sender_type }) => sender_type === "contact"));
  }

  async function readOlder() {
    const before = conversation.messages.length;
    took(await conversation.older(), { stay: true });
    return conversation.messages.length - before;
  }

  async function check() {
    const read = (page) => call("getContactMessages", [id, page], { signal, maxRetries: 0 }, { background: true });
    const arrived = await conversation.refresh(read);
    if (arrived.length > 0) took(arrived);
  }

  async function look(entry) {
    // What is on its way could be taken for it.
    do {
      await outbox.idle();
      took(await conversation.refresh(undefined, LOOK_PAGES));
    } while (outbox.busy && !signal.aborted);
    if (signal.aborted || !outbox.entries.includes(entry)) return;
    outbox.notFound(entry, Date.now());
    announce(TEXTS.saysAbsent);
  }

  function again(entry) {
    outbox.again(entry, conversation.mark);
    thread.toBottom();
  }

  function edit(entry) {
    outbox.remove(entry);
    composer.restore(entry);
    composer.focus();
  }

  outbox.watcher = {
    changed: () => render(),
    sent(entry, answer) {
      conversation.addSent(answer);
      render();
      announce(answer.delivered === false ? TEXTS.takenNotDelivered : TEXTS.messageSent);
      live.expect();
    },
    failed(entry) {
      if (entry.error.code === "validation") {
        outbox.remove(entry);
        composer.takeBack(entry);
      } else announce(entry.state === "maybe" ? TEXTS.saysMaybe : TEXTS.saysFailed(words(entry.error)));
    },
    // What came in meanwhile may be one of which nobody knew.
    idle: () => outbox.reconcile(conversation.messages),
    arrived(entries) {
      render();
      announce(TEXTS.saysArrived(entries.length));
    },
  };

  function begin() {
    const draft = draftOf.get(id);
    const last = conversation.messages.find(({ sender_type }) => sender_type === "contact");
    if (draft) composer.restore(draft);
    else if (last) composer.suggestChannel(last.message_type);
    took([]);
    thread.toBottom();
  }

  function stop() {
    outbox.watcher = null;
    draftOf.set(id, composer.draft());
    live.stop();
    thread.stop();
    elsewhere.stop();
    composer.stop();
  }

  return { element: h("div", { class: "messages-tab" }, thread.element, elsewhere.element, composer.element), live, begin, stop };
}

// What went wrong in another conversation meanwhile would else be seen too late.
function createElsewhere(id) {
  const element = h("div", { class: "elsewhere" });
  let shown = "";
  function show() {
    const others = troubles(id);
    if (others.join() === shown) return;
    shown = others.join();
    fill(element, others.map((other) => h("p", null, h("span", { dir: "auto" }, TEXTS.troubleWith(nameOf(other))),
      makeButton(common.open, () => store.set({ contactId: other }), "small quiet"))));
  }
  show();
  return { element, stop: onOutboxes(show) };
}

// The messages of a conversation, oldest at the top. Rows are kept and moved, not made anew, so
// that focus, selection and the reading position survive a refresh.

import { fill, h, icon, place, scrolling } from "./dom.js";
import { channel, day, daySeparator, time, words } from "./format.js";

const SIDES = { contact: "theirs", agent: "ours", user: "ours", human: "ours", ai: "ours" };
const TOGETHER = 5 * 60_000;

/** `onOlder(button)` reads the older page, `onReply(message)` answers one inbound message. */
export function createThread({ onOlder, onReply }) {
  const rows = new Map();
  const olderButton = h("button", { type: "button", class: "button small", onclick: () => onOlder(olderButton) }, "Load older messages");
  const olderError = h("div", { class: "error-slot" });
  const count = h("p", { class: "count" });
  const list = h("ol", { class: "messages" });
  const scroller = h("div", { class: "thread", tabindex: "0", role: "region", "aria-label": "Messages" },
    h("div", { class: "older" }, olderButton, count, olderError), list);
  const jump = h("button", { type: "button", class: "button jump", hidden: true, onclick: () => toBottom(scrolling()) }, icon("down"), "New messages");
  // When the composer grows, the newest message stays in sight.
  let wasAtBottom = true;
  scroller.addEventListener("scroll", () => {
    wasAtBottom = atBottom();
    if (wasAtBottom) jump.hidden = true;
  }, { passive: true });
  new ResizeObserver(() => { if (wasAtBottom) toBottom(); }).observe(scroller);

  const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  const toBottom = (behavior = "instant") => scroller.scrollTo({ top: scroller.scrollHeight, behavior });

  function row(key, make) {
    const element = rows.get(key) ?? make();
    rows.set(key, element);
    return element;
  }

  /** Shows `conversation`. `name` is the contact's; `stay` keeps the reading position. */
  function render(conversation, name, { stay = false } = {}) {
    const follow = !stay && atBottom();
    const fromBottom = scroller.scrollHeight - scroller.scrollTop;
    const before = rows.size;
    const wanted = [];
    let previous = null;
    for (const message of [...conversation.messages].reverse()) {
      const separator = daySeparator(message.timestamp);
      if (separator && separator !== (previous && daySeparator(previous.timestamp))) {
        wanted.push(row(`day ${separator}`, () => h("li", { class: "day" }, h("span", null, separator))));
        previous = null;
      }
      const element = row(message.id, () => messageRow(message, name, onReply));
      element.classList.toggle("continues", Boolean(previous) && belongTogether(previous, message));
      wanted.push(element);
      previous = message;
    }
    place(list, wanted);
    olderButton.hidden = !conversation.hasOlder;
    count.textContent = conversation.messages.length === 0 ? "" : conversation.hasOlder
      ? `${conversation.messages.length} of ${conversation.total}`
      : "The beginning of the conversation";
    if (conversation.messages.length === 0 && wanted.length === 0) {
      fill(list, h("li", { class: "empty" }, h("p", { class: "empty-title" }, "No messages yet"), h("p", null, `Write the first one to ${name}.`)));
      rows.clear();
    }
    if (stay) scroller.scrollTop = scroller.scrollHeight - fromBottom;
    else if (follow || before === 0) toBottom();
    else if (rows.size > before) jump.hidden = false;
  }

  return { element: h("div", { class: "thread-frame" }, scroller, jump), render, toBottom, olderError };
}

const belongTogether = (a, b) =>
  a.sender_type === b.sender_type && a.message_type === b.message_type
  && Date.parse(b.timestamp) - Date.parse(a.timestamp) < TOGETHER;

function messageRow(message, name, onReply) {
  const side = SIDES[message.sender_type] ?? "other";
  const sender = message.sender_type === "contact" ? name : words(message.sender_type) || "unknown";
  const element = h("li", { class: `message ${side}`, "data-id": message.id },
    h("p", { class: "meta" },
      h("span", { class: "sender" }, sender),
      h("span", { class: "via" }, channel(message.message_type)),
      h("time", { datetime: message.timestamp, title: `${day(message.timestamp)}, ${time(message.timestamp)}` }, time(message.timestamp)),
      message.ai === true && h("span", { class: "via" }, "written by AI")),
    h("p", { class: "bubble" }, message.content),
    message.delivered === false && h("p", { class: "undelivered" }, "Not delivered"),
    side === "theirs" && h("button", {
      type: "button", class: "reply", "aria-label": `Answer this message: ${message.content.slice(0, 60)}`,
      onclick: () => onReply(message),
    }, "Answer this"));
  return element;
}

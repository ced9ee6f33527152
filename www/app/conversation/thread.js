// The messages of a conversation, oldest at the top, and the reading position.

import { announce, fill, h, icon, makeButton, place, scrolling, whileBusy } from "../elements/dom.js";
import { errorBox } from "../states/errors.js";
import { stateBox } from "../states/states.js";
import * as common from "../texts/common.js";
import * as TEXTS from "../texts/conversation.js";
import { textOf } from "./message-text.js";
import { createRows } from "./thread-rows.js";

/** The distance from the top, in pixels, at which the older page loads. */
const AHEAD = "300px 0px 0px 0px";

/**
 * `readOlder()` reads the older page, `onReply(message)` replies to an inbound message, `actions` are
 * those of `entryRow`.
 */
export function createThread({ name, readOlder, onReply, actions }) {
  const rows = createRows({ name, onReply, actions });
  const older = createOlder(readOlder, keepPlace);
  const list = h("ol", { class: "messages" });
  const scroller = h("div", { class: "thread", tabindex: "0", role: "region", "aria-label": TEXTS.messages }, older.element, list);
  const jump = makeButton([icon("down"), TEXTS.newMessages], () => toBottom(scrolling()), "jump", { hidden: true });
  const log = h("div", { class: "visually-hidden", role: "log", "aria-label": TEXTS.arrivals });
  older.watch(scroller);
  // When the composer grows, the newest message stays in view.
  let wasAtBottom = true;
  // The scroll position set by the page: above it, a person has scrolled up.
  let top = 0;
  scroller.addEventListener("scroll", () => {
    // Nothing scrolls in print.
    if (scroller.scrollHeight <= scroller.clientHeight) return;
    wasAtBottom = atBottom();
    if (wasAtBottom) jump.hidden = true;
    if (scroller.scrollTop < top) older.scrolledUp();
    top = scroller.scrollTop;
  }, { passive: true });
  new ResizeObserver(() => { if (wasAtBottom) toBottom(); }).observe(scroller);

  const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  const toBottom = (behavior = "instant") => {
    scroller.scrollTo({ top: scroller.scrollHeight, behavior });
    top = scroller.scrollTop;
  };

  /** Runs `change` and keeps the reading position. */
  function keepPlace(change) {
    const bottomOf = (row) => row.getBoundingClientRect().bottom;
    const edge = scroller.getBoundingClientRect().top;
    const anchor = [...list.children].find((row) => row.matches(".message") && bottomOf(row) > edge);
    const before = anchor && bottomOf(anchor);
    change();
    if (anchor?.isConnected) scroller.scrollTop += bottomOf(anchor) - before;
    top = scroller.scrollTop;
  }

  function show(conversation, entries) {
    const wanted = rows.arrange(conversation, entries);
    const focused = list.contains(document.activeElement);
    if (wanted.length > 0) place(list, wanted);
    else fill(list, h("li", { class: "alone" }, stateBox({ title: TEXTS.noMessages, text: TEXTS.writeFirst(name) })));
    rows.forget();
    if (focused && !list.contains(document.activeElement)) scroller.focus({ preventScroll: true });
    older.show(conversation);
  }

  /** Shows `conversation` and the `entries` of the outbox. `stay` keeps the reading position. */
  function render(conversation, entries, { stay = false } = {}) {
    const follow = !stay && (atBottom() || list.childElementCount === 0);
    const lastBefore = list.lastElementChild;
    keepPlace(() => show(conversation, entries));
    if (follow) toBottom();
    else if (list.lastElementChild !== lastBefore) jump.hidden = false;
  }

  /** Announces new messages to screen readers, each once. */
  function say(inbound) {
    if (inbound.length > 0) fill(log, inbound.map((message) => h("p", null, TEXTS.wrote(name, textOf(message)))));
  }

  return { element: h("div", { class: "thread-frame" }, scroller, jump, log), render, toBottom, say, loadOlder: older.load, stop: older.stop };
}

// Above the first message: the control for older ones. Scrolling there reads one page, and no more
// until the person scrolls up again, since each is one of the minute's 60 requests.
function createOlder(read, keepPlace) {
  const button = makeButton(TEXTS.loadOlder, load, "small");
  const slot = h("div", { class: "error-slot" });
  const count = h("p", { class: "hint" });
  const element = h("div", { class: "older" }, button, count, slot);
  let failed = false;
  let isNear = false;
  let observer;

  function watch(root) {
    observer = new IntersectionObserver((seen) => {
      isNear = seen.at(-1).isIntersecting;
      if (scrolled) loadIfNear();
    }, { root, rootMargin: AHEAD });
    observer.observe(element);
  }

  // The top may come near only after the scroll event.
  let scrolled = false;
  function scrolledUp() {
    scrolled = true;
    loadIfNear();
  }

  function loadIfNear() {
    if (isNear && !button.hidden && !failed) load();
  }

  function load() {
    scrolled = false;
    return whileBusy(button, common.loading, async () => {
      keepPlace(() => slot.replaceChildren());
      try {
        announce(TEXTS.olderCame(await read()));
        failed = false;
      } catch (error) {
        // Do not repeat it automatically.
        failed = true;
        if (element.isConnected) keepPlace(() => slot.replaceChildren(errorBox(error, { retry: load })));
      }
      // A scroll during the read does not request another page.
      scrolled = false;
    });
  }

  function show({ messages, hasOlder, total }) {
    if (!hasOlder && document.activeElement === button) element.parentElement?.focus({ preventScroll: true });
    button.hidden = !hasOlder;
    count.textContent = messages.length === 0 ? "" : hasOlder ? TEXTS.countOf(messages.length, total) : TEXTS.beginning;
  }

  return { element, watch, show, load, scrolledUp, stop: () => observer.disconnect() };
}

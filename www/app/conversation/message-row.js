// One message: of the conversation, or one of the outbox that is not in it yet.

import { confirm } from "../elements/dialogs.js";
import { fill, h, icon, makeButton, newId, whileBusy } from "../elements/dom.js";
import { explainHere, showError } from "../states/errors.js";
import { inItsWords } from "../states/explain.js";
import { everySecond, SECOND, whenSlow } from "../elements/ticker.js";
import { channel, day, time, words } from "../elements/format.js";
import { hasText, textOf, withLinks } from "./message-text.js";
import { sendsIn } from "./outboxes.js";
import * as common from "../texts/common.js";
import * as TEXTS from "../texts/conversation.js";

const SIDES = { contact: "theirs", agent: "ours", user: "ours", human: "ours", ai: "ours" };

/** A message of the conversation; `update({ newest })` marks our newest one as sent. */
export function messageRow(message, { name, onReply }) {
  const side = SIDES[message.sender_type] ?? "other";
  const sender = message.sender_type === "contact" ? name : words(message.sender_type) || TEXTS.unknownSender;
  const state = h("p", { class: "state sent", hidden: true }, icon("check"), TEXTS.sent);
  const element = h("li", { class: `message ${side}`, "data-id": message.id },
    h("p", { class: "meta" },
      h("span", { class: "sender", dir: "auto" }, sender),
      h("span", { class: "via" }, channel(message.message_type)),
      h("time", { datetime: message.timestamp, title: common.at(day(message.timestamp), time(message.timestamp)) }, time(message.timestamp)),
      message.ai === true && h("span", { class: "via" }, TEXTS.byAi)),
    h("p", { class: hasText(message) ? "bubble" : "bubble untexted", dir: "auto" }, withLinks(textOf(message))),
    message.delivered === false && h("p", { class: "state failed" }, icon("alert"), TEXTS.notDelivered),
    message.delivered !== false && side === "ours" && state,
    side === "theirs" && h("button", {
      type: "button", class: "reply", "aria-label": TEXTS.answerThis(textOf(message).slice(0, 60)),
      onclick: () => onReply(message),
    }, TEXTS.answer));
  return { element, side, update({ newest }) { state.hidden = !newest; } };
}

/**
 * A message of an outbox. `actions` are `again(entry)`, `edit(entry)`, `cancel(entry)`,
 * `remove(entry)`, and `look(entry)`, which rejects if the check failed.
 */
export function entryRow(entry, { name, actions }) {
  const bubbleId = newId("bubble");
  const slot = h("div", { class: "error-slot" });
  const status = h("div", { class: "entry-status" });
  const { ai, channel: way, content } = entry.request;
  const element = h("li", { class: "message ours", "data-entry": entry.key },
    h("p", { class: "meta" },
      h("span", { class: "via" }, channel(way)),
      ai && h("span", { class: "via" }, TEXTS.prompt)),
    h("p", { class: "bubble", dir: "auto", id: bubbleId }, withLinks(content)),
    status, slot);

  const buttonsNow = entryButtons(entry, { name, actions, bubbleId, slot });
  let shown;
  function update() {
    const now = `${entry.state} ${entry.looked}`;
    if (now === shown) return;
    shown = now;
    slot.replaceChildren();
    element.className = `message ours entry ${entry.state === "queued" ? "sending" : entry.state}`;
    const made = buttonsNow();
    // The focus moves from the pressed button to the next one.
    const focused = status.contains(document.activeElement);
    fill(status, stateLine(entry, name, made), made.length > 0 && h("p", { class: "entry-actions" }, made));
    if (focused) (made[0] ?? element.closest(".thread"))?.focus({ preventScroll: true });
  }
  return { element, update };
}

/** Returns the buttons for the entry's state; their errors show in `slot`. */
function entryButtons(entry, { name, actions, bubbleId, slot }) {
  const button = (label, act, kind = "") =>
    makeButton(label, (event) => act(entry, event.currentTarget), `small ${kind}`, { "aria-describedby": bubbleId });
  const pending = () => [button(common.cancel, actions.cancel, "quiet")];
  const buttons = {
    waiting: pending,
    queued: pending,
    failed: () => [button(TEXTS.sendAgain, actions.again), button(TEXTS.edit, actions.edit, "quiet"), button(TEXTS.remove, actions.remove, "quiet")],
    maybe: () => [button(TEXTS.look, look)],
    absent: () => [button(common.lookAgain, look), button(TEXTS.sendAgainQuestion, againAfterAsking, "quiet"), button(TEXTS.remove, actions.remove, "quiet")],
  };

  function look(_, pressed) {
    slot.replaceChildren();
    return whileBusy(pressed, common.looking, async () => {
      try {
        await actions.look(entry);
      } catch (error) {
        showError(error, { slot });
      }
    });
  }

  // A double click on the previous button must not send anything.
  async function againAfterAsking() {
    if (await confirm({ title: TEXTS.againTitle, text: TEXTS.absentWhy(name), yes: TEXTS.sendAgain, danger: true }) && entry.state === "absent") actions.again(entry);
  }

  return () => buttons[entry.state]?.() ?? [];
}

const STATE_ICONS = { waiting: "clock", queued: "clock", sending: "clock", failed: "alert", maybe: "unknown", absent: "unknown" };

function stateLine(entry, name, buttons) {
  const { state, request, looked } = entry;
  const title = {
    waiting: TEXTS.waiting,
    queued: TEXTS.sending,
    sending: request.ai ? TEXTS.agentWrites : TEXTS.sending,
    failed: TEXTS.failed,
    maybe: TEXTS.maybe,
    absent: TEXTS.absent(looked && time(looked)),
  }[state];
  const label = h("span", null, title);
  if (state === "queued") showQueued(label, buttons);
  if (state === "sending") whenSlow(label, (seconds) => { label.textContent = `${title} ${seconds} s`; });
  return [
    h("p", { class: `state ${state}` }, icon(STATE_ICONS[state]), label),
    why(entry, name).map((line) => h("p", { class: "why hint", dir: "auto" }, line)),
  ];
}

// A queued message shows for how long, and can be canceled; a very short wait does not show.
function showQueued(label, [cancel]) {
  function show() {
    const seconds = Math.ceil(sendsIn() / SECOND);
    cancel.hidden = seconds === 0;
    label.textContent = seconds > 0 ? TEXTS.sendsIn(seconds) : TEXTS.sending;
  }
  show();
  everySecond(label, show);
}

function why({ state, error, isCanceled, isBehind }, name) {
  if (state === "absent") return [TEXTS.absentWhy(name)];
  if (!["failed", "maybe"].includes(state)) return [];
  const maybe = state === "maybe" && `${common.noOutcome(error)} ${TEXTS.checkFirst}`;
  if (!error) return [maybe || (isCanceled ? TEXTS.canceled : isBehind ? TEXTS.behind : TEXTS.closedBefore)];
  const { message, advice, facts } = explainHere(error);
  const said = message && `${message}${/[.!?]$/.test(message) ? "" : "."}`;
  return [
    maybe || [said, !inItsWords(error) && advice].filter(Boolean).join(" "),
    // The package's message repeats the page's text.
    ...(maybe && error.body?.message ? [message] : []),
    facts.map(([label, value]) => `${label} ${value}`).join(" · "),
  ];
}

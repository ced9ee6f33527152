// The rows of a thread in order: days, messages, and entries of the outbox. Rows are reused and
// moved, not recreated, so that focus, selection and the reading position survive a refresh.

import { h } from "../elements/dom.js";
import { day, daySeparator } from "../elements/format.js";
import { entryRow, messageRow } from "./message-row.js";
import * as common from "../texts/common.js";

const TOGETHER = 5 * 60_000;

/** See `createThread`. */
export function createRows({ name, onReply, actions }) {
  const rows = new Map();
  let used = new Set();
  function row(key, make, now) {
    if (!rows.has(key)) rows.set(key, make());
    const { element, update } = rows.get(key);
    update?.(now);
    used.add(key);
    return element;
  }
  // In print, Today and Yesterday have their date, too.
  const dayRow = (text, timestamp) => row(`day ${text}`, () => ({
    element: h("li", { class: "day" }, h("span", { "data-day": [common.today, common.yesterday].includes(text) && day(timestamp) }, text)),
  }));

  /** The elements for `conversation`, with those of `entries` at their positions. */
  function arrange(conversation, entries) {
    used = new Set();
    const messages = [...conversation.messages].reverse();
    const behind = placed(entries, messages);
    const newest = conversation.messages.find(({ sender_type }) => sender_type !== "contact");
    const wanted = [];
    let previous = null;
    function showDay(time) {
      const text = daySeparator(time);
      if (!text || used.has(`day ${text}`)) return;
      wanted.push(dayRow(text, time));
      previous = null;
    }
    function showEntries(index) {
      for (const entry of behind.get(index) ?? []) {
        showDay(entry.at);
        wanted.push(row(entry.key, () => entryRow(entry, { name, actions })));
        previous = null;
      }
    }
    showEntries(-1);
    messages.forEach((message, index) => {
      showDay(message.timestamp);
      const element = row(message.id, () => messageRow(message, { name, onReply }), { newest: message === newest });
      element.classList.toggle("continues", Boolean(previous) && belongTogether(previous, message));
      wanted.push(element);
      previous = message;
      showEntries(index);
    });
    return wanted;
  }

  /** Removes the rows that were not arranged last time. */
  function forget() {
    for (const key of [...rows.keys()]) if (!used.has(key)) rows.delete(key);
  }

  return { arrange, forget };
}

/** The entries after each message: the last one that preceded them, or -1 if none is loaded. */
function placed(entries, messages) {
  const places = new Map(messages.map(({ id }, index) => [id, index]));
  const groups = new Map();
  let last = -1;
  for (const entry of entries) {
    last = Math.max(last, ...entry.after.map((id) => places.get(id) ?? -1));
    groups.set(last, [...(groups.get(last) ?? []), entry]);
  }
  return groups;
}

const belongTogether = (a, b) =>
  a.sender_type === b.sender_type && a.message_type === b.message_type
  && Date.parse(b.timestamp) - Date.parse(a.timestamp) < TOGETHER;

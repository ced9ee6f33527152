// Reads a whole conversation, page by page, and saves it as a file.

import { log, onActivity } from "./activity-log.js";
import { call } from "./client.js";
import { Conversation } from "./conversation.js";
import { openDialog } from "./dialogs.js";
import { announce, fill, h, newId } from "./dom.js";
import { errorBox } from "./errors.js";
import { clock } from "./format.js";
import { fileName, toCsv, toJson } from "./history.js";
import { conversation as ALL_TEXTS } from "./texts.js";

const TEXTS = ALL_TEXTS.history;
/** The most that the API gives at once. */
const PAGE = 200;
const FORMATS = {
  csv: { type: "text/csv;charset=utf-8", write: toCsv },
  json: { type: "application/json", write: toJson },
};

// The log keeps its listeners, so there is one for all dialogs.
let onWire = () => {};
onActivity(() => onWire());

export async function saveHistory(contact) {
  let stop = () => {};
  await openDialog(TEXTS.title, (close) => {
    const body = h("div", { class: "dialog-body history" });
    stop = createSaving(body, contact, close);
    return body;
  });
  stop();
}

/** Goes through its states in `body`: asking, reading, stopped or failed, saved. */
function createSaving(body, contact, close) {
  let reading = new AbortController();
  let url = null;
  let format = "csv";
  let background = false;
  const conversation = new Conversation((page) => {
    // The first page stands for all of them in the code that the page shows.
    const answer = call("getContactMessages", [contact.id, page], { signal: reading.signal }, { background });
    background = true;
    return answer;
  }, { page: PAGE });

  const show = (...content) => {
    fill(body, content);
    body.querySelector("[data-first]")?.focus();
  };
  const actions = (...buttons) => h("p", { class: "dialog-actions" }, buttons);
  const button = (label, onclick, kind = "") => h("button", { type: "button", class: `button ${kind}`, onclick }, label);
  const first = (element) => { element.dataset.first = ""; return element; };
  const chosen = (value) => () => { format = value; };

  function ask() {
    const radioName = newId("format");
    show(h("p", null, TEXTS.intro),
      h("fieldset", { class: "formats" }, h("legend", { class: "visually-hidden" }, TEXTS.format),
        Object.entries(TEXTS.formats).map(([value, label]) => h("label", { class: "format" },
          h("input", { type: "radio", name: radioName, value, checked: value === format, onchange: chosen(value) }), h("span", null, label)))),
      actions(button(TEXTS.cancel, () => close(), "quiet"), button(TEXTS.start, read, "primary")));
  }

  async function read() {
    reading = new AbortController();
    const { signal } = reading;
    const progress = createProgress(conversation);
    show(progress.element, actions(first(button(TEXTS.stop, () => reading.abort()))));
    try {
      if (conversation.messages.length === 0) await conversation.open();
      progress.update();
      while (conversation.hasOlder && !signal.aborted) {
        await conversation.older();
        progress.update();
      }
      if (conversation.hasOlder) interrupted();
      else save(true);
    } catch (error) {
      interrupted(signal.aborted ? null : error);
    } finally {
      progress.stop();
    }
  }

  function interrupted(error) {
    const { messages, total } = conversation;
    const text = TEXTS.stopped(messages.length, total);
    announce(text);
    show(error && errorBox(error), h("p", { class: "done" }, text),
      actions(button(TEXTS.cancel, () => close(), "quiet"),
        messages.length > 0 && button(TEXTS.saveWhatIsThere(messages.length), () => save(false)),
        first(button(TEXTS.goOn, read, "primary"))));
  }

  function save(complete) {
    const { messages, counted } = conversation;
    const { type, write } = FORMATS[format];
    const name = fileName(conversation.contact?.name, format);
    const text = write({ contact, conversation, complete });
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(new Blob([text], { type }));
    const link = h("a", { class: "button", href: url, download: name }, TEXTS.saveAgain);
    const saved = TEXTS.saved(messages.length, name);
    show(h("p", { class: "done", dir: "auto" }, saved),
      !complete && h("p", { class: "notice" }, TEXTS.incomplete),
      complete && counted > messages.length && h("p", { class: "notice" }, TEXTS.fewer(messages.length, counted)),
      actions(!complete && button(TEXTS.goOn, read), link, first(button(TEXTS.close, () => close(), "primary"))));
    announce(saved);
    link.click();
  }

  ask();
  return () => {
    reading.abort();
    onWire = () => {};
    // The browser may still be reading it.
    if (url) setTimeout(URL.revokeObjectURL, 60_000, url);
  };
}

/** How far it is, and what it waits for. */
function createProgress(conversation) {
  const bar = h("progress", { "aria-label": TEXTS.progressName });
  const text = h("p", { class: "done", role: "status" }, TEXTS.begins);
  const waiting = h("p", { class: "hint history-wait", role: "status" });

  function tell() {
    const last = log.entries.findLast(({ operation, url }) => operation === "getContactMessages" && (!url || isOurs(url)));
    const words = waitOf(last);
    if (waiting.textContent !== words) waiting.textContent = words;
  }
  onWire = tell;

  return {
    element: h("div", { class: "history-progress" }, text, bar, waiting),
    update() {
      bar.max = Math.max(conversation.total, 1);
      bar.value = conversation.messages.length;
      text.textContent = TEXTS.progress(conversation.messages.length, conversation.total);
    },
    stop() { onWire = () => {}; },
  };
}

// The conversation that is open asks for smaller pages meanwhile.
const isOurs = (url) => new URL(url, document.baseURI).searchParams.get("limit") === String(PAGE);

function waitOf(entry) {
  if (entry?.kind !== "wait") return "";
  if (entry.state === "queued") return entry.ms === undefined ? TEXTS.waitsForPlace : "";
  return TEXTS.waitsForRetry(clock(entry.at + entry.ms));
}

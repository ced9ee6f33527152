// Reads a whole conversation, page by page, and saves it as a file.

import { log, onActivity } from "../activity/activity-log.js";
import { call } from "../client.js";
import { Conversation } from "./conversation.js";
import { openDialog } from "../elements/dialogs.js";
import { announce, fill, h, makeButton } from "../elements/dom.js";
import { saveFile } from "../elements/save-file.js";
import { makeChoice } from "../elements/field.js";
import { errorBox } from "../states/errors.js";
import { clock } from "../elements/format.js";
import { fileName, toCsv, toJson } from "./history.js";
import * as common from "../texts/common.js";
import * as ALL_TEXTS from "../texts/conversation.js";

const TEXTS = ALL_TEXTS.history;
/** The largest page that the API returns. */
const PAGE = 200;
const FORMATS = {
  csv: { type: "text/csv;charset=utf-8", write: toCsv },
  json: { type: "application/json", write: toJson },
};

// The log keeps its listeners, so there is one for all dialogs.
let onWire = () => {};
onActivity(() => onWire());

export async function saveHistory(contact) {
  let saving;
  await openDialog(TEXTS.title, (close) => {
    saving = new Saving(contact, close);
    return saving.body;
  });
  saving.end();
}

/** Shows its states in `body`: the form, reading, stopped or failed, saved. */
class Saving {
  body = h("div", { class: "dialog-body history" });
  #contact;
  #close;
  #conversation;
  #reading = new AbortController();
  #format = "csv";

  constructor(contact, close) {
    this.#contact = contact;
    this.#close = () => close();
    this.#conversation = new Conversation((page) => this.#page(page), { page: PAGE });
    this.#ask();
  }

  end() {
    this.#reading.abort();
    onWire = () => {};
  }

  // Only the first page shows in the panel with the code.
  #page(page) {
    return call("getContactMessages", [this.#contact.id, page], { signal: this.#reading.signal }, { background: page.offset > 0 });
  }

  /** Shows `content` with `buttons` below; the last one gets the focus. */
  #show(content, buttons) {
    fill(this.body, content, h("p", { class: "dialog-actions" }, buttons));
    this.body.querySelector(".dialog-actions > :last-child").focus();
  }

  #ask() {
    const format = makeChoice({ legend: TEXTS.format, options: Object.entries(TEXTS.formats), chosen: this.#format, onchange: (value) => { this.#format = value; }, wide: true });
    fill(this.body, h("p", null, TEXTS.intro),
      format.element,
      h("p", { class: "dialog-actions" },
        makeButton(common.cancel, this.#close, "quiet"), makeButton(TEXTS.start, () => this.#read(), "primary")));
  }

  async #read() {
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    const conversation = this.#conversation;
    const progress = createProgress(conversation);
    this.#show(progress.element, makeButton(TEXTS.stop, () => this.#reading.abort()));
    try {
      if (conversation.messages.length === 0) await conversation.open();
      progress.update();
      while (conversation.hasOlder && !signal.aborted) {
        await conversation.older();
        progress.update();
      }
      if (conversation.hasOlder) this.#interrupted();
      else this.#save(true);
    } catch (error) {
      this.#interrupted(signal.aborted ? null : error);
    } finally {
      progress.stop();
    }
  }

  #interrupted(error) {
    const { messages, total } = this.#conversation;
    const text = TEXTS.stopped(messages.length, total);
    announce(text);
    this.#show([error && errorBox(error), h("p", { class: "done" }, text)], [
      makeButton(common.cancel, this.#close, "quiet"),
      messages.length > 0 && makeButton(TEXTS.saveWhatIsThere(messages.length), () => this.#save(false)),
      makeButton(TEXTS.goOn, () => this.#read(), "primary"),
    ]);
  }

  #save(complete) {
    const { messages, counted, contact } = this.#conversation;
    const { type, write } = FORMATS[this.#format];
    const name = fileName(contact?.name, this.#format);
    const text = write({ contact: this.#contact, conversation: this.#conversation, complete });
    const save = () => saveFile(name, text, type);
    const saved = TEXTS.saved(messages.length, name);
    this.#show([
      h("p", { class: "done", dir: "auto" }, saved),
      !complete && h("p", { class: "notice" }, TEXTS.incomplete),
      complete && counted > messages.length && h("p", { class: "notice" }, TEXTS.fewer(messages.length, counted)),
    ], [!complete && makeButton(TEXTS.goOn, () => this.#read()), makeButton(TEXTS.saveAgain, save), makeButton(TEXTS.close, this.#close, "primary")]);
    announce(saved);
    save();
  }
}

/** The progress, and what it waits for. */
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
    element: [text, bar, waiting],
    update() {
      bar.max = Math.max(conversation.total, 1);
      bar.value = conversation.messages.length;
      text.textContent = TEXTS.progress(conversation.messages.length, conversation.total);
    },
    stop() { onWire = () => {}; },
  };
}

// The open conversation requests smaller pages meanwhile.
const isOurs = (url) => new URL(url, document.baseURI).searchParams.get("limit") === String(PAGE);

function waitOf(entry) {
  if (entry?.kind !== "wait") return "";
  if (entry.state === "queued") return entry.ms === undefined ? TEXTS.waitsForPlace : "";
  return TEXTS.waitsForRetry(clock(entry.at + entry.ms));
}

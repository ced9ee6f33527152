// Shows errors next to the form field, or next to the action that failed.

import { announce, describe, h, newId } from "../elements/dom.js";
import { explain, fieldOf, inItsWords, OPENED_BY_ID, words } from "./explain.js";
import { openById, openSettings, stateBox } from "./states.js";
import { store } from "../store.js";
import { everySecond, SECOND } from "../elements/ticker.js";
import * as common from "../texts/common.js";
import * as texts from "../texts/errors.js";

/** The explanation of `error` for the current connection and network state. */
export const explainHere = (error, canRetry = false) =>
  explain(error, { canRetry, isOnline: navigator.onLine, proxied: store.get("connection")?.kind === "proxy" ? location.origin : null });

/** A state that explains `error`. `retry` is for calls that are safe to repeat; it may run automatically. */
export function errorBox(error, { retry } = {}) {
  const { next, message, warning, advice, ...explained } = explainHere(error, Boolean(retry));
  const [text, said] = inItsWords(error) && !warning ? [message] : [warning ?? advice, message];
  if (error?.code === "rate_limited" && error.retryAfter > 0) return waitingBox({ ...explained, text, said }, error.retryAfter, retry);
  const box = stateBox({ ...explained, text, said, action: actionOf(next, error, retry), role: "alert" });
  if (retry && error?.code === "network") whenOnline(box, retry);
  return box;
}

function actionOf(next, error, retry) {
  if (next === "retry") return { label: common.tryAgain, run: retry };
  if (next === "reload") return { label: texts.reload, run: () => location.reload() };
  if (next === "open-id") return { label: texts.openAnother, run: () => openById(OPENED_BY_ID[error.operation]) };
  return next && { label: next.label, run: () => openSettings(next.settings) };
}

// Counts down to the next possible attempt, and then retries if that is safe, unless a person stops
// the wait.
function waitingBox(explained, seconds, retry) {
  const timer = untilAgain(Date.now() + seconds * SECOND, retry);
  const action = retry && { label: texts.stopWaiting, run: () => (timer.isConnected ? stop() : retry()) };
  const box = stateBox({ ...explained, children: [timer], action, role: "alert" });
  function stop() {
    timer.remove();
    box.querySelector("button").textContent = common.tryAgain;
  }
  return box;
}

/** Counts down to the next possible attempt, and then runs `retry`. A timer is not announced at each change. */
export function untilAgain(until, retry) {
  const left = () => Math.ceil((until - Date.now()) / SECOND);
  const says = () => (retry ? texts.readsAgainIn : texts.canBeTriedIn)(left());
  const timer = h("p", { class: "state-wait", role: "timer" }, says());
  everySecond(timer, () => {
    if (left() > 0) timer.textContent = says();
    else if (retry) retry();
    else announce(timer.textContent = texts.canBeTried);
    return left() > 0;
  });
  return timer;
}

// Once, when the network is back, if the box is still on the page.
function whenOnline(box, retry) {
  const listen = () => { if (box.isConnected) retry(); };
  window.addEventListener("online", listen, { once: true });
}

/** The fields of one form by their API name, and their messages. */
export class FieldErrors {
  #fields = new Map();

  /** Marks `control` as invalid until it changes, and focuses it; returns the element for the message. */
  add(name, control) {
    const slot = h("p", { class: "field-error", id: newId("error"), hidden: true });
    describe(control, slot);
    control.addEventListener("input", () => this.clear(name));
    this.#fields.set(name, { control, slot });
    return slot;
  }

  clear(name) {
    for (const [other, { control, slot }] of this.#fields) {
      if (name !== undefined && name !== other) continue;
      control.removeAttribute("aria-invalid");
      slot.textContent = "";
      slot.hidden = true;
    }
  }

  /** Shows `error` next to its field; returns false if this form does not have that field. */
  show(error) {
    const field = this.#fields.get(error?.field ?? (error?.code === "bad_request" && fieldOf(error)));
    if (!field || field.control.closest("[hidden]")) return false;
    field.control.setAttribute("aria-invalid", "true");
    field.slot.textContent = words(error);
    field.slot.hidden = false;
    field.control.focus();
    return true;
  }
}

/** Shows `error` next to its field, or else as a box in `slot`. */
export function showError(error, { fields, slot, retry }) {
  if (fields?.show(error)) return;
  slot.replaceChildren(errorBox(error, { retry }));
  slot.scrollIntoView({ block: "nearest" });
}

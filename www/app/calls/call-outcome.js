// The outcome of a requested call, in the same dialog: it started, or its outcome is unknown.

import { refreshDirectory } from "../directory.js";
import { announce, fill, h, makeButton } from "../elements/dom.js";
import { factsOf } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import { store } from "../store.js";
import * as texts from "../texts/calls.js";
import * as common from "../texts/common.js";

/** Changes the title of the dialog that contains `body`. */
export function entitle(body, title) {
  const heading = body.closest("dialog")?.querySelector("h2");
  if (heading) heading.textContent = title;
}

/** `told` is the API's answer as text. */
export const showStarted = (body, { who, told, close }) =>
  showKnown(body, { title: texts.startedTitle(who.name), told, hint: texts.started, close });

// An outcome that is certain.
function showKnown(body, { title, told, hint, close, again }) {
  entitle(body, title);
  const done = makeButton(texts.done, () => close(), "primary");
  fill(body,
    h("p", { class: "done", dir: "auto" }, told),
    hint && h("p", { class: "hint" }, hint),
    h("p", { class: "dialog-actions" }, again && makeButton(texts.again, again, "quiet"), done));
  done.focus();
}

/**
 * The outcome is unknown. The next step is to check; another attempt (`again`, if there is one) takes
 * two steps, so that no second call is made by accident. The sandbox lists its calls, so there the page checks.
 */
export async function showMaybe(body, { who, error, before, close, again }) {
  entitle(body, texts.didItStart);
  if (before.isSandbox) {
    fill(body, h("p", { class: "done", role: "status" }, texts.maybeLooking));
    const isRead = await refreshDirectory();
    if (!body.isConnected) return;
    if (isRead) {
      const told = startedSince(before.ids, who.contactId) ? texts.maybeFound : texts.maybeNotFound(who.name);
      showKnown(body, { title: texts.checkedTitle(who.name), told, close, again: told !== texts.maybeFound && again });
      return announce(told);
    }
  }
  const look = makeButton(texts.toCalls, () => close(), "primary", { autofocus: true });
  const once = makeButton(texts.again, again, "quiet", { disabled: true });
  const sure = h("input", { type: "checkbox", onchange: () => { once.disabled = !sure.checked; } });
  fill(body,
    stateBox({
      title: texts.maybeTitle(who.name), text: `${common.noOutcome(error)} ${texts.maybe(who.name)}`, said: error.body?.message,
      facts: factsOf(error), tone: "warn", drawing: "alert", role: "alert",
    }),
    again && h("label", { class: "keep hint" }, sure, texts.maybeSure),
    h("p", { class: "dialog-actions" }, again && once, look));
  look.focus();
}

const startedSince = (ids, contactId) =>
  store.get("directory").calls.some(({ call_id, contact_id }) => contact_id === contactId && !ids.has(call_id));

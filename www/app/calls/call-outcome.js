// The outcome of a requested call, in the same dialog: it started, or its outcome is unknown.

import { refreshDirectory } from "../directory.js";
import { announce, fill, h, makeButton } from "../elements/dom.js";
import { factsOf, words } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import { store } from "../store.js";
import { calls as texts } from "../texts.js";

/** Changes the title of the dialog that contains `body`. */
export function entitle(body, title) {
  const heading = body.closest("dialog")?.querySelector("h2");
  if (heading) heading.textContent = title;
}

/** `told` is the API's answer as text. */
export function showStarted(body, { who, told, before, close }) {
  entitle(body, texts.startedTitle(who.name));
  const done = makeButton(texts.done, () => close(), "primary");
  fill(body,
    h("p", { class: "done", dir: "auto" }, told),
    h("p", { class: "hint" }, texts.started),
    h("p", { class: "dialog-actions" }, done));
  done.focus();
}

/**
 * The answer was lost. The next step is to check; another attempt (`again`, if there is one) takes
 * two steps, so that no second call is made by accident.
 */
export function showMaybe(body, { who, error, before, close, again }) {
  entitle(body, texts.didItStart);
  const seen = h("p", { class: "done", role: "status" }, before.isSandbox ? texts.maybeLooking : texts.maybeReal);
  const look = makeButton(texts.toCalls, () => close(), "primary", { autofocus: true });
  const once = makeButton(texts.again, again, "quiet", { disabled: true });
  const sure = h("input", { type: "checkbox", onchange: () => { once.disabled = !sure.checked; } });
  fill(body,
    stateBox({
      title: texts.maybeTitle(who.name), text: texts.maybe(who.name), said: words(error), facts: factsOf(error),
      tone: "warn", drawing: "alert", role: "alert",
    }),
    seen,
    again && h("label", { class: "keep hint" }, sure, texts.maybeSure),
    h("p", { class: "dialog-actions" }, again && once, look));
  look.focus();
  if (before.isSandbox) lookInSandbox(seen, before.ids, who.contactId);
}

/** The sandbox lists its calls, so there the outcome can be checked. */
async function lookInSandbox(seen, ids, contactId) {
  await refreshDirectory();
  const { calls } = store.get("directory") ?? { calls: [] };
  const started = calls.some(({ call_id, contact_id }) => contact_id === contactId && !ids.has(call_id));
  seen.textContent = started ? texts.maybeFound : texts.maybeNotFound;
  announce(seen.textContent);
}

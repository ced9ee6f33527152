// One call in the list: the agent, the status, and the recording or what it still needs.

import { announce, copyButton, fill, h, makeButton } from "../elements/dom.js";
import { createFindForm } from "./find-recording.js";
import { daySeparator, time, words } from "../elements/format.js";
import { hasId, isRunning, MAYBE } from "./known-calls.js";
import { RecordingSlot } from "./recording-slot.js";
import * as texts from "../texts/calls.js";
import * as common from "../texts/common.js";

/** `onFound(found)` gets the recording of a call whose id a person entered. */
export function createCallRow(entry, { agentName, otherName, onFound }) {
  const what = agentName ? texts.callBy(agentName) : texts.theCall;
  const status = h("span", { class: "badge" });
  const started = entry.started_at && h("time", { class: "hint", datetime: entry.started_at });
  const shownId = entry.call_sid ?? entry.call_id;
  const recording = hasId(entry) ? new RecordingSlot({ callId: entry.call_id, what }) : null;
  const element = h("li", { class: "call-row", "data-id": entry.call_id },
    h("div", { class: "call-head" },
      h("span", { class: "call-agent", dir: "auto" }, agentName ?? texts.unknownAgent), status,
      otherName && h("span", { class: "hint", dir: "auto" }, texts.withOther(otherName)),
      started,
      recording && h("span", { class: "id-row call-id" }, h("code", { title: shownId }, shownId), copyButton(shownId, texts.callId))),
    recording ? recording.element : missingId(entry, onFound));
  let shown;

  return {
    element,
    update(now) {
      const running = isRunning(now);
      const says = now.status === MAYBE ? texts.mayHaveStarted : words(now.status) || texts.statusUnknown;
      if (shown !== undefined && shown !== says) announce(texts.statusNow(agentName ?? texts.theCall, says));
      if (shown !== says) status.textContent = shown = says;
      // The text of a date changes with the day.
      if (started) started.textContent = common.at(daySeparator(entry.started_at), time(entry.started_at));
      status.classList.toggle("paused", running || !hasId(now));
      recording?.setPending(running);
    },
    show: (found) => recording?.show(found),
    stop: () => recording?.stop(),
  };
}

/** What the API does not report, and the way to add the id from its webhook. */
function missingId(entry, onFound) {
  const slot = h("div", { class: "call-missing" });
  const add = makeButton(texts.addId, openForm, "small");
  function openForm() {
    const form = createFindForm({ label: texts.idOfThis, onFound: (found) => onFound(found) });
    fill(slot, form.element);
    form.focus();
  }
  fill(slot, add);
  return h("div", { class: "call-untold" }, h("p", { class: "hint" }, entry.status === MAYBE ? texts.noIdMaybe : texts.noIdYet), slot);
}

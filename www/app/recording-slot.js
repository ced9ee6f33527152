// The place of one call's recording: asked for when a person wants it, played, or why not and what next.

import { call } from "./client.js";
import { announce, fill, h, icon, whileBusy } from "./dom.js";
import { errorBox } from "./errors.js";
import { explain } from "./explain.js";
import { clock } from "./format.js";
import { createPlayer } from "./player.js";
import { recordingOf } from "./recording.js";
import { calls as texts } from "./texts.js";

/** `what` names the call within a sentence. */
export function createRecordingSlot({ callId, what }) {
  const element = h("div", { class: "player" });
  const first = h("button", { type: "button", class: "button small", "aria-label": texts.playOf(what), onclick: () => ask(first, texts.loading) },
    icon("play"), h("span", { class: "label" }, texts.playRecording));
  let player = null, stopped = false, pending = false;
  fill(element, first);

  async function fetchRecording() {
    const recording = recordingOf(await call("getCallRecording", [callId]), document.baseURI);
    if (!recording.url) throw new RefusedAddress();
    return recording;
  }

  function ask(button, busyLabel) {
    return whileBusy(button, busyLabel, async () => {
      try {
        const recording = await fetchRecording();
        if (!stopped) await open(recording).play();
      } catch (error) {
        if (!stopped) showProblem(error);
      }
    });
  }

  function open(recording) {
    player?.stop();
    player = createPlayer({ recording, what, renew: fetchRecording });
    fill(element, player.element);
    player.focus();
    return player;
  }

  function showProblem(error) {
    if (error instanceof RefusedAddress) showState(texts.refused, texts.refusedHow, texts.askAgain);
    else if (error?.code === "not_found") showState(texts.notReady, texts.notReadyHow, texts.lookAgain, error);
    else fill(element, errorBox(error, { retry: () => ask(element.querySelector("button"), texts.looking) }));
  }

  /** A state with the one thing to do next, which has the focus. */
  function showState(title, how, next, error) {
    const button = h("button", { type: "button", class: "button small", onclick: () => ask(button, texts.looking) }, next);
    fill(element, callState({ title, how, error }, h("p", { class: "call-state-next" }, button, h("span", { class: "hint" }, texts.looked(clock(Date.now()))))));
    announce(`${title}. ${how}`);
    button.focus();
  }

  return {
    element,
    /** While the call goes on there is nothing to hear. */
    setPending(now) {
      if (now === pending) return;
      pending = now;
      if (!player) fill(element, now ? pendingPlayer() : first);
    },
    /** Shows what was found already, and waits for a press. */
    show(recording) {
      if (recording.url) open(recording);
      else showProblem(new RefusedAddress());
    },
    stop() {
      stopped = true;
      player?.stop();
    },
  };
}

class RefusedAddress extends Error {}

const pendingPlayer = () => h("div", { class: "player-pending" },
  h("span", { class: "player-line", "aria-hidden": "true" }), h("p", { class: "hint" }, texts.comesLater));

/** A box that says what is the matter, calmly, with the facts of `error` where there is one. */
export function callState({ title, how, error, role }, ...next) {
  const facts = error ? explain(error).facts : [];
  return h("div", { class: "call-state", role },
    h("p", { class: "call-state-title" }, title),
    h("p", null, how),
    facts.length > 0 && h("dl", { class: "facts" }, facts.map(([label, value]) => h("div", null, h("dt", null, label), h("dd", null, value)))),
    next);
}

// The recording of one call: requested on demand, then the player, or why it does not play and what to do.

import { call } from "../client.js";
import { announce, fill, h, icon, makeButton, whileBusy } from "../elements/dom.js";
import { errorBox } from "../states/errors.js";
import { factsOf } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import { clock } from "../elements/format.js";
import { createPlayer } from "./player.js";
import { recordingOf } from "./recording.js";
import * as texts from "../texts/calls.js";
import * as common from "../texts/common.js";

class RefusedAddress extends Error {}

export class RecordingSlot {
  element = h("div", { class: "player" });
  #callId;
  #what;
  #first;
  #player = null;
  #stopped = false;
  #pending = false;

  /** `what` names the call within a sentence. */
  constructor({ callId, what }) {
    this.#callId = callId;
    this.#what = what;
    const first = makeButton([icon("play"), h("span", { class: "label" }, texts.playRecording)], () => this.#ask(first, common.loading), "small", { "aria-label": texts.playOf(what) });
    this.#first = first;
    fill(this.element, first);
  }

  /** While the call is in progress there is no recording. */
  setPending(pending) {
    if (pending === this.#pending) return;
    this.#pending = pending;
    if (!this.#player) fill(this.element, pending ? pendingPlayer() : this.#first);
  }

  /** Shows a recording that was already found, without playing it. */
  show(recording) {
    if (recording.url) this.#open(recording);
    else this.#showProblem(new RefusedAddress());
  }

  stop() {
    this.#stopped = true;
    this.#player?.stop();
  }

  async #fetch() {
    const recording = recordingOf(await call("getCallRecording", [this.#callId]), document.baseURI);
    if (!recording.url) throw new RefusedAddress();
    return recording;
  }

  #ask(button, busyLabel) {
    return whileBusy(button, busyLabel, async () => {
      try {
        const recording = await this.#fetch();
        if (!this.#stopped) await this.#open(recording).play();
      } catch (error) {
        if (!this.#stopped) this.#showProblem(error);
      }
    });
  }

  #open(recording) {
    this.#player?.stop();
    this.#player = createPlayer({ recording, what: this.#what, renew: () => this.#fetch() });
    fill(this.element, this.#player.element);
    this.#player.focus();
    return this.#player;
  }

  #showProblem(error) {
    if (error instanceof RefusedAddress) this.#showState(texts.refused, texts.refusedHow, texts.askAgain);
    else if (error?.code === "not_found") this.#showState(texts.notReady, texts.notReadyHow, common.lookAgain, error);
    else fill(this.element, errorBox(error, { retry: () => this.#ask(this.element.querySelector("button"), common.looking) }));
  }

  /** A state with the one thing to do next, which gets the focus. */
  #showState(title, text, label, error) {
    fill(this.element, stateBox({
      title, text, facts: factsOf(error), drawing: error ? "clock" : "alert",
      children: h("p", { class: "hint" }, texts.looked(clock(Date.now()))),
      action: { label, run: ({ currentTarget }) => this.#ask(currentTarget, common.looking) },
    }));
    announce(`${title}. ${text}`);
    this.element.querySelector("button").focus();
  }
}

const pendingPlayer = () => h("div", { class: "player-pending" },
  h("span", { class: "player-line", "aria-hidden": "true" }), h("p", { class: "hint" }, texts.comesLater));

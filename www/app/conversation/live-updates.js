// Live updates: polling for new messages, and the button that pauses it.

import { announce, h, makeButton } from "../elements/dom.js";
import { clock } from "../elements/format.js";
import { explainHere } from "../states/errors.js";
import { startPolling } from "./poller.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/conversation.js";

/** `check()` polls once. `text` shows the result, errors at every window size; `button` pauses. */
export function createLiveUpdates(check) {
  const text = h("span", { class: "live-text hint" });
  const button = makeButton([h("span", { class: "live-dot", "aria-hidden": "true" }), TEXTS.live], toggle, "quiet small live", { "aria-pressed": "true" });
  /** The reason of the last failure, or null. */
  let failed;
  let poller = startPolling(run);
  store.set({ live: true });

  async function run() {
    try {
      await check();
      if (poller) show(TEXTS.checked(clock(Date.now())));
    } catch (error) {
      if (poller && error?.name !== "AbortError") showFailed(error);
      throw error;
    }
  }

  function show(words, reason) {
    text.textContent = words;
    for (const part of [text, button]) part.classList.toggle("is-failed", Boolean(reason));
    if (reason && reason !== failed) announce(words);
    failed = reason;
  }

  function showFailed(error) {
    const { title } = explainHere(error);
    show(TEXTS.notChecked(title), title);
  }

  function toggle() {
    const live = poller === null;
    button.setAttribute("aria-pressed", String(live));
    store.set({ live });
    show(live ? "" : TEXTS.paused);
    if (live) {
      poller = startPolling(run);
      poller.expect();
    } else stop();
  }

  function stop() {
    poller?.stop();
    poller = null;
  }

  return { text, button, stop, expect: () => poller?.expect() };
}

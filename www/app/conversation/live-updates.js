// Asking again and again for what came in, and the button that stops it.

import { h, makeButton } from "../elements/dom.js";
import { clock } from "../elements/format.js";
import { startPolling } from "./poller.js";
import { store } from "../store.js";
import { conversation as TEXTS } from "../texts.js";

/** `check()` asks once. `text` says how that went, `button` pauses. */
export function createLiveUpdates(check) {
  const text = h("span", { class: "live-text hint" });
  const button = makeButton([h("span", { class: "live-dot", "aria-hidden": "true" }), TEXTS.live], toggle, "quiet small live", { "aria-pressed": "true" });
  let poller = startPolling(run);
  store.set({ live: true });

  async function run() {
    try {
      await check();
      if (poller) text.textContent = TEXTS.checked(clock(Date.now()));
    } catch (error) {
      if (poller) text.textContent = TEXTS.notChecked;
      throw error;
    }
  }

  function toggle() {
    const live = poller === null;
    button.setAttribute("aria-pressed", String(live));
    store.set({ live });
    text.textContent = live ? "" : TEXTS.paused;
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

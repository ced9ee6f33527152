// Shows in the header when the browser is offline, and announces when it is online again.

import { announce, h } from "../elements/dom.js";
import * as texts from "../texts/errors.js";

export function startOnline() {
  const badge = h("strong", { class: "badge paused offline", hidden: navigator.onLine }, texts.offlineNow);
  document.getElementById("place").after(badge);
  window.addEventListener("offline", () => show(false));
  window.addEventListener("online", () => show(true));

  function show(isOnline) {
    badge.hidden = isOnline;
    announce(isOnline ? texts.onlineSaid : texts.offlineSaid);
  }
}

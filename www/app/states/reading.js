// The loading state: placeholders at first; if it takes long, the elapsed time and a way to stop.

import { log } from "../activity/activity-log.js";
import { announce, fill, h } from "../elements/dom.js";
import { alone, stateBox } from "./states.js";
import { SECOND, whenSlow } from "../elements/ticker.js";
import * as common from "../texts/common.js";
import * as texts from "../texts/errors.js";

/**
 * Shows in `section` that `what` is being read, with so many placeholder lines. `reading` is the
 * AbortController of the read, `again` restarts it.
 */
export function showReading(section, what, lines, reading, again) {
  const slow = h("div", { class: "slow alone" });
  section.setAttribute("aria-busy", "true");
  fill(section,
    h("div", { class: "loading", role: "status" }, h("span", { class: "visually-hidden" }, what),
      Array.from({ length: lines }, () => h("span", { class: "placeholder" }))),
    slow);
  whenSlow(slow, (time) => showSlow(time, slow, what, stop));

  function stop() {
    reading.abort();
    section.removeAttribute("aria-busy");
    fill(section, alone(stateBox({ ...texts.stopped, action: { label: common.tryAgain, run: again } })));
    section.querySelector(".state-action button").focus();
  }
}

function showSlow(seconds, slow, what, stop) {
  const { nextIn } = log.limit.read(Date.now());
  const title = texts.stillWaiting(seconds);
  const text = nextIn > 0 ? texts.waitsForLimit(Math.ceil(nextIn / SECOND)) : texts.stillWaitingFor(what);
  if (slow.childElementCount > 0) {
    // The button stays in place, and keeps the focus.
    const [titleLine, textLine] = slow.querySelectorAll(".state-words p");
    titleLine.textContent = title;
    textLine.textContent = text;
    return;
  }
  slow.append(stateBox({ title, text, drawing: "clock", action: { label: texts.stop, run: stop } }));
  announce(text);
}

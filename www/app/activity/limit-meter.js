// The rate limit as a meter: requests used, requests queued, and when the next slot is free.

import { announce, h } from "../elements/dom.js";
import { REQUESTS } from "./limit.js";
import * as texts from "../texts/activity.js";

const SECOND = 1_000;
/** Slots that become free together are counted together. */
const SOONEST = 250;
const NEARLY_FULL = 0.8;

/** `{ element, render }`; `read(now)` returns the result of `LimitCount.read`. */
export function createLimitMeter(read) {
  const bar = h("span", {
    class: "limit-bar", role: "meter", "aria-label": texts.limit, "aria-valuemin": 0, "aria-valuemax": REQUESTS,
  }, h("i"));
  const used = h("span", { class: "limit-used" });
  const wait = h("span", { class: "limit-wait" });
  const element = h("p", { class: "limit" }, bar, used, wait);
  let timer;
  let before = 0;

  function render() {
    const now = read(Date.now());
    bar.setAttribute("aria-valuenow", Math.min(now.used, REQUESTS));
    bar.setAttribute("aria-valuetext", [texts.usedLong(now.used, REQUESTS), ...waits(now)].join(", "));
    bar.style.setProperty("--used", String(Math.min(1, now.used / REQUESTS)));
    used.textContent = texts.used(now.used, REQUESTS);
    wait.textContent = waits(now).join(", ");
    element.classList.toggle("is-near", now.used >= REQUESTS * NEARLY_FULL);
    element.classList.toggle("is-full", now.nextIn > 0);
    say(now);
    plan(now);
  }

  // No timer runs while nothing changes, or while the page is hidden.
  function plan({ waiting, heldFor, nextIn, changesIn }) {
    clearTimeout(timer);
    if (document.hidden) return;
    const counts = heldFor > 0 || (waiting > 0 && nextIn > 0);
    const soon = counts ? Math.min(changesIn, nextIn % SECOND || SECOND) : changesIn;
    if (soon < Infinity) timer = setTimeout(render, Math.max(soon, SOONEST));
  }

  // Announce only the start and the end; the meter shows the values in between.
  function say({ waiting, nextIn }) {
    if (waiting > 0 && before === 0) announce(texts.begunToWait(inSeconds(nextIn)));
    if (waiting === 0 && before > 0) announce(texts.noneWaits);
    before = waiting;
  }

  document.addEventListener("visibilitychange", render);
  return { element, render };
}

const inSeconds = (ms) => Math.max(1, Math.ceil(ms / SECOND));

function waits({ waiting, heldFor, nextIn }) {
  const next = heldFor > 0 ? texts.heldFor(inSeconds(heldFor)) : waiting > 0 && texts.nextIn(inSeconds(nextIn));
  return [waiting > 0 && texts.waiting(waiting), next].filter(Boolean);
}

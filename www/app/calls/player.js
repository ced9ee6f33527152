// The player of a recording: play and pause, the position, the speed, the file, the link's expiry.

import { announce, fill, h, icon, makeButton } from "../elements/dom.js";
import { errorBox } from "../states/errors.js";
import { Playback } from "./playback.js";
import { clockOf, fileName, timeLeft, untilNextChange } from "./recording.js";
import { createSeekBar } from "./seek-bar.js";
import * as texts from "../texts/calls.js";
import * as common from "../texts/common.js";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** A player for `recording` (see `recording.js`), which is called `what`; `renew()` resolves with a fresh link. */
export function createPlayer({ recording, what, renew }) {
  const playback = new Playback(recording, { renew, changed: show });
  const seekBar = createSeekBar({ label: texts.placeIn(what), onSeek: (to) => playback.seek(to), onToggle: () => playback.toggle() });
  const button = toggleButton(playback, what);
  const time = h("span", { class: "player-time hint" });
  const file = fileLink(playback);
  const note = linkNote(playback, { tick: show, renewed: () => button.element.focus() });
  const problem = h("div", { class: "error-slot" });
  const element = h("div", { class: "player-body" }, playback.audio,
    h("div", { class: "player-main" }, button.element, seekBar.element),
    h("div", { class: "player-foot" }, time, speedChoice(playback, what), file.element, note.element), problem);
  const glide = createGlide(playback, seekBar);
  let error = null;

  function show({ told = false } = {}) {
    if (playback.stopped) return;
    const { at, total, isPlaying } = playback;
    for (const part of [button, file, note]) part.show();
    time.textContent = playback.waits ? common.loading : texts.clocks(clockOf(at), clockOf(total));
    element.classList.toggle("waits", playback.waits);
    seekBar.setPeaks(playback.sound?.peaks ?? null);
    seekBar.show(at, total, { quietly: isPlaying && !told });
    if (error !== playback.error) fill(problem, playback.error && errorBox(playback.error, { retry: () => playback.start() }));
    error = playback.error;
    glide();
  }

  show();
  return {
    element,
    play: () => playback.start(),
    focus: () => button.element.focus(),
    stop() {
      playback.stop();
      seekBar.stop();
      note.stop();
    },
  };
}

/** The browser reports the position four times a second; in between, the line moves smoothly. */
function createGlide(playback, seekBar) {
  let frame;
  const step = () => {
    if (playback.stopped || !playback.isPlaying) return;
    seekBar.show(playback.audio.currentTime, playback.total, { quietly: true });
    frame = requestAnimationFrame(step);
  };
  return () => {
    cancelAnimationFrame(frame);
    if (!calm.matches) frame = requestAnimationFrame(step);
  };
}

function toggleButton(playback, what) {
  const element = makeButton(null, () => playback.toggle(), "primary player-toggle");
  let shown;
  function show() {
    const { isPlaying, renewing } = playback;
    element.disabled = playback.cannotPlay;
    element.setAttribute("aria-label", isPlaying ? texts.pause(what) : texts.play(what));
    if (renewing) element.setAttribute("aria-disabled", "true");
    else element.removeAttribute("aria-disabled");
    if (shown !== isPlaying) fill(element, icon(isPlaying ? "pause" : "play"));
    shown = isPlaying;
  }
  return { element, show };
}

function speedChoice(playback, what) {
  const select = h("select", { class: "player-speed", "aria-label": texts.speedOf(what), onchange: () => { playback.speed = Number(select.value); } },
    SPEEDS.map((speed) => h("option", { value: speed }, texts.speed(speed))));
  select.value = playback.speed;
  // Another player may have changed it since.
  playback.audio.addEventListener("play", () => { playback.speed = Number(select.value); });
  return select;
}

/** Saves the loaded bytes, or else opens the link, which the browser saves or shows. */
function fileLink(playback) {
  const element = h("a", { class: "button quiet small player-file" });
  function show() {
    const { fileUrl, recording, sound } = playback;
    element.hidden = !fileUrl && (playback.isOver || !playback.isRead);
    element.href = fileUrl ?? recording.url;
    const wanted = fileUrl ? { download: fileName(recording, sound.blob.type) } : { target: "_blank", rel: "noreferrer" };
    for (const name of ["download", "target", "rel"]) {
      if (wanted[name]) element.setAttribute(name, wanted[name]);
      else element.removeAttribute(name);
    }
    const label = fileUrl ? texts.download : texts.openFile;
    if (element.textContent !== label) element.textContent = label;
  }
  return { element, show };
}

/** How long the link works, or what to do when it does not. `tick` runs when the text changes. */
function linkNote(playback, { tick, renewed }) {
  const text = h("p", { class: "hint" });
  const fresh = makeButton(null, takeFresh, "small");
  const element = h("div", { class: "player-note" }, text, fresh);
  let timer, wasNeeded = false;

  function words() {
    if (playback.cannotPlay) return texts.cannotPlay;
    if (playback.broken && !playback.isOver) return texts.linkBroken;
    if (playback.left === null) return texts.linkStays;
    if (playback.isOver) return playback.fileUrl ? texts.linkOverButHere : texts.linkOver;
    return texts.linkWorks(timeLeft(playback.left));
  }
  async function takeFresh() {
    if (await playback.renewLink()) renewed();
  }
  function show() {
    const { needsLink, renewing } = playback;
    const says = words();
    if (text.textContent !== says) text.textContent = says;
    // Announce what requires action, but not the countdown.
    if (needsLink && !wasNeeded) announce(says);
    wasNeeded = needsLink;
    fresh.hidden = !needsLink && !renewing;
    element.classList.toggle("over", !fresh.hidden);
    fresh.textContent = renewing ? texts.fetchingLink : texts.freshLink;
    if (renewing) fresh.setAttribute("aria-disabled", "true");
    else fresh.removeAttribute("aria-disabled");
    clearTimeout(timer);
    if (playback.left > 0) timer = setTimeout(tick, untilNextChange(playback.left));
  }
  return { element, show, stop: () => clearTimeout(timer) };
}

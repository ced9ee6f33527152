// The position in a recording, and the way to another one: a slider over the waveform. The slider is
// the browser's own, so that keyboard, touch and screen readers work as usual.

import { h } from "../elements/dom.js";
import { barsOf, clockOf } from "./recording.js";
import * as texts from "../texts/calls.js";

const BAR = 3;
const GAP = 2;
const LINE = 4;
const LOWEST = 3;
// Arrow keys move by this many seconds, or less in a short recording.
const STEP = 5;
const SHORT = 60;
const SHORT_STEP = 1;
const PAGE = 0.1;

/** `onSeek(seconds)` runs when a person chooses a position, `onToggle()` when the space bar is pressed. */
export function createSeekBar({ label, onSeek, onToggle }) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const slider = h("input", {
    type: "range", min: 0, max: 0, step: "any", value: 0, "aria-label": label,
    oninput: () => onSeek(Number(slider.value)), onkeydown: press,
  });
  const element = h("div", { class: "seek-bar" }, canvas, slider);
  let at = 0, total = 0, peaks = null;

  function press(event) {
    const to = placeFor(event, at, total);
    if (event.key === " ") onToggle();
    else if (to === null) return;
    else onSeek(to);
    event.preventDefault();
  }

  /** Shows the position. While it plays, a screen reader on the slider does not announce every second. */
  function show(seconds, of, { quietly = false } = {}) {
    at = seconds;
    total = of;
    slider.max = total;
    slider.value = at;
    const text = texts.position(clockOf(at), clockOf(total));
    if (!(quietly && document.activeElement === slider)) slider.setAttribute("aria-valuetext", text);
    draw();
  }

  function draw() {
    const place = prepare(canvas);
    if (place) drawSound({ ...place, peaks, played: total > 0 ? at / total : 0 });
  }

  const stop = onAppearance(canvas, draw);
  return {
    element, show,
    /** `null` draws a plain line: the sound is not loaded, or cannot be read. */
    setPeaks(loudness) {
      if (peaks === loudness) return;
      peaks = loudness;
      draw();
    },
    stop,
  };
}

/** The position that a key moves to, in seconds; null for other keys. */
function placeFor({ key, ctrlKey, altKey, metaKey }, at, total) {
  const step = total < SHORT ? SHORT_STEP : STEP;
  const to = { ArrowRight: at + step, ArrowUp: at + step, ArrowLeft: at - step, ArrowDown: at - step,
    PageUp: at + total * PAGE, PageDown: at - total * PAGE, Home: 0, End: total }[key];
  return to === undefined || ctrlKey || altKey || metaKey ? null : Math.min(total, Math.max(0, to));
}

/** Redraws when the canvas changes its size or the page its colors; returns a function that stops it. */
function onAppearance(canvas, draw) {
  const resizing = new ResizeObserver(draw);
  resizing.observe(canvas);
  const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));
  for (const scheme of schemes) scheme.addEventListener("change", draw);
  return () => {
    resizing.disconnect();
    for (const scheme of schemes) scheme.removeEventListener("change", draw);
  };
}

/** The canvas, cleared and fitted to its size on this screen; null while it has none. */
function prepare(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return null;
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ink = canvas.getContext("2d");
  ink.scale(ratio, ratio);
  // The style sheet sets the colors of the played part and of the rest.
  const { color, outlineColor } = getComputedStyle(canvas);
  return { ink, width, height, colors: [color, outlineColor] };
}

/** Bars as high as the sound is loud, or a plain line: one color up to the position, another beyond. */
function drawSound({ ink, width, height, colors, peaks, played }) {
  const outline = new Path2D();
  if (peaks) {
    barsOf(peaks, Math.max(1, Math.floor((width + GAP) / (BAR + GAP)))).forEach((bar, index) => {
      const tall = Math.max(LOWEST, bar * height);
      outline.roundRect(index * (BAR + GAP), (height - tall) / 2, BAR, tall, BAR / 2);
    });
  } else outline.roundRect(0, (height - LINE) / 2, width, LINE, LINE / 2);
  const border = played * width;
  for (const [from, to, color] of [[0, border, colors[0]], [border, width, colors[1]]]) {
    ink.save();
    ink.beginPath();
    ink.rect(from, 0, to - from, height);
    ink.clip();
    ink.fillStyle = color;
    ink.fill(outline);
    ink.restore();
  }
}

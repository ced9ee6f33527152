// Each attempt as a mark on a time scale, one strip per operation. It is a table, so that screen
// readers can read it; arrow keys step through the marks of a strip.

import { h } from "../elements/dom.js";
import { clock, duration } from "../elements/format.js";
import { hasFailed, position, TICKS } from "./latency.js";
import { svg } from "../elements/svg.js";
import * as texts from "../texts/activity.js";

const CROSS = "M-3.2-3.2 3.2 3.2M3.2-3.2-3.2 3.2";
const HOW_TO_READ = matchMedia("(hover: none)").matches ? texts.howToTap : texts.howToRead;
const percent = (ms) => `${(position(ms) * 100).toFixed(2)}%`;

/** `{ element, render(rows) }` for the rows of `Latency`. */
export function createLatencyPlot() {
  const readout = h("p", { class: "latency-readout hint" }, HOW_TO_READ);
  const table = h("table", { class: "latency" },
    h("thead", null, h("tr", null, texts.latencyColumns.map((name) => h("th", { scope: "col" }, name)))));
  const nothing = h("p", { class: "wire-nothing hint" }, texts.noAttempts);
  const shown = new Map();
  // The scale stays in view together with the readout.
  const foot = h("div", { class: "latency-foot" }, scale(), readout);
  const say = (text) => { readout.textContent = text ?? HOW_TO_READ; };
  function render(rows) {
    nothing.hidden = rows.length > 0;
    table.hidden = foot.hidden = rows.length === 0;
    for (const row of rows) {
      if (!shown.has(row.operation)) {
        shown.set(row.operation, createRow(row.operation, say));
        table.append(shown.get(row.operation).element);
      }
      shown.get(row.operation).update(row);
    }
  }
  return { element: h("div", { class: "wire-latency" }, h("h3", null, texts.latency, legend()), nothing, table, foot), render };
}

const scale = () => svg("svg", { class: "latency-scale", "aria-hidden": "true" },
  ...TICKS.map((ms) => svg("text", { x: percent(ms), y: 11, "text-anchor": "middle" }, duration(ms).replace(".0", ""))));

const legend = () => h("span", { class: "latency-legend", "aria-hidden": "true" },
  mark(false), texts.legendGood, mark(true), texts.legendFailed);

const mark = (failed) => svg("svg", { class: `latency-key ${failed ? "failed" : "good"}`, viewBox: "-5 -5 10 10" },
  failed ? svg("path", { d: CROSS }) : svg("circle", { r: 3 }));

function createRow(operation, say) {
  const strip = createStrip(operation, say);
  const [median, slowest, failed] = ["", "", ""].map(() => h("td"));
  const element = h("tbody", null,
    h("tr", null, h("th", { scope: "row" }, operation), median, slowest, failed),
    h("tr", null, h("td", { colspan: 4 }, strip.element)));
  const time = (ms) => (ms === undefined ? "–" : duration(ms));
  return {
    element,
    update(row) {
      median.textContent = time(row.median);
      slowest.textContent = time(row.slowest);
      failed.textContent = String(row.failed);
      failed.className = row.failed > 0 ? "some" : "";
      strip.update(row.attempts);
    },
  };
}

// One tab stop, for which a screen reader announces the selected attempt.
function createStrip(operation, say) {
  const drawing = svg("svg", { class: "latency-marks", "aria-hidden": "true" });
  const element = h("div", {
    class: "latency-strip", role: "slider", tabindex: 0, "aria-label": texts.plot(operation), "aria-readonly": "true", "aria-valuemin": 1,
    onkeydown: move, onfocus: () => show(true), onblur: leave, onpointerleave: leave,
    onpointermove: point, onpointerdown: point,
  }, drawing);
  let attempts = [];
  let chosen = 0;

  function choose(index) {
    chosen = Math.min(Math.max(index, 0), attempts.length - 1);
    element.setAttribute("aria-valuemax", attempts.length);
    element.setAttribute("aria-valuenow", chosen + 1);
    element.setAttribute("aria-valuetext", words(operation, attempts[chosen]));
  }
  function show(isShown) {
    [...drawing.children].forEach((child, index) => child.classList.toggle("is-chosen", isShown && index === chosen));
    say(isShown ? words(operation, attempts[chosen]) : null);
  }
  function point(event) {
    choose(nearest(element, attempts, event.clientX));
    show(true);
  }
  function leave() { show(document.activeElement === element); }
  function move(event) {
    const next = { ArrowLeft: chosen - 1, ArrowDown: chosen - 1, ArrowRight: chosen + 1, ArrowUp: chosen + 1, Home: 0, End: attempts.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    show(true);
  }
  return {
    element,
    update(now) {
      if (attempts === now) return;
      // If the newest attempt is selected, follow the newest; otherwise keep the selected attempt.
      const stays = chosen < attempts.length - 1 ? now.indexOf(attempts[chosen]) : -1;
      attempts = now;
      drawing.replaceChildren(...attempts.map(drawMark));
      choose(stays < 0 ? attempts.length - 1 : stays);
      if (document.activeElement === element) show(true);
    },
  };
}

// Marks are spread over three lines, so that few overlap.
const LINES = [11, 5, 17];
function drawMark(attempt, index) {
  const y = LINES[index % LINES.length];
  if (!hasFailed(attempt)) return svg("circle", { class: "good", cx: percent(attempt.ms), cy: y, r: 3 });
  return svg("svg", { class: "failed", x: percent(attempt.ms), y, overflow: "visible" }, svg("path", { d: CROSS }));
}

function nearest(strip, attempts, x) {
  const { left, width } = strip.getBoundingClientRect();
  const at = (x - left) / width;
  const distances = attempts.map(({ ms }) => Math.abs(position(ms) - at));
  return distances.lastIndexOf(Math.min(...distances));
}

const words = (operation, { at, attempt, status, state, ms }) =>
  texts.attempt({ time: clock(at), operation, attempt, result: status ? String(status) : texts.states[state], duration: duration(ms) });

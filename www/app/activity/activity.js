// The strip at the bottom of the page: requests as bars and as a table, use of the rate limit,
// latency, and code to copy.

import { log, onActivity } from "./activity-log.js";
import { createCodePanel } from "./code-panel.js";
import { localStore, read, write } from "../connection.js";
import { fill, h, icon } from "../elements/dom.js";
import { clock, duration } from "../elements/format.js";
import { createLatencyPlot } from "./latency-plot.js";
import { createLimitMeter } from "./limit-meter.js";
import * as texts from "../texts/activity.js";

const BARS = 56;
const OPEN = "centerfy-demo:activity";

export function startActivity() {
  const section = document.getElementById("activity");
  const bars = h("div", { class: "bars", "aria-hidden": "true" });
  const summary = h("span", { class: "wire-summary hint" });
  const meter = createLimitMeter((now) => log.limit.read(now));
  // The button covers the whole strip; on a phone, where the strip is a separate view, it is hidden.
  const toggle = h("button", {
    type: "button", class: "wire-toggle", "aria-label": texts.show, "aria-controls": "wire-body",
    onclick: () => open(toggle.getAttribute("aria-expanded") !== "true"),
  }, icon("chevron"));
  const head = h("div", { class: "wire-head" },
    h("h2", { class: "wire-title", id: "activity-title" }, texts.title), bars, meter.element, summary, toggle);
  const rows = h("tbody");
  const plot = createLatencyPlot();
  const code = createCodePanel();
  fill(section, head, h("div", { class: "wire-body", id: "wire-body" }, attemptsTable(rows), plot.element, code.element));

  function open(isOpen) {
    toggle.setAttribute("aria-expanded", String(isOpen));
    section.classList.toggle("is-open", isOpen);
    write(localStore, OPEN, isOpen ? "yes" : "no");
    if (isOpen) render();
  }

  let planned = false;
  onActivity(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => { planned = false; render(); });
  });

  function render() {
    summary.textContent = texts.summary(log);
    meter.render();
    drawBars(bars);
    fill(rows, [...log.entries].reverse().map(row));
    plot.render(log.latency.rows());
    code.render();
  }
  open(read(localStore, OPEN) === "yes");
  render();
}

const attemptsTable = (rows) =>
  h("div", { class: "wire-table", tabindex: "0", role: "region", "aria-label": texts.attempts },
    h("table", null,
      h("thead", null, h("tr", null, texts.columns.map((name) => h("th", { scope: "col" }, name)))),
      rows));

// One bar per attempt or wait; its height grows with the duration.
function drawBars(bars) {
  const shown = log.entries.slice(-BARS);
  while (bars.children.length < shown.length) bars.append(h("i"));
  while (bars.children.length > shown.length) bars.firstChild.remove();
  shown.forEach((entry, index) => {
    const bar = bars.children[index];
    bar.className = `bar ${entry.state}`;
    const height = entry.ms === undefined ? 0.35 : Math.min(1, 0.15 + Math.log10(1 + entry.ms) / 4);
    bar.style.setProperty("--height", height.toFixed(2));
  });
}

function row(entry) {
  return h("tr", { class: entry.state },
    h("td", null, clock(entry.at)),
    h("td", null, entry.operation, entry.times > 1 && h("span", { class: "times" }, ` ×${entry.times}`)),
    h("td", null, entry.kind === "wait" ? "" : String(entry.attempt ?? 1)),
    h("td", null, h("span", { class: "result" }, entry.status ? String(entry.status) : texts.states[entry.state])),
    h("td", null, took(entry)));
}

function took({ state, kind, ms }) {
  if (ms === undefined) return "";
  if (state === "queued") return texts.waited(duration(ms));
  return kind === "wait" && state === "retry" ? texts.waits(duration(ms)) : duration(ms);
}

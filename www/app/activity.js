// The strip at the foot of the page: what was sent, as bars, as a table, and as code to copy.

import { log, onActivity } from "./activity-log.js";
import { localStore, read, write } from "./connection.js";
import { copyButton, fill, h, icon } from "./dom.js";
import { clock, duration } from "./format.js";
import { snippet } from "./snippet.js";

const BARS = 56;
const OPEN = "centerfy-demo:activity";
const STATES = { pending: "waiting", good: "", bad: "", failed: "no answer", retry: "retry", queued: "queued" };

export function startActivity() {
  const section = document.getElementById("activity");
  const bars = h("div", { class: "bars", "aria-hidden": "true" });
  const summary = h("span", { class: "wire-summary" });
  // The button lies over the whole strip; on a phone, where the strip is a view of its own, it is away.
  const toggle = h("button", {
    type: "button", class: "wire-toggle", "aria-label": "Show what was sent", "aria-controls": "wire-body",
    onclick: () => open(toggle.getAttribute("aria-expanded") !== "true"),
  }, icon("chevron"));
  const head = h("div", { class: "wire-head" },
    h("h2", { class: "wire-title", id: "activity-title" }, "What was sent"), bars, summary, toggle);
  const table = h("tbody");
  const code = h("div", { class: "wire-code" });
  const body = h("div", { class: "wire-body", id: "wire-body" },
    h("div", { class: "wire-table", tabindex: "0", role: "region", "aria-label": "Attempts, newest first" },
      h("table", null,
        h("thead", null, h("tr", null, ["Time", "Operation", "Attempt", "Result", "Took"].map((name) => h("th", { scope: "col" }, name)))),
        table)),
    code);
  fill(section, head, body);

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
    summary.textContent = `${plural(log.calls, "call", "calls")}, ${plural(log.retries, "retry", "retries")}, ${log.queued} queued`;
    drawBars(bars);
    fill(table, [...log.entries].reverse().map(row));
    renderCode(code);
  }
  open(read(localStore, OPEN) === "yes");
  render();
}

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

// One bar per attempt or wait; its height grows with the time that it took.
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
  const result = entry.status ? String(entry.status) : STATES[entry.state];
  return h("tr", { class: entry.state },
    h("td", null, clock(entry.at)),
    h("td", null, entry.operation, entry.times > 1 && h("span", { class: "times" }, ` ×${entry.times}`)),
    h("td", null, entry.kind === "wait" ? "" : String(entry.attempt ?? 1)),
    h("td", null, h("span", { class: "result" }, result)),
    h("td", null, entry.ms === undefined ? "" : entry.state === "queued" ? `waited ${duration(entry.ms)}` : entry.kind === "wait" ? `waits ${duration(entry.ms)}` : duration(entry.ms)));
}

let shownCall = null;
function renderCode(slot) {
  if (log.lastCall === shownCall) return;
  shownCall = log.lastCall;
  const text = snippet(shownCall.operation, shownCall.args);
  fill(slot,
    h("div", { class: "wire-code-head" }, h("h3", null, "The last call in your code"), copyButton(text, "code")),
    h("pre", { tabindex: "0", "aria-label": "The last call in your code" }, h("code", null, text)));
}

// The calls of a contact, and their recordings.

import { call } from "./client.js";
import { refreshDirectory, remember } from "./directory.js";
import { fill, h, newId, place, whileBusy } from "./dom.js";
import { FieldErrors, errorBox, showError } from "./errors.js";
import { daySeparator, time, words } from "./format.js";
import { loadable } from "./network.js";
import { store } from "./store.js";

const RUNNING = ["call_initiated", "in_progress"];
const LOOK_AGAIN = 2_000;

export function createCallsTab(contactId) {
  const rows = new Map();
  const list = h("ul", { class: "calls" });
  const element = h("div", { class: "calls-tab" }, list, openById(contactId));

  let looking;

  function render() {
    const { calls = [], agents = [], isSandbox } = store.get("directory") ?? {};
    const mine = calls.filter((entry) => entry.contact_id === contactId);
    // The sandbox tells how a running call goes on; the API itself has no operation for that.
    clearTimeout(looking);
    if (isSandbox && mine.some(({ status }) => RUNNING.includes(status))) looking = setTimeout(look, LOOK_AGAIN);
    for (const entry of mine) {
      const agentName = agents.find(({ id }) => id === entry.agent_id)?.name;
      if (!rows.has(entry.call_id)) rows.set(entry.call_id, callRow(entry, agentName));
      rows.get(entry.call_id).update(entry);
    }
    if (mine.length === 0) {
      fill(list, h("li", { class: "empty" },
        h("p", { class: "empty-title" }, "No calls are known here"),
        h("p", null, "Start one with the button above, or open a recording by a call’s id.")));
    } else {
      const newest = mine.reverse().sort((a, b) => (Date.parse(b.started_at) || 0) - (Date.parse(a.started_at) || 0));
      place(list, newest.map((entry) => rows.get(entry.call_id).element));
    }
  }
  function look() {
    if (document.hidden || element.closest("[hidden]")) looking = setTimeout(look, LOOK_AGAIN);
    else refreshDirectory();
  }
  render();
  const stopListening = store.on(["directory"], render);
  return { element, stop() { stopListening(); clearTimeout(looking); } };
}

function callRow(entry, agentName) {
  const status = h("span", { class: "badge" });
  const when = entry.started_at && h("time", { class: "hint", datetime: entry.started_at }, `${daySeparator(entry.started_at)}, ${time(entry.started_at)}`);
  const player = createPlayer(entry.call_id, agentName ? `the call by ${agentName}` : "the call");
  const element = h("li", { class: "call-row" },
    h("div", { class: "call-head" },
      h("span", { class: "call-agent" }, agentName ?? "Unknown agent"), status, when,
      h("code", { class: "call-id", title: entry.call_sid ?? entry.call_id }, entry.call_sid ?? entry.call_id)),
    player);
  return {
    element,
    update(now) {
      const running = RUNNING.includes(now.status);
      status.textContent = words(now.status) || "status unknown";
      status.classList.toggle("paused", running);
      player.hidden = running;
    },
  };
}

/** A button that fetches the recording's URL, then an audio element that plays it. */
function createPlayer(callId, what) {
  const slot = h("div", { class: "player" });
  const button = h("button", { type: "button", class: "button small", "aria-label": `Play recording of ${what}`, onclick: play },
    h("span", { class: "label" }, "Play recording"));
  fill(slot, button);

  function play() {
    return whileBusy(button, "Loading…", async () => {
      try {
        const recording = await call("getCallRecording", [callId]);
        const audio = h("audio", { controls: true, preload: "auto", src: await loadable(safeUrl(recording.recording_url)), "aria-label": `Recording of ${what}` });
        const note = h("p", { class: "hint" }, validity(recording.expires_in_seconds));
        // A signed URL stops working after its time; a new one is one call away.
        audio.addEventListener("error", () => fill(slot, button, h("p", { class: "hint", role: "status" }, "This link does not play any more. Fetch the recording again.")), { once: true });
        fill(slot, audio, note);
        audio.focus();
        await audio.play().catch(() => {});
      } catch (error) {
        fill(slot, button, errorBox(error, { retry: play }));
      }
    });
  }
  return slot;
}

function validity(seconds) {
  if (seconds === null || seconds === undefined) return "This link does not expire.";
  return `This link works until ${time(Date.now() + seconds * 1000)}.`;
}

// The URL comes from the server, so it may be anything; only web addresses are played.
function safeUrl(value) {
  const url = new URL(value, document.baseURI);
  if (!["http:", "https:"].includes(url.protocol)) throw new TypeError("The recording’s URL is not a web address.");
  return url.href;
}

// For calls that no list has.
function openById(contactId) {
  const id = newId("call-id");
  const slot = h("div", { class: "error-slot" });
  const fieldSlot = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const input = h("input", { id, class: "mono", autocomplete: "off", spellcheck: "false", "aria-describedby": fieldSlot.id });
  const fields = new FieldErrors();
  fields.add("callId", input, fieldSlot);
  const button = h("button", { type: "submit", class: "button" }, "Find recording");
  return h("form", { class: "open-call", novalidate: true, onsubmit: find },
    h("label", { for: id }, "Recording by call id or call_sid"),
    h("div", { class: "open-call-row" }, input, button), fieldSlot, slot);

  function find(event) {
    event.preventDefault();
    fields.clear();
    slot.replaceChildren();
    return whileBusy(button, "Finding…", async () => {
      try {
        const found = await call("getCallRecording", [input.value.trim()]);
        remember("calls", { call_id: found.call_id, call_sid: found.call_sid, contact_id: contactId, status: "recorded" });
        input.value = "";
      } catch (error) {
        showError(error, { fields, slot });
      }
    });
  }
}

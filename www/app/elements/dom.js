// Creates elements. Text is only ever inserted as text nodes, so nothing from a server becomes HTML.

import * as common from "../texts/common.js";
import { asText } from "./format.js";
import { svg } from "./svg.js";
import { whenSlow } from "./ticker.js";

/** `h("p", { class: "hint", onclick: f }, "text", child)`; attributes that are null, undefined or false are omitted. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) setAttribute(element, name, value);
  append(element, children);
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    // A server may send an object in place of a string.
    if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : asText(child));
  }
}

/** Replaces the children of `element` by `children`. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** Makes `wanted` the list's rows, and moves only those that are not at their position. */
export function place(list, wanted) {
  const keep = new Set(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
}

const ICONS = {
  phone: "M7 3H4a1 1 0 0 0-1 1 13 13 0 0 0 13 13 1 1 0 0 0 1-1v-3l-4-1.5-1.5 2a9 9 0 0 1-5-5l2-1.5L7 3Z",
  save: "M10 3v9m-4-4 4 4 4-4M4 16h12",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  clock: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM10 6.5V10l2.5 2",
  alert: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM10 6.5v4.2m0 2.6v.2",
  unknown: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 8.3c0-2.7 4-2.5 4-.2 0 1.5-2 1.5-2 3.1m0 2v.2",
  send: "M3 10 16.5 4 12 16.5l-2.6-4.4L3 10Zm6.4 2.1L16.5 4",
  chevron: "m5 12.5 5-5 5 5",
  close: "m5 5 10 10M15 5 5 15",
  copy: "M7.5 7.5V4h8.5v8.5h-3.5M4 7.5h8.5V16H4V7.5Z",
  down: "M10 4v12m-5-5 5 5 5-5",
  play: "M6.5 4v12l9.5-6-9.5-6Z",
  pause: "M7 4.5v11M13 4.5v11",
  search: "M8.5 3.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10Zm3.7 8.7 4.3 4.3",
  archive: "M3 4h14v3.5H3V4Zm1 3.5V16h12V7.5M8 11h4",
  key: "M6.5 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm4 4H18m-3 0v3m3-3v2",
  cut: "M3 3l14 14M4 9a9 9 0 0 1 12 0M7 12a5 5 0 0 1 6 0M10 15.5v.1",
};

/** An icon that is hidden from screen readers; its button has the name. */
export const icon = (name) =>
  svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

let ids = 0;
/** A unique element id. */
export const newId = (prefix) => `${prefix}-${(ids += 1)}`;

/** Describes `control` by the element `words` for screen readers. */
export function describe(control, words) {
  control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), words.id].filter(Boolean).join(" "));
}

const MOST_AT_ONCE = 3;
let unsaid = [];
/** Announces `text` to screen readers, also if it repeats the last one or several follow at once. */
export function announce(text) {
  unsaid = [...unsaid, text].slice(-MOST_AT_ONCE);
  if (unsaid.length > 1) return;
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = "";
  requestAnimationFrame(() => {
    const all = unsaid.join(" ");
    unsaid = [];
    const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
    if (dialog) announceIn(dialog, all, announcer);
    else if (announcer) announcer.textContent = all;
  });
}

// An open dialog silences everything behind it, so it has its own announcer; text that it already
// shows as a status is not announced twice.
function announceIn(dialog, text, otherwise) {
  const shown = [...dialog.querySelectorAll("p")].find((line) => line.childElementCount === 0 && line.textContent === text);
  const place = shown ?? dialog.querySelector(".announcer");
  place?.setAttribute("role", "status");
  requestAnimationFrame(() => (place?.isConnected ? place : otherwise)?.replaceChildren(text));
}

/** The scroll behavior, by the system's preference for reduced motion. */
export const scrolling = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

/** While `work` runs, `button` is busy and shows the elapsed time if it takes long; it cannot be pressed again, and keeps the focus. */
export async function whileBusy(button, label, work) {
  if (button.getAttribute("aria-disabled") === "true") return undefined;
  const slot = button.querySelector(".label") ?? button;
  const before = slot.textContent;
  button.setAttribute("aria-disabled", "true");
  slot.textContent = label;
  let isOver = false;
  whenSlow(button, (seconds) => {
    if (!isOver) slot.textContent = `${label} ${seconds} s`;
    return !isOver;
  });
  try {
    return await work();
  } finally {
    isOver = true;
    button.removeAttribute("aria-disabled");
    slot.textContent = before;
  }
}

/** A button with `content`; `look` are additional classes. */
export const makeButton = (content, onclick, look = "", attributes = {}) =>
  h("button", { type: "button", class: `button ${look}`, onclick, ...attributes }, content);

/** An icon button; `label` is its accessible name. */
export const iconButton = (drawing, label, onclick, look = "") =>
  makeButton(icon(drawing), onclick, `icon-only ${look}`, { "aria-label": label, title: label });

/** A button that copies `text` and announces the result. */
export function copyButton(text, what) {
  const button = iconButton("copy", common.copy(what), async () => {
    const isCopied = await copy(text, button);
    announce(isCopied ? common.copied(what) : common.notCopied(what));
    fill(button, icon(isCopied ? "check" : "alert"));
    if (!isCopied) button.after(h("span", { class: "not-copied hint" }, common.notCopied(what)));
  });
  button.addEventListener("blur", () => {
    fill(button, icon("copy"));
    if (button.nextElementSibling?.matches(".not-copied")) button.nextElementSibling.remove();
  });
  return button;
}

/** Resolves with whether it was copied. Without TLS there is only the older way, by a selection. */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // While a dialog is open, only its content can be selected.
    const field = h("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true" });
    field.value = text;
    button.after(field);
    field.select();
    let isCopied = false;
    try { isCopied = document.execCommand("copy"); } catch { /* reported by the caller */ }
    button.focus();
    field.remove();
    return isCopied;
  }
}

// What is known here, of all three kinds: find, open and forget it, take it along as a file.

import { openContact } from "./contacts.js";
import { followOtherTabs, forget, forgetAll, knownNow } from "./directory.js";
import { confirm, openDialog } from "./dialogs.js";
import { fill, h, icon, newId } from "./dom.js";
import { ownerOf } from "./known-storage.js";
import { importButton, saveKnown } from "./known-transfer.js";
import { createResults, titleOf } from "./known-results.js";
import { finder } from "./known-search.js";
import { store } from "./store.js";
import { known as TEXTS } from "./texts.js";

const MOST_SHOWN = 100;

/** `openAgent(id)` opens an agent that was chosen. */
export function startKnown({ openAgent }) {
  const button = document.getElementById("open-known");
  fill(button, icon("search"), h("span", { class: "find-label" }, TEXTS.open),
    h("span", { class: "visually-hidden" }, ` ${TEXTS.openWhat}`), h("kbd", { "aria-hidden": "true", "data-keys": TEXTS.openKeys }));
  button.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  const open = () => { if (!document.querySelector("dialog[open]")) show(openAgent); };
  button.addEventListener("click", open);
  document.addEventListener("open-known", open);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  followOtherTabs();
}

async function show(openAgent) {
  let stop;
  const chosen = await openDialog(TEXTS.title, (close) => {
    const view = createView(close);
    stop = store.on(["directory"], view.render);
    return view.element;
  }, { className: "known" });
  stop();
  if (!chosen) return;
  const { kind, id, entry } = chosen;
  if (kind === "agents") openAgent(id);
  else if (kind === "contacts") openContact(id);
  else openContact(entry.contact_id ?? store.get("contactId"), id);
}

function createView(close) {
  const inputId = newId("find");
  const input = h("input", {
    id: inputId, type: "search", autocomplete: "off", spellcheck: "false", autofocus: true, placeholder: TEXTS.searchHint,
    oninput: () => { say(); render(); }, onkeydown: onKey,
  });
  const count = h("p", { class: "known-count", role: "status" });
  const said = h("div", { class: "known-said" });
  const results = createResults({ onChoose: close, onForget: forgetOne, onUp: () => input.focus() });
  const foot = h("div", { class: "known-foot" });
  const element = h("div", { class: "dialog-body" },
    h("label", { class: "visually-hidden", for: inputId }, TEXTS.search), input, count, results.element, said, foot);
  render();
  return { element, render };

  function render() {
    const directory = store.get("directory");
    const known = knownNow();
    const query = input.value.trim();
    const found = finder(known)(query);
    results.render(found.slice(0, MOST_SHOWN), query, known);
    const text = directory ? countText(found.length, query) : TEXTS.looking;
    // Said once, and not again with each change that leaves it as it is.
    if (count.textContent !== text) count.textContent = text;
    if (directory && foot.childElementCount === 0) fill(foot, directory.isSandbox ? h("p", { class: "hint" }, TEXTS.fromSandbox) : footOf(say));
    foot.querySelector(".known-forget")?.toggleAttribute("disabled", Object.values(known).every((list) => list.length === 0));
  }

  function onKey(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      results.focusFirst();
    } else if (event.key === "Enter") {
      event.preventDefault();
      results.chooseFirst();
    }
  }

  /** Shows what happened, with what can be done about it; without arguments, nothing. */
  function say(text, { undo, isError = false } = {}) {
    const action = undo && h("button", { type: "button", class: "button quiet small", onclick: undo }, TEXTS.undo);
    fill(said, text && h("div", { class: isError ? "error-box" : "known-note", role: isError ? "alert" : "status" }, h("p", { dir: "auto" }, text), action));
    action?.focus();
  }

  function forgetOne({ kind, id, entry }) {
    const name = titleOf(kind, entry, knownNow());
    const undo = forget(kind, id);
    say(TEXTS.forgotten(name), { undo: () => { undo(); say(TEXTS.back(name)); input.focus(); } });
  }
}

function countText(count, query) {
  if (query === "") return count === 0 ? TEXTS.nothing : TEXTS.all(count);
  return count > MOST_SHOWN ? TEXTS.cut(MOST_SHOWN, count) : TEXTS.found(count);
}

function footOf(say) {
  const { place, organizationId } = ownerOf(store.get("connection"));
  return [
    store.get("directory").keeps
      ? h("p", { class: "hint" }, organizationId ? TEXTS.keptFor(place, organizationId) : TEXTS.kept(place))
      : h("p", { class: "notice" }, TEXTS.notKept),
    h("p", { class: "known-actions" },
      h("button", { type: "button", class: "button small", onclick: () => say(saveKnown()) }, TEXTS.exportFile),
      importButton(say),
      h("button", { type: "button", class: "button danger-quiet small known-forget", onclick: () => askForgetAll(say) }, TEXTS.forgetAll)),
  ];
}

async function askForgetAll(say) {
  const { place, organizationId } = ownerOf(store.get("connection"));
  const count = Object.values(knownNow()).flat().length;
  const sure = await confirm({
    title: TEXTS.forgetAllTitle,
    text: [TEXTS.forgetAllText(count, TEXTS.whose(place, organizationId)), TEXTS.forgetAllHint],
    yes: TEXTS.forgetAllYes, no: TEXTS.forgetAllNo, danger: true,
  });
  if (!sure) return;
  forgetAll();
  say(TEXTS.allForgotten);
  document.querySelector("dialog.known input[type=search]")?.focus();
}

// Known entries of all three kinds: find, open, forget, export and import.

import { openContact } from "../conversation/contacts.js";
import { followOtherTabs, forget, forgetAll, knownNow } from "../directory.js";
import { confirm, openDialog } from "../elements/dialogs.js";
import { fill, h, icon, makeButton, newId } from "../elements/dom.js";
import { ownerOf } from "./known-storage.js";
import { importButton, saveKnown } from "./known-transfer.js";
import { createResults, titleOf } from "./known-results.js";
import { finder } from "./known-search.js";
import { stateBox } from "../states/states.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/known.js";

const MOST_SHOWN = 100;

/** `openAgent(id)` opens the selected agent. */
export function startKnown({ openAgent }) {
  const button = document.getElementById("open-known");
  fill(button, icon("search"), h("span", { class: "find-label" }, TEXTS.open),
    h("span", { class: "visually-hidden" }, ` ${TEXTS.openWhat}`), h("kbd", { "aria-hidden": "true" }, TEXTS.openKeys));
  button.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  const open = () => { if (!document.querySelector("dialog[open]")) show(openAgent); };
  button.addEventListener("click", open);
  document.addEventListener("open-known", open);
  document.addEventListener("keydown", (event) => {
    // Form fillers send key events without a key.
    if (event.key?.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  followOtherTabs();
}

async function show(openAgent) {
  let stop;
  const chosen = await openDialog(TEXTS.title, (close) => {
    const view = new KnownView(close);
    stop = store.on(["directory"], () => view.render());
    return view.element;
  }, { className: "known" });
  stop();
  if (!chosen) return;
  const { kind, id, entry } = chosen;
  if (kind === "agents") await openAgent(id);
  else if (kind === "contacts") openContact(id);
  else openContact(entry.contact_id ?? store.get("contactId"), id);
  // The focus moves to the opened entry.
  document.getElementById(kind === "agents" ? "agent" : "conversation").focus();
}

class KnownView {
  #said = h("div", { class: "known-said" });
  #count = h("p", { class: "hint", role: "status" });
  #foot = h("div", { class: "known-foot" });
  #input = h("input", {
    id: newId("find"), type: "search", autocomplete: "off", spellcheck: "false", autofocus: true, placeholder: TEXTS.searchHint,
    oninput: () => { this.#say(); this.render(); }, onkeydown: (event) => this.#onKey(event),
  });
  #results;
  /** The footer's text about storage. */
  #keeps;
  element;

  constructor(close) {
    this.#results = createResults({ onChoose: close, onForget: (found) => this.#forget(found), onUp: () => this.#input.focus() });
    this.element = h("div", { class: "dialog-body" },
      h("label", { class: "visually-hidden", for: this.#input.id }, TEXTS.search),
      this.#input, this.#count, this.#results.element, this.#said, this.#foot);
    this.render();
  }

  render() {
    const directory = store.get("directory");
    const known = knownNow();
    const query = this.#input.value.trim();
    const found = finder(known)(query);
    this.#results.render(found.slice(0, MOST_SHOWN), query, known);
    const text = directory ? countText(found.length, query) : TEXTS.looking;
    // Announced only when it changes.
    if (this.#count.textContent !== text) this.#count.textContent = text;
    if (directory && this.#keeps !== directory.keeps) this.#fillFoot(directory);
    const isEmpty = Object.values(known).every((list) => list.length === 0);
    for (const button of this.#foot.querySelectorAll(".needs-some")) button.disabled = isEmpty;
  }

  #fillFoot({ isSandbox, keeps }) {
    this.#keeps = keeps;
    const say = (...what) => this.#say(...what);
    fill(this.#foot, isSandbox ? h("p", { class: "hint" }, TEXTS.fromSandbox)
      : footOf(say, () => askForgetAll(say).then(() => this.#input.focus())));
  }

  #onKey(event) {
    // During an IME composition, keys belong to the input method.
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "Enter")) return;
    event.preventDefault();
    if (event.key === "Enter") this.#results.chooseFirst();
    else this.#results.focusFirst();
  }

  /** Shows the result, with an action or the reason `why` it failed; without arguments, nothing. */
  #say(text, { undo, why } = {}) {
    const action = undo && makeButton(TEXTS.undo, undo, "quiet small");
    fill(this.#said, why ? stateBox({ title: text, text: why, tone: "bad", drawing: "alert", role: "alert" })
      : text && h("div", { class: "known-note", role: "status" }, h("p", { dir: "auto" }, text), action));
    action?.focus();
  }

  #forget({ kind, id, entry }) {
    const name = titleOf(kind, entry, knownNow());
    const knowAgain = forget(kind, id);
    const undo = () => {
      knowAgain();
      this.#say(TEXTS.back(name));
      this.#input.focus();
    };
    this.#say(TEXTS.forgotten(name), { undo });
  }
}

function countText(count, query) {
  if (query === "") return count === 0 ? TEXTS.nothing : TEXTS.all(count);
  return count > MOST_SHOWN ? TEXTS.cut(MOST_SHOWN, count) : TEXTS.found(count);
}

function footOf(say, onForgetAll) {
  const { place, organizationId } = ownerOf(store.get("connection"));
  return [
    store.get("directory").keeps
      ? h("p", { class: "hint" }, TEXTS.kept(TEXTS.whose(place, organizationId)))
      : h("p", { class: "notice" }, TEXTS.notKept),
    h("p", { class: "known-actions" },
      makeButton(TEXTS.exportFile, () => say(saveKnown()), "small needs-some"),
      importButton(say),
      makeButton(TEXTS.forgetAll, onForgetAll, "danger-quiet small needs-some")),
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
}

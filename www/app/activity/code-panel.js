// The last call as code to copy, in the language that was chosen last.

import { API_URL, SANDBOX_KEY, localStore, read, write } from "../connection.js";
import { log } from "./activity-log.js";
import { copyButton, fill, h } from "../elements/dom.js";
import { makeChoice } from "../elements/field.js";
import { isInPage } from "../network.js";
import { loadSnippets } from "../snippets.js";
import { store } from "../store.js";
import * as texts from "../texts/activity.js";
import * as common from "../texts/common.js";

const CHOSEN = "centerfy-demo:language";

export function createCodePanel() {
  const [first] = Object.keys(texts.languages);
  const before = read(localStore, CHOSEN);
  let language = Object.hasOwn(texts.languages, before) ? before : first;
  let shown;
  let snippet = null;
  const choice = makeChoice({ legend: texts.language, options: Object.entries(texts.languages), chosen: language, onchange: choose });
  const copy = h("span");
  const note = h("p", { class: "wire-code-note" });
  const code = h("code");
  const element = h("div", { class: "wire-code" },
    h("div", { class: "wire-code-head" }, h("h3", null, texts.code), choice.element, copy), note,
    h("pre", { tabindex: "0", role: "region", "aria-label": texts.code }, code));

  function choose(value) {
    language = value;
    write(localStore, CHOSEN, value);
    shown = null;
    render();
  }
  async function load() {
    code.textContent = common.loading;
    try {
      ({ snippet } = await loadSnippets());
      render();
    } catch {
      code.textContent = texts.codeNotLoaded;
    }
  }
  // Do not load code while the panel is hidden.
  new IntersectionObserver((seen) => { if (seen.at(-1).isIntersecting) render(); }).observe(element);

  function render() {
    if (log.lastCall === shown || !element.checkVisibility()) return;
    if (log.lastCall && !snippet) return void load();
    shown = log.lastCall;
    const text = shown ? snippet(language, shown, target(store.get("connection"))) : "";
    code.textContent = text || texts.noCode;
    note.textContent = [texts.again[shown?.operation], keyNote()].filter(Boolean).join(" ");
    fill(copy, text && copyButton(text, texts.copied));
  }
  return { element, render };
}

// The sandbox's key is not a secret, and is shown nowhere else.
function keyNote() {
  const { apiKey } = store.get("connection") ?? {};
  return store.get("directory")?.isSandbox && apiKey === SANDBOX_KEY ? texts.sandboxKey(apiKey) : null;
}

// The connection in the code. Only this page can reach the sandbox in the page, so that code calls the API.
function target({ baseUrl, apiKey, auth, kind }) {
  if (isInPage(baseUrl)) return { auth: "bearer", hasKey: true };
  const url = new URL(baseUrl, document.baseURI).href.replace(/\/+$/, "");
  return { baseUrl: url === API_URL ? undefined : url, auth, hasKey: Boolean(apiKey) && kind !== "proxy", proxied: kind === "proxy" };
}

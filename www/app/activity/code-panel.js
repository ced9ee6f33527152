// The last call as code to copy, in the language that was chosen the last time.

import { SANDBOX_KEY, localStore, read, write } from "../connection.js";
import { log } from "./activity-log.js";
import { copyButton, fill, h } from "../elements/dom.js";
import { makeChoice } from "../elements/field.js";
import { isInPage } from "../network.js";
import { LANGUAGES, snippet } from "./snippet.js";
import { API } from "./snippet-curl.js";
import { store } from "../store.js";
import { activity as texts } from "../texts.js";

const CHOSEN = "centerfy-demo:language";

export function createCodePanel() {
  const [first] = Object.keys(LANGUAGES);
  const before = read(localStore, CHOSEN);
  let language = Object.hasOwn(LANGUAGES, before) ? before : first;
  let shown;
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
  async function render() {
    if (log.lastCall === shown) return;
    const now = shown = log.lastCall;
    const chosen = language;
    let otherwise = texts.noCode;
    const text = now && await snippet(language, now, target(store.get("connection"))).catch(() => {
      // The next render tries again.
      shown = null;
      otherwise = texts.codeNotLoaded;
    });
    if (now !== log.lastCall || chosen !== language) return;
    code.textContent = text || otherwise;
    note.textContent = [texts.again[now?.operation], keyNote()].filter(Boolean).join(" ");
    fill(copy, text && copyButton(text, texts.copied));
  }
  return { element, render };
}

// The sandbox's own key is no secret, and stands nowhere else.
function keyNote() {
  const { apiKey } = store.get("connection") ?? {};
  return store.get("directory")?.isSandbox && apiKey === SANDBOX_KEY ? texts.sandboxKey(apiKey) : null;
}

// Where the code calls. The sandbox in the page can only be reached from here, so its code calls the API.
function target({ baseUrl, apiKey, auth, kind }) {
  if (isInPage(baseUrl)) return { auth: "bearer", hasKey: true };
  const url = new URL(baseUrl, document.baseURI).href.replace(/\/+$/, "");
  return { baseUrl: url === API ? undefined : url, auth, hasKey: Boolean(apiKey) && kind !== "proxy", proxied: kind === "proxy" };
}

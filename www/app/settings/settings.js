// The page's connection, and the dialog that changes it.

import { askToLeave } from "../agents/unsaved.js";
import { use } from "../client.js";
import { loadConnection, saveConnection, withKey } from "../connection.js";
import { openDialog } from "../elements/dialogs.js";
import { announce, fill, h, makeButton, whileBusy } from "../elements/dom.js";
import { FieldErrors, showError } from "../states/errors.js";
import { buildSettings } from "./settings-form.js";
import { store } from "../store.js";
import { tryOut } from "./try-out.js";
import * as common from "../texts/common.js";
import { place as placeTexts, settings as texts } from "../texts/shell.js";


/** `onConnected(connection)` runs after the connection has changed. */
export function startSettings(onConnected) {
  const button = document.getElementById("open-settings");
  const open = () => openDialog(texts.title, (close) => settingsDialog(close, onConnected), { className: "settings" });
  button.addEventListener("click", open);
  document.addEventListener("open-settings", open);
  store.on(["directory"], showPlace);
}

// Shows in the header whether calls and messages reach real people.
function showPlace() {
  const place = document.getElementById("place");
  const directory = store.get("directory");
  if (!directory) return;
  const { isSandbox } = directory;
  const { baseUrl, kind } = store.get("connection");
  const { host } = new URL(baseUrl, document.baseURI);
  place.className = `place ${isSandbox ? "sandbox" : "real"}`;
  fill(place,
    h("strong", { class: isSandbox ? "badge live" : "badge paused" }, isSandbox ? placeTexts.sandbox : host),
    h("span", null, isSandbox ? placeTexts.nobody : kind === "proxy" ? placeTexts.throughProxy : placeTexts.real));
}

function settingsDialog(close, onConnected) {
  const errors = new FieldErrors();
  const slot = h("div", { class: "error-slot" });
  const fields = buildSettings(store.get("connection") ?? loadConnection(), errors);
  const save = makeButton(texts.connect, null, "primary", { type: "submit" });

  const form = h("form", { class: "dialog-body", novalidate: true, onsubmit: submit },
    fields.elements, slot,
    h("p", { class: "dialog-actions" },
      makeButton(common.cancel, () => close(), "quiet"), save));
  return form;

  function submit(event) {
    event.preventDefault();
    errors.clear();
    slot.replaceChildren();
    return whileBusy(save, texts.connecting, async () => {
      try {
        const connection = fields.read();
        const ready = await withKey(connection);
        const client = await tryOut(ready);
        if (!form.isConnected || !(await askToLeave())) return;
        use(ready, client);
        saveConnection(connection, fields.forNewTabs());
        close();
        announce(texts.connected);
        await onConnected(ready);
      } catch (error) {
        showError(error, { fields: errors, slot });
      }
    });
  }
}

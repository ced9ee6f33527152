// What the page is connected to, and the dialog that changes it.

import { connect } from "./client.js";
import { defaultConnection, saveConnection, withKey } from "./connection.js";
import { openDialog } from "./dialogs.js";
import { announce, fill, h, newId, whileBusy } from "./dom.js";
import { FieldErrors, showError } from "./errors.js";
import { store } from "./store.js";

/** `onConnected(connection)` runs after the connection was changed. */
export function startSettings(onConnected) {
  const open = () => openDialog("Settings", (close) => settingsForm(close, onConnected), { className: "settings" });
  document.getElementById("open-settings").addEventListener("click", open);
  document.addEventListener("open-settings", open);
  store.on(["directory"], showPlace);
}

// Says in the header whether anything here reaches a real person.
function showPlace() {
  const place = document.getElementById("place");
  const directory = store.get("directory");
  if (!directory) return fill(place);
  const { isSandbox } = directory;
  const { host } = new URL(store.get("connection").baseUrl, document.baseURI);
  place.className = `place ${isSandbox ? "sandbox" : "real"}`;
  return fill(place,
    h("strong", null, isSandbox ? "Sandbox" : host),
    h("span", null, isSandbox ? "Nobody is really phoned or written to, and contacts answer by themselves" : "Calls and messages reach real people"));
}

function settingsForm(close, onConnected) {
  const now = store.get("connection") ?? defaultConnection();
  const errors = new FieldErrors();
  const slot = h("div", { class: "error-slot" });

  function field(name, label, attributes, hint) {
    const id = newId(name);
    const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
    const control = h("input", {
      id, name, autocomplete: "off", spellcheck: "false", ...attributes,
      "aria-describedby": hint ? `${id}-hint ${error.id}` : error.id,
    });
    errors.add(name, control, error);
    control.addEventListener("input", () => errors.clear(name));
    return { control, element: h("div", { class: "field" },
      h("div", { class: "field-head" }, h("label", { for: id }, label)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint), control, error) };
  }

  const baseUrl = field("baseUrl", "Base URL", { type: "url", class: "mono", value: now.baseUrl },
    "The API itself, or a proxy of your own that adds the key. The default is the sandbox.");
  const apiKey = field("apiKey", "API key", { type: "password", class: "mono", value: now.apiKey, autocomplete: "new-password" },
    "Kept in this page’s memory only. Leave it empty behind a proxy of your own.");
  const keep = h("input", { type: "checkbox", name: "keepKey", id: newId("keep"), checked: now.keepKey });
  const authName = newId("auth");
  const auth = h("fieldset", { class: "segments wide" }, h("legend", null, "The key is sent as"),
    [["x-api-key", "x-api-key"], ["bearer", "Authorization: Bearer"]].map(([value, label]) => h("label", { class: "segment" },
      h("input", { type: "radio", name: authName, value, checked: now.auth === value }), h("span", null, label))));
  const organization = field("organizationId", "Organization id", { class: "mono", value: now.organizationId },
    "Filled in for new agents and calls. The sandbox brings its own.");
  const subAccount = field("subAccountId", "Sub-account id", { class: "mono", value: now.subAccountId });
  const save = h("button", { type: "submit", class: "button primary" }, "Connect");

  const form = h("form", { class: "dialog-body", novalidate: true, onsubmit: submit },
    baseUrl.element,
    // Without a user name of its own, password managers take the base URL for one.
    h("input", { type: "text", autocomplete: "username", hidden: true, "aria-hidden": "true" }),
    apiKey.element,
    h("div", { class: "keep" }, keep, h("label", { for: keep.id }, "Keep the key for this tab. Whoever uses this browser can read it until the tab is closed.")),
    auth, organization.element, subAccount.element, slot,
    h("p", { class: "dialog-actions" },
      h("button", { type: "button", class: "button quiet", onclick: useSandbox }, "Use the sandbox"), save));
  return form;

  function useSandbox() {
    const standard = defaultConnection();
    baseUrl.control.value = standard.baseUrl;
    apiKey.control.value = standard.apiKey;
    organization.control.value = "";
    subAccount.control.value = "";
    keep.checked = false;
    form.querySelector(`[name="${authName}"][value="${standard.auth}"]`).checked = true;
    errors.clear();
  }

  function submit(event) {
    event.preventDefault();
    errors.clear();
    slot.replaceChildren();
    const connection = {
      baseUrl: baseUrl.control.value.trim(),
      apiKey: apiKey.control.value,
      keepKey: keep.checked,
      auth: form.querySelector(`[name="${authName}"]:checked`)?.value ?? "x-api-key",
      organizationId: organization.control.value.trim(),
      subAccountId: subAccount.control.value.trim(),
    };
    return whileBusy(save, "Connecting…", async () => {
      try {
        const ready = await withKey(connection);
        await connect(ready);
        saveConnection(connection);
        close();
        announce("Connected");
        await onConnected(ready);
      } catch (error) {
        showError(error, { fields: errors, slot });
      }
    });
  }
}

// Starts an AI call, after asking: it phones a person, and a second request is a second call.

import { fillAgentOptions } from "./agent-state.js";
import { call } from "./client.js";
import { openDialog } from "./dialogs.js";
import { refreshDirectory } from "./directory.js";
import { announce, fill, h, newId, whileBusy } from "./dom.js";
import { FieldErrors, showError } from "./errors.js";
import { words } from "./format.js";
import { store } from "./store.js";

/** Resolves with true when a call was started. */
export async function askToCall({ contactId, name, phone }) {
  let started = false;
  await openDialog(`Call ${name}?`, (close) => {
    const errors = new FieldErrors();
    const slot = h("div", { class: "error-slot" });
    const { isSandbox, organizationId, subAccountId } = store.get("directory") ?? {};
    const agent = store.get("agent");

    const agentSelect = h("select", { name: "agentId" });
    fillAgentOptions(agentSelect, agent?.id);
    const organization = h("input", { class: "mono", name: "organization_id", value: agent?.organization_id ?? organizationId, autocomplete: "off", spellcheck: "false" });
    const subAccount = h("input", { class: "mono", name: "sub_account_id", value: agent?.sub_account_id ?? subAccountId, autocomplete: "off", spellcheck: "false" });
    const field = (fieldName, label, control) => {
      control.id = newId(fieldName);
      const error = h("p", { class: "field-error", id: `${control.id}-error`, hidden: true });
      control.setAttribute("aria-describedby", error.id);
      errors.add(fieldName, control, error);
      return h("div", { class: "field" }, h("div", { class: "field-head" }, h("label", { for: control.id }, label), h("code", { class: "wire-name" }, fieldName === "agentId" ? "agent_id" : fieldName)), control, error);
    };
    const agentField = field("agentId", "Agent", agentSelect);
    const scope = h("details", { class: "scope", open: !organization.value || !subAccount.value },
      h("summary", null, "Organization and sub-account"),
      field("organization_id", "Organization", organization),
      field("sub_account_id", "Sub-account", subAccount));
    const start = h("button", { type: "submit", class: "button primary" }, "Start the call");
    const form = h("form", { class: "dialog-body", novalidate: true, onsubmit: startCall },
      h("p", null, phone ? `The agent phones ${phone} at once.` : "The agent phones the contact’s number at once."),
      h("p", { class: isSandbox ? "hint" : "notice" }, isSandbox
        ? "This is the sandbox: the call is only recorded, nobody’s phone rings."
        : "A real phone rings, and each start is another call."),
      agentField, scope, slot,
      h("p", { class: "dialog-actions" },
        h("button", { type: "button", class: "button quiet", onclick: () => close() }, "Do not call"), start));
    return form;

    function startCall(event) {
      event.preventDefault();
      errors.clear();
      slot.replaceChildren();
      return whileBusy(start, "Calling…", async () => {
        try {
          const answer = await call("makeAiCall", [agentSelect.value, {
            contact_id: contactId,
            organization_id: organization.value.trim(),
            sub_account_id: subAccount.value.trim(),
          }]);
          started = true;
          const text = `${answer.agent_name ?? "The agent"} is calling ${name}: ${words(answer.status)}.`;
          fill(form, h("p", { class: "done", role: "status" }, text),
            h("p", { class: "hint" }, isSandbox ? "The call is now in the list under Calls." : "The API lists no calls. Its webhook brings the call’s id, with which you can fetch the recording."),
            h("p", { class: "dialog-actions" }, h("button", { type: "button", class: "button primary", autofocus: true, onclick: () => close() }, "Done")));
          form.querySelector("button").focus();
          announce(text);
          refreshDirectory();
        } catch (error) {
          if (["organization_id", "sub_account_id"].includes(error?.field)) scope.open = true;
          showError(error, { fields: errors, slot });
        }
      });
    }
  });
  return started;
}

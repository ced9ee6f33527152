// The form for a new agent or a duplicate.

import { GROUPS, NEW_AGENT, OWNER_GROUP, copyOf, createRequest } from "./agent-fields.js";
import { lostAnswer } from "./agent-lost.js";
import { call } from "../client.js";
import { refreshDirectory } from "../directory.js";
import { announce, fill, h, makeButton, whileBusy } from "../elements/dom.js";
import { showError } from "../states/errors.js";
import { buildFields } from "./agent-form.js";
import { store } from "../store.js";
import { agents as TEXTS, common } from "../texts.js";

/** Shows the form, prefilled from the agent `original` if there is one. */
export function showNew(section, { original, signal, onCancel, onCreated }) {
  const { organizationId = "", subAccountId = "" } = store.get("directory") ?? {};
  const form = buildFields([...GROUPS, OWNER_GROUP]);
  form.write({ ...NEW_AGENT, organization_id: organizationId, sub_account_id: subAccountId, ...(original ? copyOf(original) : {}) });
  const untouched = JSON.stringify(form.read());
  const slot = h("div", { class: "error-slot" });
  // The message is long, so it is inside the scrolling part.
  const lost = h("div", { class: "error-slot lost" });
  const button = makeButton(TEXTS.create, null, "primary", { type: "submit" });
  fill(section,
    h("header", { class: "sheet-head" },
      h("h2", { tabindex: "-1" }, TEXTS.newTitle),
      original && h("p", { class: "hint", dir: "auto" }, TEXTS.newFrom(original.name))),
    h("form", { class: "agent-form", novalidate: true, onsubmit: submit },
      h("div", { class: "sheet-body" }, lost, form.element),
      h("footer", { class: "sheet-foot" }, slot, h("div", { class: "foot-row end" },
        makeButton(common.cancel, onCancel, "quiet"), button))));
  form.focusFirst();

  async function submit(event) {
    event.preventDefault();
    const error = await whileBusy(button, TEXTS.creating, create);
    // The label says what another click does.
    if (error?.maybeDelivered) button.textContent = TEXTS.createAgain;
  }

  /** Resolves with the error, if any. */
  async function create() {
    form.errors.clear();
    slot.replaceChildren();
    lost.replaceChildren();
    const request = createRequest(form.read());
    if (!request.name) return form.errors.show({ field: "name", message: TEXTS.nameMissing }) && null;
    const before = listed(request.name);
    try {
      const created = await call("createAgent", [request]);
      announce(TEXTS.created(created.name));
      onCreated(created);
      await refreshDirectory();
      return null;
    } catch (error) {
      if (error?.maybeDelivered) await showLost(request.name, before, error);
      else if (!signal.aborted) showError(error, { fields: form.errors, slot });
      return error;
    }
  }

  async function showLost(name, before, error) {
    await refreshDirectory();
    if (signal.aborted) return announce(TEXTS.lostTitle(name));
    const found = listed(name).find(({ id }) => !before.some((other) => other.id === id));
    lost.replaceChildren(lostAnswer({ name, found, error, onOpen: (id) => store.set({ agentId: id }) }));
    lost.parentElement.scrollTop = 0;
    lost.scrollIntoView({ block: "nearest" });
  }

  return {
    hasChanges: () => JSON.stringify(form.read()) !== untouched,
    focus: form.focusFirst,
  };
}

const listed = (name) => (store.get("directory")?.agents ?? []).filter((agent) => agent.name === name);

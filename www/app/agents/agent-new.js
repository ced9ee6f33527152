// The form for a new agent or a duplicate.

import { GROUPS, NEW_AGENT, OWNER_GROUP, copyOf, createRequest } from "./agent-fields.js";
import { agentDraft } from "./agent-draft.js";
import { lostAnswer } from "./agent-lost.js";
import { call } from "../client.js";
import { refreshDirectory } from "../directory.js";
import { announce, fill, h, makeButton, whileBusy } from "../elements/dom.js";
import { showError } from "../states/errors.js";
import { buildFields } from "./agent-form.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/agents.js";
import * as common from "../texts/common.js";

/** Shows the form, prefilled from the agent `original` if there is one. */
export function showNew(section, { original, signal, onCancel, onCreated }) {
  const { organizationId = "", subAccountId = "" } = store.get("directory") ?? {};
  const draft = agentDraft();
  const begun = original ? null : draft.read();
  const from = original?.name ?? begun?.from;
  // The name of the agent that was requested without a known outcome: a reload must not hide that.
  let sent = begun?.sent;
  const keep = () => draft.keep({ values: form.read(), from, sent });
  const form = buildFields([...GROUPS, OWNER_GROUP], keep);
  form.write({ ...NEW_AGENT, organization_id: organizationId, sub_account_id: subAccountId, ...(original ? copyOf(original) : {}) });
  const untouched = JSON.stringify(form.read());
  if (begun) form.write(begun.values);
  const slot = h("div", { class: "error-slot" });
  // The message is long, so it is inside the scrolling part.
  const lost = h("div", { class: "error-slot lost" });
  const button = makeButton(TEXTS.create, null, "primary", { type: "submit" });
  fill(section,
    h("header", { class: "sheet-head" },
      h("h2", { tabindex: "-1" }, TEXTS.newTitle),
      from && h("p", { class: "hint", dir: "auto" }, TEXTS.newFrom(from))),
    h("form", { class: "agent-form", novalidate: true, onsubmit: submit },
      h("div", { class: "sheet-body" }, lost, form.element),
      h("footer", { class: "sheet-foot" }, slot, h("div", { class: "foot-row end" },
        makeButton(common.cancel, onCancel, "quiet"), button))));
  form.focusFirst();
  if (original) keep();
  if (sent) showLost();
  labelButton();

  async function submit(event) {
    event.preventDefault();
    await whileBusy(button, TEXTS.creating, create);
    labelButton();
  }

  // The label says what another click does.
  function labelButton() {
    button.textContent = sent ? TEXTS.createAgain : TEXTS.create;
  }

  async function create() {
    form.errors.clear();
    slot.replaceChildren();
    lost.replaceChildren();
    const request = createRequest(form.read());
    if (!request.name) return form.errors.show({ field: "name", message: TEXTS.nameMissing });
    const before = listed(request.name);
    sent = request.name;
    keep();
    try {
      const created = await call("createAgent", [request]);
      announce(TEXTS.created(created.name));
      draft.keep(null);
      onCreated(created);
      await refreshDirectory();
    } catch (error) {
      if (error?.maybeDelivered) {
        await refreshDirectory();
        const found = listed(request.name).find(({ id }) => !before.some((other) => other.id === id));
        return signal.aborted ? announce(TEXTS.lostTitle(sent)) : showLost(error, found);
      }
      sent = null;
      if (signal.aborted) return;
      keep();
      showError(error, { fields: form.errors, slot });
    }
  }

  function showLost(error, found) {
    lost.replaceChildren(lostAnswer({ name: sent, found, error, onOpen(id) { draft.keep(null); store.set({ agentId: id }); } }));
    lost.parentElement.scrollTop = 0;
    lost.scrollIntoView({ block: "nearest" });
  }

  return {
    hasChanges: () => JSON.stringify(form.read()) !== untouched,
    focus: form.focusFirst,
    discard: () => draft.keep(null),
  };
}

const listed = (name) => (store.get("directory")?.agents ?? []).filter((agent) => agent.name === name);

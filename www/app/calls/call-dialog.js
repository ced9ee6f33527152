// Starts an AI call after a confirmation: it phones a person, and a second request is a second call.

import { fillAgentOptions } from "../agents/agent-state.js";
import { entitle, showMaybe, showStarted } from "./call-outcome.js";
import { call } from "../client.js";
import { openDialog } from "../elements/dialogs.js";
import { refreshDirectory } from "../directory.js";
import { announce, fill, h, icon, makeButton, newId, whileBusy } from "../elements/dom.js";
import { makeField } from "../elements/field.js";
import { errorBox, FieldErrors, showError } from "../states/errors.js";
import { time, words } from "../elements/format.js";
import { MAYBE, rememberStarted, startedLately } from "./known-calls.js";
import { store } from "../store.js";
import * as texts from "../texts/calls.js";

/** The contacts to whom a call is being started now. */
const starting = new Set();

/** Resolves with true when a call was started, or may have been. */
export async function askToCall(who) {
  let lastCall = null;
  const attempt = (request, agentName) => (lastCall = makeCall(request, agentName, who));
  await openDialog(texts.ask(who.name), (close) => {
    const body = h("div", { class: "dialog-body" });
    showQuestion(body, { who, attempt, close });
    return body;
  });
  const outcome = await lastCall;
  // Closed while the request was in flight: the outcome is announced all the same.
  if (outcome && !outcome.isShown) await tellLate(outcome, who);
  return Boolean(outcome?.answer || outcome?.error?.maybeDelivered);
}

/** Makes the call and remembers it: `{ answer, told }` or `{ error }`. Never throws. */
async function makeCall(request, agentName, { contactId, name }) {
  const { isSandbox, calls = [] } = store.get("directory") ?? {};
  const [agentId] = request;
  const before = { isSandbox, ids: new Set(calls.map(({ call_id }) => call_id)) };
  starting.add(contactId);
  try {
    const answer = await call("makeAiCall", request);
    const caller = answer.agent_name ?? agentName;
    rememberStarted({ contactId, agentId, agentName: caller, status: answer.status });
    refreshDirectory();
    const told = texts.calling(caller ?? texts.theAgent, name, words(answer.status));
    announce(told);
    return { answer, told, before };
  } catch (error) {
    if (error?.maybeDelivered) rememberStarted({ contactId, agentId, agentName, status: MAYBE });
    return { error, before };
  } finally {
    starting.delete(contactId);
  }
}

async function tellLate({ error, before }, who) {
  if (!error) return;
  const title = error.maybeDelivered ? texts.didItStart : texts.notStarted(who.name);
  await openDialog(title, (close) => {
    const body = h("div", { class: "dialog-body" });
    if (error.maybeDelivered) showMaybe(body, { who, error, before, close });
    else fill(body, errorBox(error), h("p", { class: "dialog-actions" },
      makeButton(texts.done, () => close(), "primary", { autofocus: true })));
    return body;
  });
}

/** The confirmation. `attempt(request, agentName)` makes the call. */
function showQuestion(body, { who, attempt, close, fields = createFields() }) {
  const facts = whatHappens(who);
  const slot = h("div", { class: "error-slot" });
  const start = makeButton(texts.start, null, "primary", { type: "submit", "aria-describedby": facts.id });
  const cancel = makeButton(texts.doNot, () => close(), "quiet", { "aria-describedby": facts.id });
  fill(body, h("form", { class: "call-question", novalidate: true, onsubmit: startCall },
    facts, fields.elements, slot, h("p", { class: "dialog-actions" }, cancel, start)));

  function startCall(event) {
    event.preventDefault();
    fields.errors.clear();
    slot.replaceChildren();
    return whileBusy(start, texts.starting, async () => {
      const outcome = await attempt(fields.request(who.contactId), fields.agentName());
      if (!body.closest("dialog")?.open) return;
      outcome.isShown = true;
      const { told, error, before } = outcome;
      if (!error) showStarted(body, { who, told, before, close });
      else if (error.maybeDelivered) {
        showMaybe(body, { who, error, before, close, again() {
          entitle(body, texts.ask(who.name));
          showQuestion(body, { who, attempt, close, fields });
          body.querySelector(".call-facts").focus();
        } });
      } else {
        fields.reveal(error.field);
        showError(error, { fields: fields.errors, slot });
      }
    });
  }
}

/** Whose phone rings, and whether the call is real. It has the initial focus, so that a stray Enter does nothing. */
function whatHappens({ contactId, name, phone }) {
  const lately = startedLately(contactId);
  const { isSandbox } = store.get("directory") ?? {};
  const host = new URL(store.get("connection").baseUrl, document.baseURI).host;
  const id = newId("call-facts");
  return h("div", { class: "call-facts", id, role: "group", "aria-labelledby": id, tabindex: "-1", autofocus: true },
    h("div", { class: "rings" },
      h("span", { class: "rings-icon", "aria-hidden": "true" }, icon("phone")),
      h("div", null,
        h("p", { class: "hint" }, texts.rings),
        h("p", { class: "rings-who", dir: "auto" }, name),
        phone ? h("p", { class: "rings-number" }, h("bdi", { dir: "ltr" }, phone)) : h("p", { class: "hint" }, texts.noNumber))),
    h("p", { class: isSandbox ? "notice calm" : "notice" },
      h("strong", null, isSandbox ? texts.sandboxTitle : texts.realTitle), " ", isSandbox ? texts.sandbox : texts.real(host)),
    (lately || starting.has(contactId)) && h("p", { class: "notice" }, starting.has(contactId) ? texts.startingNow(name) : texts.startedLately(name, time(lately))));
}

/** Which agent calls, and for which organization. */
function createFields() {
  const errors = new FieldErrors();
  const { agents = [], organizationId, subAccountId } = store.get("directory") ?? {};
  const chosen = store.get("agent");
  const plain = { class: "mono", autocomplete: "off", spellcheck: "false" };
  // Without known agents there is nothing to choose from.
  const agent = agents.some(({ archived_at }) => !archived_at) ? h("select", { name: "agentId" }) : h("input", { ...plain, name: "agentId", value: chosen?.id });
  if (agent.tagName === "SELECT") fillAgentOptions(agent, chosen?.id);
  const organization = h("input", { ...plain, name: "organization_id", value: chosen?.organization_id ?? organizationId });
  const subAccount = h("input", { ...plain, name: "sub_account_id", value: chosen?.sub_account_id ?? subAccountId });
  const field = (label, control) => makeField(errors, control, { label, wire: control.name });
  const scope = h("details", { class: "scope", open: !organization.value || !subAccount.value },
    h("summary", null, texts.scope),
    field(texts.organization, organization), field(texts.subAccount, subAccount));
  return {
    errors,
    elements: [makeField(errors, agent, { label: agent.tagName === "SELECT" ? texts.agent : texts.agentId, wire: "agent_id" }), scope],
    reveal(name) { if (scope.querySelector(`[name="${CSS.escape(name ?? "")}"]`)) scope.open = true; },
    agentName: () => agents.find(({ id }) => id === agent.value.trim())?.name,
    request: (contactId) => [agent.value.trim(), {
      contact_id: contactId,
      organization_id: organization.value.trim(),
      sub_account_id: subAccount.value.trim(),
    }],
  };
}

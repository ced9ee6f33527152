// One agent: read, create, edit, archive.

import { GROUPS, NEW_AGENT, OWNER_GROUP, changedFields, createRequest, updatePatch } from "./agent-fields.js";
import { stateBadge } from "./agent-state.js";
import { call } from "./client.js";
import { confirm } from "./dialogs.js";
import { refreshDirectory, remember } from "./directory.js";
import { announce, copyButton, fill, h, whileBusy } from "./dom.js";
import { errorBox, showError } from "./errors.js";
import { buildFields } from "./form.js";
import { day } from "./format.js";
import { showReading } from "./reading.js";
import { archivedNotice, noAgent } from "./states.js";
import { store } from "./store.js";

export function createAgentPanel(section) {
  let reading = new AbortController();
  let form = null;
  let agent = null;
  let lastId = null;

  store.on(["agentId", "connection"], open);

  function open() {
    reading.abort();
    form = null;
    agent = null;
    const id = store.get("agentId");
    store.set({ agent: null });
    if (id !== "new") lastId = id;
    if (id === null) showEmpty();
    else if (id === "new") showNew();
    else read(id);
  }

  function showEmpty() {
    section.removeAttribute("aria-busy");
    fill(section, noAgent());
  }

  async function read(id) {
    reading = new AbortController();
    const { signal } = reading;
    showReading(section, "Reading the agent", 6, reading, open);
    try {
      const answer = await call("getAgent", [id], { signal });
      if (!signal.aborted) show({ ...answer, archived_at: answer.archived_at ?? known(id)?.archived_at });
    } catch (error) {
      if (signal.aborted) return;
      fill(section, h("div", { class: "sheet-body" }, errorBox(error, { retry: () => read(id) })));
    } finally {
      if (!signal.aborted) section.removeAttribute("aria-busy");
    }
  }

  const known = (id) => store.get("directory")?.agents.find((other) => other.id === id);

  function showNew() {
    section.removeAttribute("aria-busy");
    const { organizationId = "", subAccountId = "" } = store.get("directory") ?? {};
    form = buildFields([...GROUPS, OWNER_GROUP]);
    form.write({ ...NEW_AGENT, organization_id: organizationId, sub_account_id: subAccountId });
    const slot = h("div", { class: "error-slot" });
    const cancel = h("button", { type: "button", class: "button quiet", onclick: () => store.set({ agentId: lastId }) }, "Cancel");
    const button = h("button", { type: "submit", class: "button primary" }, "Create agent");
    fill(section,
      h("header", { class: "sheet-head" }, h("h2", null, "New agent")),
      h("form", { class: "agent-form", novalidate: true, onsubmit: create },
        h("div", { class: "sheet-body" }, form.element),
        h("footer", { class: "sheet-foot" }, slot, h("div", { class: "foot-row end" }, cancel, button))));
    form.focusFirst();

    function create(event) {
      event.preventDefault();
      form.errors.clear();
      slot.replaceChildren();
      return whileBusy(button, "Creating…", async () => {
        try {
          const created = await call("createAgent", [createRequest(form.read())]);
          form = null;
          announce(`Agent ${created.name} created`);
          remember("agents", entry(created));
          store.set({ agentId: created.id });
          await refreshDirectory();
        } catch (error) {
          showError(error, { fields: form?.errors, slot });
        }
      });
    }
  }

  function show(answer, outcome = "") {
    agent = answer;
    store.set({ agent });
    remember("agents", entry(agent));
    const archived = Boolean(agent.archived_at);
    form = buildFields(GROUPS, sync);
    form.write(agent);
    const slot = h("div", { class: "error-slot" });
    const status = h("p", { class: "outcome", role: "status" }, outcome);
    const save = h("button", { type: "submit", class: "button primary" }, "Save");
    const discard = h("button", { type: "button", class: "button quiet", onclick: () => { form.write(agent); sync(); form.focusFirst(); } }, "Discard");
    const archive = h("button", { type: "button", class: "button danger-quiet", onclick: askArchive }, "Archive…");
    const fields = h("fieldset", { class: "all-fields", disabled: archived }, form.element);
    fill(section,
      h("header", { class: "sheet-head" },
        h("div", { class: "title-row" }, h("h2", { tabindex: "-1" }, agent.name), stateBadge(agent)),
        h("p", { class: "id-row" }, h("code", null, agent.id), copyButton(agent.id, "agent id")),
        dates(agent)),
      h("form", { class: "agent-form", novalidate: true, onsubmit: submit },
        h("div", { class: "sheet-body" },
          archived && archivedNotice(day(agent.archived_at)),
          fields),
        !archived && h("footer", { class: "sheet-foot" }, slot, h("div", { class: "foot-row" }, archive, status, discard, save))));
    sync();

    function sync() {
      const changed = changedFields(agent, form.read());
      form.mark(changed);
      discard.hidden = changed.length === 0;
      save.disabled = changed.length === 0;
      save.textContent = changed.length === 0 ? "Save" : changed.length === 1 ? "Save 1 change" : `Save ${changed.length} changes`;
      if (changed.length > 0) status.textContent = "";
    }

    function submit(event) {
      event.preventDefault();
      if (save.disabled) return;
      form.errors.clear();
      slot.replaceChildren();
      const mine = agent;
      return whileBusy(save, "Saving…", async () => {
        try {
          const patch = updatePatch(agent, form.read());
          const updated = await call("updateAgent", [agent.id, patch]);
          if (agent !== mine) return;
          // Not every answer has to bring the whole agent.
          const reached = section.querySelector(".sheet-body").scrollTop;
          show({ ...mine, ...patch, ...updated }, "Saved");
          section.querySelector("h2").focus({ preventScroll: true });
          section.querySelector(".sheet-body").scrollTop = reached;
        } catch (error) {
          if (agent === mine) showError(error, { fields: form.errors, slot });
        }
      }).finally(() => { if (agent === mine) sync(); });
    }

    async function askArchive() {
      const sure = await confirm({
        title: `Archive ${agent.name}?`,
        text: ["It stops taking calls and writing messages.", "The API has no way to restore an archived agent."],
        yes: "Archive agent", no: "Keep agent", danger: true,
      });
      if (!sure) return;
      slot.replaceChildren();
      const mine = agent;
      await whileBusy(archive, "Archiving…", async () => {
        try {
          const { archived_at } = await call("archiveAgent", [mine.id]);
          remember("agents", { ...entry(mine), archived_at });
          if (agent !== mine) return;
          show({ ...mine, archived_at });
          announce(`Agent ${mine.name} archived`);
          section.querySelector("h2").focus();
        } catch (error) {
          if (agent === mine) showError(error, { slot });
        }
      });
      await refreshDirectory();
    }
  }

  return {
    /** Whether something was changed and not saved. */
    hasChanges: () => Boolean(form) && (agent ? changedFields(agent, form.read()).length > 0 : form.read().name !== ""),
    reload: open,
  };
}

const entry = ({ id, name, is_active, archived_at }) => ({ id, name, is_active, ...(archived_at ? { archived_at } : {}) });

function dates({ created_at, updated_at }) {
  const parts = [created_at && `Created ${day(created_at)}`, updated_at && `changed ${day(updated_at)}`].filter(Boolean);
  return parts.length > 0 && h("p", { class: "dates" }, parts.join(", "));
}

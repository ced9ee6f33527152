// An agent that works or is paused: change it, pause it, copy it, archive it.

import { EDIT_GROUPS, rebased } from "./agent-fields.js";
import { createFoot } from "./agent-foot.js";
import { agentHead } from "./agent-head.js";
import { call } from "./client.js";
import { confirm } from "./dialogs.js";
import { refreshDirectory } from "./directory.js";
import { announce, fill, h, whileBusy } from "./dom.js";
import { showError } from "./errors.js";
import { buildFields } from "./form.js";
import { agents as TEXTS } from "./texts.js";

/** Shows `first`. `onChanged(agent)` and `onArchived(agent)` run with what the API answered. */
export function showAgent(section, first, { signal, onDuplicate, onChanged, onArchived }) {
  let agent = first;
  const form = buildFields(EDIT_GROUPS, () => foot.sync());
  const head = h("div", { class: "agent-head" });
  const pausedNote = h("p", { class: "notice" }, TEXTS.pausedNote);
  const slot = h("div", { class: "error-slot" });
  const pause = h("button", { type: "button", class: "button small", onclick: togglePause });
  const archive = h("button", { type: "button", class: "button danger-quiet small", onclick: askArchive }, TEXTS.archive);
  const foot = createFoot({ agent: () => agent, form, send, discard: () => form.write(agent) });
  fill(section,
    h("header", { class: "sheet-head" }, head, h("div", { class: "agent-actions" }, pause,
      h("button", { type: "button", class: "button small", onclick: () => onDuplicate(agent) }, TEXTS.duplicate), archive)),
    h("form", { class: "agent-form", novalidate: true, onsubmit: foot.submit },
      h("div", { class: "sheet-body" }, pausedNote, form.element),
      h("footer", { class: "sheet-foot" }, slot, foot.element)));
  form.write(agent);
  render();

  function render() {
    fill(head, agentHead(agent));
    pause.textContent = agent.is_active === false ? TEXTS.resume : TEXTS.pause;
    pausedNote.hidden = agent.is_active !== false;
    foot.sync();
  }

  /** Sends `patch`; what else is changed in the form stays there. Rejects with the error. */
  async function update(patch) {
    slot.replaceChildren();
    const answer = await call("updateAgent", [agent.id, patch]);
    const sent = { ...agent, ...patch };
    // Not every answer has to bring the whole agent.
    agent = { ...sent, ...answer };
    onChanged(agent);
    if (!signal.aborted) form.write(rebased(sent, agent, form.read()));
  }

  async function togglePause() {
    const resume = agent.is_active === false;
    await whileBusy(pause, resume ? TEXTS.resuming : TEXTS.pausing, async () => {
      try {
        await update({ is_active: resume });
        announce((resume ? TEXTS.resumed : TEXTS.paused)(agent.name));
      } catch (error) {
        if (!signal.aborted) showError(error, { slot });
      }
    });
    if (!signal.aborted) render();
  }

  async function send(patch) {
    form.errors.clear();
    try {
      await update(patch);
      if (signal.aborted) return;
      foot.done();
      render();
      head.querySelector("h2").focus({ preventScroll: true });
    } catch (error) {
      if (signal.aborted) return;
      if (error?.field in patch) foot.back();
      showError(error, { fields: form.errors, slot });
    }
  }

  async function askArchive() {
    const sure = await confirm({
      title: TEXTS.archiveTitle(agent.name),
      text: [TEXTS.archiveText, TEXTS.archiveFinal, TEXTS.archivePause, foot.count() > 0 && TEXTS.archiveUnsaved].filter(Boolean),
      yes: TEXTS.archiveYes, no: TEXTS.archiveNo, danger: true,
    });
    if (!sure) return;
    slot.replaceChildren();
    await whileBusy(archive, TEXTS.archiving, async () => {
      try {
        const { archived_at } = await call("archiveAgent", [agent.id]);
        agent = { ...agent, archived_at };
        announce(TEXTS.archived(agent.name));
        if (signal.aborted) return onChanged(agent);
        onArchived(agent);
        section.querySelector("h2").focus();
      } catch (error) {
        if (!signal.aborted) showError(error, { slot });
      }
    });
    await refreshDirectory();
  }

  return { hasChanges: () => foot.count() > 0, focus: form.focusFirst };
}

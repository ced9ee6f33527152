// An agent that works or is paused: change it, pause it, copy it, archive it.

import { EDIT_GROUPS, rebased } from "./agent-fields.js";
import { AgentFoot } from "./agent-foot.js";
import { agentHead } from "./agent-head.js";
import { call } from "../client.js";
import { confirm } from "../elements/dialogs.js";
import { refreshDirectory } from "../directory.js";
import { announce, fill, h, makeButton, whileBusy } from "../elements/dom.js";
import { showError } from "../states/errors.js";
import { buildFields } from "./agent-form.js";
import { agents as TEXTS } from "../texts.js";

/** Shows `agent`. `onChanged(agent)` and `onArchived(agent)` run with what the API answered. */
export function showAgent(section, agent, options) {
  const edit = new AgentEdit(section, agent, options);
  return { hasChanges: () => edit.hasChanges(), focus: () => edit.form.focusFirst() };
}

class AgentEdit {
  form = buildFields(EDIT_GROUPS, () => this.#foot.sync());
  #foot = new AgentFoot({ agent: () => this.#agent, form: this.form, send: (patch) => this.#send(patch) });
  #head = h("div", { class: "agent-head" });
  #pausedNote = h("p", { class: "notice" }, TEXTS.pausedNote);
  #slot = h("div", { class: "error-slot" });
  #pause = makeButton(null, () => this.#togglePause(), "small");
  #archive = makeButton(TEXTS.archive, () => this.#askArchive(), "danger-quiet small");
  #section; #agent; #options;

  constructor(section, agent, options) {
    this.#section = section;
    this.#agent = agent;
    this.#options = options;
    fill(section,
      h("header", { class: "sheet-head" }, this.#head, h("div", { class: "agent-actions" }, this.#pause,
        makeButton(TEXTS.duplicate, () => options.onDuplicate(this.#agent), "small"),
        this.#archive)),
      h("form", { class: "agent-form", novalidate: true, onsubmit: (event) => this.#foot.submit(event) },
        h("div", { class: "sheet-body" }, this.#pausedNote, this.form.element),
        h("footer", { class: "sheet-foot" }, this.#slot, this.#foot.element)));
    this.form.write(agent);
    this.#render();
  }

  hasChanges = () => this.#foot.changed.length > 0;

  /** Another one is shown by now. */
  get #isGone() {
    return this.#options.signal.aborted;
  }

  #render() {
    const isPaused = this.#agent.is_active === false;
    fill(this.#head, agentHead(this.#agent));
    this.#pause.textContent = isPaused ? TEXTS.resume : TEXTS.pause;
    this.#pausedNote.hidden = !isPaused;
    this.#foot.sync();
  }

  /** Sends `patch`; what else is changed in the form stays there. Rejects with the error. */
  async #update(patch) {
    this.#slot.replaceChildren();
    const answer = await call("updateAgent", [this.#agent.id, patch]);
    const sent = { ...this.#agent, ...patch };
    // Not every answer has to bring the whole agent.
    this.#agent = { ...sent, ...answer };
    this.#options.onChanged(this.#agent);
    if (!this.#isGone) this.form.write(rebased(sent, this.#agent, this.form.read()));
  }

  async #togglePause() {
    const resume = this.#agent.is_active === false;
    await whileBusy(this.#pause, resume ? TEXTS.resuming : TEXTS.pausing, async () => {
      try {
        await this.#update({ is_active: resume });
        announce((resume ? TEXTS.resumed : TEXTS.paused)(this.#agent.name));
      } catch (error) {
        if (!this.#isGone) showError(error, { slot: this.#slot });
      }
    });
    if (!this.#isGone) this.#render();
  }

  async #send(patch) {
    this.form.errors.clear();
    try {
      await this.#update(patch);
      if (this.#isGone) return;
      this.#foot.done();
      this.#render();
      this.#head.querySelector("h2").focus({ preventScroll: true });
    } catch (error) {
      if (this.#isGone) return;
      if (error?.field in patch) this.#foot.close();
      showError(error, { fields: this.form.errors, slot: this.#slot });
    }
  }

  async #askArchive() {
    const sure = await confirm({
      title: TEXTS.archiveTitle(this.#agent.name),
      text: [TEXTS.archiveText, TEXTS.archiveFinal, TEXTS.archivePause, ...(this.hasChanges() ? [TEXTS.archiveUnsaved] : [])],
      yes: TEXTS.archiveYes, no: TEXTS.archiveNo, danger: true,
    });
    if (!sure) return;
    this.#slot.replaceChildren();
    await whileBusy(this.#archive, TEXTS.archiving, () => this.#putAway());
    await refreshDirectory();
  }

  async #putAway() {
    try {
      const { archived_at } = await call("archiveAgent", [this.#agent.id]);
      const agent = { ...this.#agent, archived_at };
      announce(TEXTS.archived(agent.name));
      if (this.#isGone) return this.#options.onChanged(agent);
      this.#options.onArchived(agent);
      this.#section.querySelector("h2").focus();
    } catch (error) {
      if (!this.#isGone) showError(error, { slot: this.#slot });
    }
  }
}

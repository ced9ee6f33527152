// A live or paused agent: edit, pause, duplicate, archive.

import { EDIT_GROUPS, differing, rebased } from "./agent-fields.js";
import { AgentFoot } from "./agent-foot.js";
import { agentHead } from "./agent-head.js";
import { call } from "../client.js";
import { confirm } from "../elements/dialogs.js";
import { refreshDirectory } from "../directory.js";
import { announce, fill, h, iconButton, makeButton, whileBusy } from "../elements/dom.js";
import { showError } from "../states/errors.js";
import { buildFields } from "./agent-form.js";
import * as TEXTS from "../texts/agents.js";
import * as common from "../texts/common.js";

/** The API's answers for an agent that is archived or deleted. */
const MAY_BE_ARCHIVED = ["bad_request", "not_found"];

/**
 * Shows `agent`. `onChanged(agent)` and `onArchived(agent, unsaved)` run with the API's answer, the
 * latter with the unsaved changes.
 */
export function showAgent(section, agent, options) {
  const edit = new AgentEdit(section, agent, options);
  return {
    hasChanges: () => edit.hasChanges(),
    focus: () => edit.form.focusFirst(),
    lookAgain: () => edit.lookAgain(),
  };
}

class AgentEdit {
  form = buildFields(EDIT_GROUPS, () => this.#foot.sync());
  #foot = new AgentFoot({ agent: () => this.#agent, form: this.form, check: () => this.#check(), send: (patch) => this.#send(patch) });
  #head = h("div", { class: "agent-head" });
  #pausedNote = h("p", { class: "notice" }, TEXTS.pausedNote);
  #elsewhereText = h("span", { dir: "auto" });
  #elsewhere = h("p", { class: "notice", role: "status", hidden: true }, this.#elsewhereText,
    iconButton("close", common.close, () => this.#hideElsewhere()));
  #slot = h("div", { class: "error-slot" });
  /** Counts requests, so that an earlier answer does not replace a later one. */
  #updates = 0;
  #isReplaced = false;
  #changedElsewhere = new Set();
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
        h("footer", { class: "sheet-foot" }, this.#elsewhere, this.#slot, this.#foot.element)));
    this.form.write(agent);
    this.#render();
  }

  hasChanges = () => this.#foot.changed.length > 0;

  /** Another agent is shown now. */
  get #isGone() {
    return this.#isReplaced || this.#options.signal.aborted;
  }

  #render() {
    const isPaused = this.#agent.is_active === false;
    fill(this.#head, agentHead(this.#agent));
    this.#pause.textContent = isPaused ? TEXTS.resume : TEXTS.pause;
    this.#pausedNote.hidden = !isPaused;
    this.#foot.sync();
  }

  /** Sends `patch`; other changes stay in the form. Rejects with the error. */
  async #update(patch) {
    this.#slot.replaceChildren();
    this.#updates += 1;
    const answer = await call("updateAgent", [this.#agent.id, patch]);
    const sent = { ...this.#agent, ...patch };
    // An answer may have only some of the agent's fields.
    this.#agent = { ...sent, ...answer };
    this.#options.onChanged(this.#agent);
    if (!this.#isGone) this.form.write(rebased(sent, this.#agent, this.form.read()));
  }

  /**
   * Reads the agent again and merges changes made elsewhere; edits made here stay. Resolves with
   * whether the agent is unchanged. Rejects if it could not be read.
   */
  async #readAgain(how) {
    const updates = this.#updates;
    const answer = await call("getAgent", [this.#agent.id], { signal: this.#options.signal }, how);
    if (this.#isGone || updates !== this.#updates) return false;
    if (answer.archived_at) {
      this.#leaveArchived({ ...this.#agent, ...answer });
      return false;
    }
    const before = this.#agent;
    const names = differing(before, answer);
    this.#agent = answer;
    this.#options.onChanged(answer);
    if (names.length === 0) return true;
    this.form.write(rebased(before, answer, this.form.read()));
    this.#showElsewhere(names);
    this.#render();
    return false;
  }

  /** Names the fields that were changed elsewhere since the agent was opened or saved. */
  #showElsewhere(names) {
    for (const name of names) this.#changedElsewhere.add(name);
    const list = (some) => some.map((name) => TEXTS.fields[name]).join(", ");
    const all = [...this.#changedElsewhere];
    const both = all.filter((name) => this.#foot.changed.includes(name));
    this.#elsewhereText.textContent = [TEXTS.elsewhere(list(all)), both.length > 0 && TEXTS.elsewhereToo(list(both))].filter(Boolean).join(" ");
    this.#elsewhere.hidden = false;
  }

  #hideElsewhere() {
    this.#changedElsewhere.clear();
    this.#elsewhere.hidden = true;
  }

  #leaveArchived(agent) {
    const unsaved = this.hasChanges() ? this.form.read() : null;
    this.#isReplaced = true;
    announce(TEXTS.archivedElsewhere(agent.name));
    this.#options.onArchived(agent, unsaved);
  }

  /** A person returned to the page: the agent may have changed meanwhile. */
  async lookAgain() {
    // The request in flight answers with the newest version.
    if (this.#isGone || this.#section.querySelector("button[aria-disabled]")) return;
    await this.#readAgain({ background: true }).catch(() => {});
  }

  /** Runs before the review is shown; resolves with whether it can be. */
  async #check() {
    this.#slot.replaceChildren();
    try {
      await this.#readAgain();
      return !this.#isGone && this.hasChanges();
    } catch (error) {
      if (!this.#isGone) showError(error, { slot: this.#slot });
      return false;
    }
  }

  /** Shows `error`, or that the agent is archived if that is the cause. */
  async #showTrouble(error, fields) {
    if (MAY_BE_ARCHIVED.includes(error?.code)) await this.#readAgain().catch(() => {});
    if (!this.#isGone) showError(error, { fields, slot: this.#slot });
  }

  async #togglePause() {
    const resume = this.#agent.is_active === false;
    await whileBusy(this.#pause, resume ? TEXTS.resuming : TEXTS.pausing, async () => {
      try {
        await this.#update({ is_active: resume });
        announce((resume ? TEXTS.resumed : TEXTS.paused)(this.#agent.name));
      } catch (error) {
        await this.#showTrouble(error);
      }
    });
    if (!this.#isGone) this.#render();
  }

  async #send(patch) {
    this.form.errors.clear();
    this.#slot.replaceChildren();
    try {
      // The review is outdated: show it again.
      if (!(await this.#readAgain())) return;
      await this.#update(patch);
      if (this.#isGone) return;
      this.#hideElsewhere();
      this.#foot.done();
      this.#render();
      this.#head.querySelector("h2").focus({ preventScroll: true });
    } catch (error) {
      if (this.#isGone) return;
      if (error?.field in patch) this.#foot.close();
      await this.#showTrouble(error, this.form.errors);
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
      this.#isReplaced = true;
      this.#options.onArchived(agent);
      this.#section.querySelector("h2").focus();
    } catch (error) {
      if (!this.#isGone) showError(error, { slot: this.#slot });
    }
  }
}

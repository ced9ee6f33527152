// The footer of an agent's form: what was changed, the review of what will be sent, and sending it.

import { changedFields, updatePatch } from "./agent-fields.js";
import { createReview } from "./agent-review.js";
import { fill, h, makeButton, whileBusy } from "../elements/dom.js";
import * as TEXTS from "../texts/agents.js";

/**
 * "Save", then the review, then "Send". The review follows the form, so that editing can continue
 * while it is open. `agent()` is the API's last answer, `check()` reads the agent again and resolves
 * with whether to continue, `send(patch)` sends.
 */
export class AgentFoot {
  #agent; #form; #check; #send;
  #reviewing = false;
  #review = createReview();
  #status = h("p", { class: "outcome", role: "status" });
  #save = makeButton(null, null, "primary", { type: "submit" });
  #discard = makeButton(TEXTS.discard, () => this.#startAgain(), "quiet");
  #sendButton = h("button", {
    type: "button", class: "button primary", "aria-describedby": this.#review.listId, onclick: (event) => this.#onSend(event),
    // A key that is held down must not trigger both steps.
    onkeydown: (event) => { if (event.repeat) event.preventDefault(); },
  });
  #first = h("div", { class: "foot-row" }, this.#status, this.#discard, this.#save);
  #second = h("div", { class: "foot-row end" },
    makeButton(TEXTS.back, () => this.#goBack(), "quiet"), this.#sendButton);
  element = h("div", { class: "agent-foot", onkeydown: (event) => this.#onKey(event) }, this.#review.element, this.#first, this.#second);

  constructor({ agent, form, check, send }) {
    this.#agent = agent;
    this.#form = form;
    this.#check = check;
    this.#send = send;
  }

  /** The names of the edited fields. */
  get changed() {
    return changedFields(this.#agent(), this.#form.read());
  }

  /** Shows the form's current values. */
  sync() {
    const { changed } = this;
    if (changed.length === 0) this.#reviewing = false;
    this.#form.mark(changed);
    this.#discard.hidden = changed.length === 0;
    this.#save.disabled = changed.length === 0;
    this.#save.textContent = TEXTS.save(changed.length);
    if (changed.length > 0) this.#status.textContent = "";
    this.#review.element.hidden = this.#second.hidden = !this.#reviewing;
    this.#first.hidden = this.#reviewing;
    if (this.#reviewing) this.#showReview(changed);
  }

  #showReview(changed) {
    this.#review.render(this.#agent(), this.#patch(), changed);
    if (!this.#sendButton.hasAttribute("aria-disabled")) this.#sendButton.textContent = TEXTS.send(changed.length);
  }

  #patch = () => updatePatch(this.#agent(), this.#form.read());

  /** The form's submit: opens the review, with the agent's current version. */
  async submit(event) {
    event.preventDefault();
    if (this.#save.disabled || this.#reviewing) return;
    const goesOn = await whileBusy(this.#save, TEXTS.checking, this.#check);
    if (goesOn === undefined) return;
    this.#reviewing = goesOn;
    this.sync();
    if (goesOn) this.#sendButton.focus();
  }

  /** Closes the review. */
  close() {
    this.#reviewing = false;
    this.sync();
  }

  /** Closes the review after sending. */
  done() {
    this.close();
    this.#status.textContent = TEXTS.saved;
  }

  #goBack() {
    this.close();
    this.#save.focus();
  }

  #startAgain() {
    const values = this.#form.read();
    this.#form.write(this.#agent());
    this.sync();
    fill(this.#status, TEXTS.discarded, " ", makeButton(TEXTS.undo, () => this.#undo(values), "quiet small"));
    this.#form.focusFirst();
  }

  #undo(values) {
    this.#form.write(values);
    this.sync();
    this.#form.focusFirst();
  }

  #onKey(event) {
    if (event.key === "Escape" && this.#reviewing) this.#goBack();
  }

  async #onSend(event) {
    // The second click of a double click on "Save" lands here.
    if (event.detail > 1) return;
    await whileBusy(this.#sendButton, TEXTS.sending, () => this.#send(this.#patch()));
    this.sync();
  }
}

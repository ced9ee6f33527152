// The foot of an agent's form: what was changed, what will be sent, and sending it.

import { changedFields, updatePatch } from "./agent-fields.js";
import { createReview } from "./agent-review.js";
import { h, whileBusy } from "./dom.js";
import { agents as TEXTS } from "./texts.js";

/**
 * The form's foot: "Save", then what will be sent, then "Send". It follows the form, so that one can
 * go on editing while it is open.
 */
export function createFoot({ agent, form, send, discard }) {
  const review = createReview();
  let reviewing = false;
  const status = h("p", { class: "outcome", role: "status" });
  const save = h("button", { type: "submit", class: "button primary" });
  const discardButton = h("button", { type: "button", class: "button quiet", onclick: () => { discard(); sync(); form.focusFirst(); } }, TEXTS.discard);
  const sendButton = h("button", {
    type: "button", class: "button primary", "aria-describedby": review.listId, onclick: onSend,
    // A key that is held down should not go through both steps.
    onkeydown: (event) => { if (event.repeat) event.preventDefault(); },
  });
  const first = h("div", { class: "foot-row" }, status, discardButton, save);
  const second = h("div", { class: "foot-row end" },
    h("button", { type: "button", class: "button quiet", onclick: () => { back(); save.focus(); } }, TEXTS.back), sendButton);
  const element = h("div", { class: "agent-foot", onkeydown: onKey }, review.element, first, second);

  const changed = () => changedFields(agent(), form.read());
  function sync() {
    const names = changed();
    if (names.length === 0) reviewing = false;
    form.mark(names);
    discardButton.hidden = names.length === 0;
    save.disabled = names.length === 0;
    save.textContent = TEXTS.save(names.length);
    if (names.length > 0) status.textContent = "";
    review.element.hidden = second.hidden = !reviewing;
    first.hidden = reviewing;
    if (!reviewing) return;
    review.render(agent(), updatePatch(agent(), form.read()), names);
    if (!sendButton.hasAttribute("aria-disabled")) sendButton.textContent = TEXTS.send(names.length);
  }
  function submit(event) {
    event.preventDefault();
    if (save.disabled) return;
    reviewing = true;
    sync();
    sendButton.focus();
  }
  function back() {
    reviewing = false;
    sync();
  }
  function onKey(event) {
    if (event.key !== "Escape" || !reviewing) return;
    back();
    save.focus();
  }
  async function onSend(event) {
    // The second click of a double click on "Save" lands here.
    if (event.detail > 1) return;
    await whileBusy(sendButton, TEXTS.sending, () => send(updatePatch(agent(), form.read())));
    sync();
  }
  return {
    element, sync, submit, back,
    count: () => changed().length,
    done() {
      back();
      status.textContent = TEXTS.saved;
    },
  };
}

// Modal dialogs with the native <dialog>, which keeps the focus inside and restores it.

import { h, iconButton, makeButton, newId } from "./dom.js";
import * as common from "../texts/common.js";

/** Opens a dialog. `build(close)` returns its content; resolves with the argument of `close`. */
export function openDialog(title, build, { className = "" } = {}) {
  return new Promise((resolve) => {
    const titleId = newId("dialog");
    let result;
    const dialog = h("dialog", { class: `dialog ${className}`, "aria-labelledby": titleId });
    const close = (value) => { result = value; dialog.close(); };
    dialog.append(
      h("header", { class: "dialog-head" },
        h("h2", { id: titleId, dir: "auto" }, title),
        iconButton("close", common.close, () => close())),
      build(close),
      h("p", { class: "visually-hidden announcer", role: "status" }),
    );
    dialog.addEventListener("close", () => { dialog.remove(); resolve(result); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks for confirmation before something that cannot be undone; resolves with true or false. */
export async function confirm({ title, text, yes, no = common.cancel, danger = false }) {
  const answer = await openDialog(title, (close) => h("div", { class: "dialog-body" },
    [text].flat().map((line) => h("p", { dir: "auto" }, line)),
    h("p", { class: "dialog-actions" },
      makeButton(no, () => close(false), "quiet", { autofocus: true }),
      makeButton(yes, () => close(true), danger ? "danger" : "primary"))));
  return answer === true;
}

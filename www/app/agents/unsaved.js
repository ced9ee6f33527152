// Whether the open agent has unsaved changes, and the confirmation before they are lost.

import { confirm } from "../elements/dialogs.js";
import * as TEXTS from "../texts/agents.js";

let hasChanges = () => false;

let discard = () => {};

/** `panel` has `hasChanges()` and `discard()`. */
export function watchUnsaved(panel) { ({ hasChanges, discard } = panel); }

export const hasUnsaved = () => hasChanges();

/** Asks before unsaved changes are lost; resolves with whether to continue. */
export async function askToLeave() {
  const goesOn = !hasChanges() || await confirm({
    title: TEXTS.leaveTitle, text: TEXTS.leaveText, yes: TEXTS.leaveYes, no: TEXTS.leaveNo, danger: true,
  });
  if (goesOn) discard();
  return goesOn;
}

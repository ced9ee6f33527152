// Whether the open agent has unsaved changes, and the confirmation before they are lost.

import { confirm } from "../elements/dialogs.js";
import { agents as TEXTS } from "../texts.js";

let hasChanges = () => false;

/** `check()` returns whether there are unsaved changes. */
export function watchUnsaved(check) { hasChanges = check; }

export const hasUnsaved = () => hasChanges();

/** Asks before unsaved changes are lost; resolves with whether to continue. */
export const askToLeave = async () => !hasChanges() || confirm({
  title: TEXTS.leaveTitle, text: TEXTS.leaveText, yes: TEXTS.leaveYes, no: TEXTS.leaveNo, danger: true,
});

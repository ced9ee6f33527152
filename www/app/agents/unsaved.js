// Whether the open agent was changed and not saved, and the question before that is lost.

import { confirm } from "../elements/dialogs.js";
import { agents as TEXTS } from "../texts.js";

let hasChanges = () => false;

/** `check()` says whether something is not saved. */
export function watchUnsaved(check) { hasChanges = check; }

export const hasUnsaved = () => hasChanges();

/** Asks before unsaved changes are lost; resolves with whether to go on. */
export const askToLeave = async () => !hasChanges() || confirm({
  title: TEXTS.leaveTitle, text: TEXTS.leaveText, yes: TEXTS.leaveYes, no: TEXTS.leaveNo, danger: true,
});

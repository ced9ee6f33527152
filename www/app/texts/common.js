// Texts that several parts of the page use.

export const cancel = "Cancel";
export const close = "Close";
export const tryAgain = "Try again";
export const open = "Open";
export const pasteId = "Paste an id";
export const wireName = "The field’s name in the API";
export const loading = "Loading…";
export const looking = "Checking…";
export const lookAgain = "Check again";
export const openSettings = "Open settings";
export const today = "Today";
export const yesterday = "Yesterday";
export const copy = (what) => `Copy ${what}`;
export const copied = (what) => `${what} copied`;
/** Why the outcome of a request is unknown. */
export const noOutcome = ({ status } = {}) => (status
  ? `The answer (status ${status}) ${status < 300 ? "could not be read" : "does not say whether the request succeeded"}.`
  : "No answer arrived.");
export const notCopied = (what) => `The browser did not copy the ${what}. Select it and copy it yourself.`;
export const at = (day, time) => `${day}, ${time}`;

/** A value with the key crossed out wherever it stands in it. */
export const hide = <T>(value: T, apiKey: string | undefined): T =>
  apiKey && typeof value === "string" ? (value.replaceAll(apiKey, "[apiKey]") as T) : value;

/** How much of a cause is looked through: more nobody prints. */
const LONGEST_CAUSE = 1e5;

/** Whether something shows the key when it is printed: whatever `fetch` rejected with. */
export const shows = (cause: any, apiKey: string): boolean => {
  let text = "";
  try {
    for (; cause && text.length <= LONGEST_CAUSE; cause = cause.cause) {
      text += cause.stack + cause.message + JSON.stringify(cause);
    }
  } catch {
    return true;
  }
  return text.includes(apiKey);
};

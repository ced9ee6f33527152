/** A value with the key crossed out wherever it stands in it. */
export const hide = (value, apiKey) => (apiKey && value?.replaceAll ? value.replaceAll(apiKey, "[apiKey]") : value);

/** Whether something shows the key when it is printed: whatever `fetch` rejected with. */
export const shows = (cause, apiKey) => {
  let text = "";
  try {
    for (; cause && !text[1e5]; cause = cause.cause) text += cause.stack + cause.message + JSON.stringify(cause);
  } catch {
    return true;
  }
  return text.includes(apiKey);
};

// The sandbox's control door. It needs nothing of its runtime but fetch, and imports nothing, so it
// can be bundled for any runtime.

/**
 * A function that asks what stands below `organizations` (`/<key>/faults`) of the sandbox at that URL, which
 * `fetch` reaches, the runtime's own if left out. It
 * gives the answer's JSON, or null where there is none, and rejects where the door refuses.
 */
export const doorOf = (sandbox, fetch = globalThis.fetch) => async (method, path, body) => {
  const response = await fetch(`${sandbox}/_sandbox/organizations${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} of the control door: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
};

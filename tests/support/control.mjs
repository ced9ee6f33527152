// The sandbox's control endpoint. It needs nothing of its runtime but fetch, and imports nothing, so it
// can be bundled for any runtime.

/**
 * Returns a function that sends a request to a path below `organizations` (`/<key>/faults`) of the sandbox at that
 * URL with `fetch`, by default the runtime's own. It resolves to the response's JSON, or to null for an
 * empty response, and rejects for a status that is not a success.
 */
export const controlOf = (sandbox, fetch = globalThis.fetch) => async (method, path, body) => {
  const response = await fetch(`${sandbox}/_sandbox/organizations${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} of the control endpoint: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
};

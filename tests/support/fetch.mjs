// Stand-ins for fetch, which tests, benchmarks and set-ups of runtimes use instead of a network. It
// imports nothing, so it can be bundled for any runtime.

const JSON_TYPE = { "content-type": "application/json" };

/** A response of fetch. A body that is not a string is sent as JSON. */
export const answer = (body, status = 200, headers = {}) =>
  new Response(typeof body === "string" || body === null ? body : JSON.stringify(body), {
    status,
    headers: { ...JSON_TYPE, ...headers },
  });

/**
 * Counts requests: `respond` makes the response to request number n, starting at 1. `sent` has the
 * requests, each with its time.
 */
export const stub = (respond = () => answer({})) => {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, ...init, at: performance.now() });
    return respond(sent.length, url, init);
  };
  return Object.assign(fetch, { sent });
};

/**
 * Returns the same value for every request and stores nothing: one Response and no more, for time
 * measurements.
 */
export const always = (value) => {
  const text = JSON.stringify(value);
  return async () => new Response(text, { headers: JSON_TYPE });
};

/** Stays pending until its signal aborts, and then rejects like fetch. */
export const hang = (signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

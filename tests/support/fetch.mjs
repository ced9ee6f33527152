// Stand-ins for fetch: what tests, benchmarks and set-ups of runtimes give a client instead of a
// network. It imports nothing, so it can be bundled for any runtime.

const JSON_TYPE = { "content-type": "application/json" };

/** An answer as fetch gives it. A body that is no text is sent as JSON. */
export const answer = (body, status = 200, headers = {}) =>
  new Response(typeof body === "string" || body === null ? body : JSON.stringify(body), {
    status,
    headers: { ...JSON_TYPE, ...headers },
  });

/**
 * Counts: `respond` makes the answer to call number n, the first being 1. `sent` has what went out,
 * each with the time at which it did.
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
 * Answers every call with the same value and remembers nothing: one Response and no more, for what
 * is timed.
 */
export const always = (value) => {
  const text = JSON.stringify(value);
  return async () => new Response(text, { headers: JSON_TYPE });
};

/** Never settles, but rejects as fetch does when its signal aborts. */
export const hang = (signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

// The span trees that centerfy/otel makes of a success, a retry, a queued call, an abort and a lost response.
import { Centerfy } from "centerfy";
import { traced } from "centerfy/otel";

/** A tracer that records its spans. */
const recorder = () => {
  const spans = [];
  const startSpan = (name, { kind, attributes }) => {
    const span = { name, kind, attributes: { ...attributes }, events: [], status: 0, ended: 0 };
    spans.push(span);
    return {
      setAttributes: (more) => void Object.assign(span.attributes, more),
      addEvent: (event) => void span.events.push(event.replace("centerfy.", "")),
      setStatus: ({ code }) => void (span.status = code),
      end: () => void span.ended++,
    };
  };
  return { spans, startSpan };
};

const json = (status, headers) => new Response('{"id":"a"}', { status, headers });
const never = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** Each case: what fetch does with the numbered request, the calls, and the events, the error and the status of the last span. */
const cases = {
  success: { fetch: () => json(200), events: "request response" },
  retry: { fetch: (n) => json(n ? 200 : 503, { "retry-after-ms": "1" }), events: "request response retry request response" },
  queued: { fetch: () => json(200), calls: 2, rateLimit: { requests: 1, perMs: 20 }, events: "queued request response" },
  abort: { fetch: (n, signal) => never(signal), aborts: true, events: "request", error: "aborted" },
  lost: { fetch: () => Promise.reject(new TypeError("lost")), maxRetries: 0, events: "request failure", error: "network", status: 2 },
};

/** Throws where a span is not as expected. Resolves to the names of the cases. */
export const checkSpans = async () => {
  for (const [name, { fetch, calls = 1, aborts, events, error, status = 0, ...options }] of Object.entries(cases)) {
    const tracer = recorder();
    let sent = 0;
    const client = new Centerfy({
      apiKey: `cfy_spans_${name}`,
      baseUrl: "http://api.test/v1",
      rateLimit: false,
      fetch: async (url, { signal }) => fetch(sent++, signal),
      onEvent: traced(tracer),
      ...options,
    });
    const controller = new AbortController();
    const all = Promise.allSettled(Array.from({ length: calls }, () => client.getAgent("id-xyzzy", { signal: controller.signal })));
    if (aborts) controller.abort();
    await all;
    const span = tracer.spans.at(-1);
    const expected = [calls, "GET /v1/get-agent/{id}", 2, events, error, status, 1];
    const seen = [tracer.spans.length, span.name, span.kind, span.events.join(" "), span.attributes["error.type"], span.status, span.ended];
    if (JSON.stringify(seen) !== JSON.stringify(expected)) throw new Error(`${name}: ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`);
    if (name === "queued" && !(span.attributes["centerfy.queue_ms"] > 0)) throw new Error("no time in the queue");
    if (JSON.stringify(tracer.spans).includes("xyzzy")) throw new Error(`${name}: a span has an id`);
  }
  return Object.keys(cases);
};

/** The result as a report. */
export const report = () => checkSpans().then((passed) => ({ passed }), (error) => ({ failed: String(error?.stack ?? error) }));

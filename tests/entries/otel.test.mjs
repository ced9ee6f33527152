// centerfy/otel: the spans of calls, as OpenTelemetry's own SDK records them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SpanKind, SpanStatusCode, context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { answer, everyOperation, hang, makeWorld, rejection, stub, stubbed, until } from "../node/support.mjs";
import { load } from "./support.mjs";

const { traced } = await load("otel");
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** A tracer, and the spans that it has exported. */
function recorder() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { tracer: provider.getTracer("test"), spans: () => exporter.getFinishedSpans() };
}

const events = (span) => span.events.map(({ name }) => name.replace("centerfy.", ""));

test("a success is one client span with the attributes of HTTP", async () => {
  const world = await makeWorld();
  const { tracer, spans } = recorder();
  const { id } = world.agents[0];
  await world.client({ onEvent: traced(tracer) }).getAgent(id);
  const [span, ...more] = spans();
  assert.equal(more.length, 0);
  assert.deepEqual([span.kind, span.status.code], [SpanKind.CLIENT, SpanStatusCode.UNSET]);
  assert.equal(span.name, "GET /functions/v1/crm-api/get-agent/{id}");
  const { "centerfy.request_id": requestId, "server.port": port, "url.full": full, ...rest } = span.attributes;
  assert.match(requestId, /^req_/);
  assert.equal(full, `http://127.0.0.1:${port}/functions/v1/crm-api/get-agent/REDACTED`);
  assert.deepEqual(rest, {
    "http.request.method": "GET",
    "http.response.status_code": 200,
    "url.template": "/functions/v1/crm-api/get-agent/{id}",
    "server.address": "127.0.0.1",
    "centerfy.operation": "getAgent",
    "centerfy.queue_ms": 0,
  });
  assert.deepEqual(events(span), ["request", "response"]);
});

test("a retry is one span with both attempts", async () => {
  const { tracer, spans } = recorder();
  const fetch = stub((n) => (n < 2 ? answer({}, 503, { "retry-after-ms": "1" }) : answer({ id: 1 })));
  await stubbed(fetch, { onEvent: traced(tracer) }).getAgent("a");
  const [span] = spans();
  assert.deepEqual(events(span), ["request", "response", "retry", "request", "response"]);
  assert.deepEqual(span.events.map(({ attributes }) => attributes["http.response.status_code"]), [undefined, 503, undefined, undefined, 200]);
  assert.deepEqual([span.events[2].attributes["centerfy.reason"], span.events[2].attributes["centerfy.delay_ms"]], ["status", 1]);
  assert.equal(span.attributes["http.request.resend_count"], 1);
  assert.equal(span.attributes["http.response.status_code"], 200);
  assert.equal(span.status.code, SpanStatusCode.UNSET);
});

test("a queued call has the time in the queue", async () => {
  const { tracer, spans } = recorder();
  const client = stubbed(stub(() => answer({ id: 1 })), { onEvent: traced(tracer), rateLimit: { requests: 1, perMs: 20 } });
  await Promise.all([client.getAgent("a"), client.getAgent("b")]);
  const [first, second] = spans();
  assert.deepEqual(events(second), ["queued", "request", "response"]);
  assert.equal(first.attributes["centerfy.queue_ms"], 0);
  assert.ok(second.attributes["centerfy.queue_ms"] > 0);
});

test("an abort ends the span, and is no error", async () => {
  const { tracer, spans } = recorder();
  const controller = new AbortController();
  const fetch = stub((n, url, init) => hang(init.signal));
  const call = rejection(stubbed(fetch, { onEvent: traced(tracer) }).getAgent("a", { signal: controller.signal }));
  await until(() => fetch.sent.length === 1);
  controller.abort();
  await call;
  const [span] = spans();
  assert.deepEqual(events(span), ["request"]);
  assert.deepEqual([span.attributes["error.type"], span.status.code], ["aborted", SpanStatusCode.UNSET]);
});

test("a lost response is an error with the failure as an event", async () => {
  const world = await makeWorld();
  const { tracer, spans } = recorder();
  await world.fault({ type: "drop", when: "after" });
  const { conversation_id } = world.contacts[0];
  const client = world.client({ onEvent: traced(tracer) });
  await rejection(client.sendMessage({ content: "See you.", ai: false, conversation_id, channel: "sms" }));
  const [span] = spans();
  assert.equal(span.name, "POST /functions/v1/crm-api/send-message");
  assert.deepEqual(events(span), ["request", "failure"]);
  assert.equal(span.events[1].attributes["centerfy.reason"], "network");
  assert.deepEqual([span.attributes["error.type"], span.status.code], ["network", SpanStatusCode.ERROR]);
});

test("an error response and a refused request are errors", async () => {
  const { tracer, spans } = recorder();
  const client = stubbed(stub(() => answer({}, 404)), { onEvent: traced(tracer) });
  await rejection(client.getAgent("a"));
  await rejection(client.getAgent(""));
  const [missing, refused] = spans();
  assert.deepEqual([missing.attributes["error.type"], missing.attributes["http.response.status_code"]], ["not_found", 404]);
  assert.deepEqual([refused.name, refused.attributes["error.type"], events(refused)], ["GET getAgent", "validation", []]);
});

test("spans are children of the span that is active where the call is made", async () => {
  const { tracer, spans } = recorder();
  const fetch = stub((n) => (n < 3 ? answer({}, 503, { "retry-after-ms": "1" }) : answer({ id: 1 })));
  const client = stubbed(fetch, { onEvent: traced(tracer), rateLimit: { requests: 1, perMs: 5 } });
  const parents = ["one", "two", "three"].map((name) => tracer.startSpan(name));
  await Promise.all(parents.map((parent) => context.with(trace.setSpan(context.active(), parent), () => client.getAgent("a"))));
  for (const parent of parents) parent.end();
  const calls = spans().filter(({ kind }) => kind === SpanKind.CLIENT);
  const traces = (of) => of.map((span) => span.spanContext().traceId).sort();
  assert.equal(calls.length, 3);
  assert.deepEqual(traces(calls), traces(parents));
  assert.ok(calls.every(({ parentSpanContext }) => parents.some((parent) => parent.spanContext().spanId === parentSpanContext.spanId)));
});

test("no span has a key, a body or an id of a resource", async () => {
  const { tracer, spans } = recorder();
  const ids = { agent: "agent-xyzzy", contact: "contact-xyzzy", call: "call-xyzzy" };
  const apiKey = "cfy_secret_of_this_test";
  const fetch = stub((n) => {
    if (n % 2) return Promise.reject(new TypeError(`lost ${apiKey}`));
    return answer({ error: true, message: `No ${ids.agent} for ${apiKey}` }, 404);
  });
  const client = stubbed(fetch, { onEvent: traced(tracer), apiKey, maxRetries: 0 });
  const calls = [
    ...Object.values(everyOperation(client)),
    () => client.getAgent(ids.agent),
    () => client.getContactMessages(ids.contact, { limit: 7 }),
    () => client.getCallRecording(ids.call),
    () => client.archiveAgent(ids.agent),
  ];
  for (const call of [...calls, ...calls]) await rejection(call());
  assert.equal(spans().length, calls.length * 2);
  const shown = JSON.stringify(spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })));
  for (const secret of ["xyzzy", "secret", "limit", "See you", "+1"]) assert.ok(!shown.includes(secret), secret);
});

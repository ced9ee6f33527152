// The rate limiter of the package, over real time.

import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { test } from "node:test";
import { answer, failure, hang, rejection, stub, stubbed, until } from "./support.mjs";

let keys = 0;
const key = () => `cfy_limiter_${process.pid}_${++keys}`;

test("35 concurrent calls under 10 a second: no window has more than ten, in the order of the calls", async () => {
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: { requests: 10, perMs: 1000 } });
  const started = performance.now();
  await Promise.all(Array.from({ length: 35 }, (_, i) => client.getAgent(`a${i}`)));
  const ms = performance.now() - started;
  const times = fetch.sent.map(({ at }) => at);
  for (let i = 10; i < times.length; i++) {
    const window = times[i] - times[i - 10];
    // The slot is taken just before the request is sent.
    assert.ok(window >= 999, `requests ${i - 9} to ${i + 1} within ${window} ms`);
  }
  // tests/node/arrivals.test.mjs checks with simulated time that it takes no longer than necessary.
  assert.ok(ms >= 3000, `${ms} ms`);
  assert.deepEqual(fetch.sent.map(({ url }) => url.split("/").at(-1)), Array.from({ length: 35 }, (_, i) => `a${i}`), "first come, first served");
});

test("clients with the same key share it, others do not", async () => {
  const apiKey = key();
  const rateLimit = { requests: 2, perMs: 150 };
  const fetch = stub();
  const clients = [1, 2, 3].map(() => stubbed(fetch, { apiKey, rateLimit }));
  const other = stub();
  const stranger = stubbed(other, { apiKey: key(), rateLimit });
  await Promise.all([...clients.map((client) => client.getAgent("a")), ...clients.map((client) => client.getAgent("b")), stranger.getAgent("s")]);
  const times = fetch.sent.map(({ at }) => at);
  for (let i = 2; i < times.length; i++) assert.ok(times[i] - times[i - 2] >= 149, String(times));
  assert.ok(other.sent[0].at < times[2], "a client with another key is not queued");
});

test("clients of the same proxy share it", async () => {
  const options = { apiKey: undefined, baseUrl: `http://proxy.test/${key()}`, rateLimit: { requests: 1, perMs: 100 } };
  const fetch = stub();
  await Promise.all([stubbed(fetch, options).getAgent("a"), stubbed(fetch, options).getAgent("b")]);
  assert.ok(fetch.sent[1].at - fetch.sent[0].at >= 99);
});

test("every attempt takes a slot", async () => {
  const fetch = stub((n) => (n < 3 ? answer({}, 503, { "retry-after-ms": "1" }) : answer({})));
  await stubbed(fetch, { rateLimit: { requests: 2, perMs: 200 } }).getAgent("a");
  assert.ok(fetch.sent[2].at - fetch.sent[0].at >= 199);
});

test("a call that ends while queued releases its slot", async () => {
  const fetch = stub();
  const perMs = 150;
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs } });
  await client.getAgent("first");
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const leaving = Array.from({ length: 20 }, () => rejection(client.getAgent("leaving", { signal: controller.signal })));
  const last = client.getAgent("last");
  controller.abort("gone");
  await Promise.all(leaving);
  await last;
  const gap = fetch.sent[1].at - fetch.sent[0].at;
  assert.equal(fetch.sent.length, 2);
  // With the unreleased slots of the others it would take 21 windows.
  assert.ok(gap >= perMs - 1 && gap < 10 * perMs, `${gap} ms`);
});

test("a call that ends at the moment of its grant releases its slot", async () => {
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs: 20 } });
  await client.getAgent("first");
  const controller = new AbortController();
  const leaving = rejection(client.getAgent("leaving", { signal: controller.signal }));
  // Its slot becomes free while this thread is busy, so the next call grants it.
  const began = performance.now();
  while (performance.now() - began < 40);
  const last = client.getAgent("last");
  controller.abort("gone");
  assert.equal(await leaving, "gone");
  await last;
  assert.deepEqual(fetch.sent.map(({ url }) => url.split("/").at(-1)), ["first", "last"]);
});

test("a 429 holds all queued calls for as long as the server requests", async () => {
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after-ms": "250" }) : answer({})));
  const apiKey = key();
  const client = stubbed(fetch, { apiKey, rateLimit: { requests: 100, perMs: 1000 } });
  const first = client.getAgent("first");
  await until(() => fetch.sent.length === 1);
  await new Promise(setImmediate);
  await Promise.all([first, client.getAgent("second"), stubbed(fetch, { apiKey, rateLimit: { requests: 5, perMs: 10 } }).getAgent("third")]);
  for (const { at, url } of fetch.sent.slice(1)) assert.ok(at - fetch.sent[0].at >= 249, `${url} after ${at - fetch.sent[0].at} ms`);
  assert.equal(fetch.sent.length, 4);
});

test("a call whose timeout is shorter than the pause fails at once, anywhere in the queue", async () => {
  const fetch = stub((n, url) => (url.endsWith("busy") ? answer({}, 429, { "retry-after": "3600" }) : answer({})));
  const client = stubbed(fetch, { rateLimit: { requests: 100, perMs: 1000 } });
  await failure(client.getAgent("busy", { maxRetries: 0 }), { code: "rate_limited", attempts: 1, retryAfter: 3600 });
  const controller = new AbortController();
  const patient = rejection(client.getAgent("patient", { timeout: 0, signal: controller.signal }));
  const started = performance.now();
  const errors = await Promise.all(
    Array.from({ length: 5 }, () => failure(client.makeAiCall("a", { contact_id: "c", organization_id: "o", sub_account_id: "s" }), { code: "rate_limited", attempts: 0, maybeDelivered: false })),
  );
  assert.ok(performance.now() - started < 60_000, "the pause takes an hour");
  for (const { retryAfter } of errors) assert.ok(retryAfter > 3500 && retryAfter <= 3600, String(retryAfter));
  controller.abort();
  await patient;
  assert.equal(fetch.sent.length, 1);
});

test("actions during the refusal of other calls do not block a call", async () => {
  const busy = () => answer({}, 429, { "retry-after": "3600" });
  const rateLimit = { requests: 1, perMs: 20 };
  const names = ["a", "b", "c", "d"];
  for (const act of ["abort", "call"]) {
    const controller = new AbortController();
    const others = stubbed(stub((n, url) => answer({ id: url.split("/").at(-1) })), { rateLimit });
    const client = stubbed(stub(busy), { rateLimit });
    await others.getAgent("before");
    const answers = [];
    const first = client.getAgent("first").catch(() => {
      if (act === "abort") controller.abort("gone");
      else answers.push(others.getAgent("early"));
    });
    const second = rejection(client.getAgent("second", { signal: controller.signal }));
    await first;
    const end = await second;
    // Two reasons ended it at the same time: either may be reported.
    assert.ok(end.code === "rate_limited" || (act === "abort" && end === "gone"), String(end));
    answers.push(...names.map((name) => others.getAgent(name)));
    const ids = (await Promise.all(answers)).map(({ id }) => id);
    assert.deepEqual(ids, act === "abort" ? names : ["early", ...names]);
  }
});

test("the remaining calls are granted when others are refused", async () => {
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after-ms": "300" }) : answer({})));
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs: 20 } });
  const waiting = ["a", "b", "c", "d"].map((id, i) => client.getAgent(id, { timeout: i % 2 ? 100 : 5000 }).then(() => id, (error) => error.code));
  assert.deepEqual(await Promise.all(waiting), ["a", "rate_limited", "c", "rate_limited"]);
});

test("a custom limiter is called before each attempt", async () => {
  const asked = [];
  class Limiter {
    // Names that could be confused with the built-in limiter's.
    requests = 5;
    perMs = 0;
    acquire(given) {
      assert.ok(this instanceof Limiter);
      asked.push([given.operation, given.attempt]);
      return Promise.resolve();
    }
  }
  const fetch = stub((n) => (n === 1 ? answer({}, 503, { "retry-after-ms": "0" }) : answer({ id: 1 })));
  assert.deepEqual(await stubbed(fetch, { rateLimit: new Limiter() }).getAgent("a"), { id: 1 });
  assert.deepEqual(asked, [["getAgent", 1], ["getAgent", 2]]);
  // A limiter that rejects ends the call with its error. A synchronous limiter works, too.
  const refusal = new Error("not now");
  for (const acquire of [() => Promise.reject(refusal), () => { throw refusal; }]) {
    assert.equal(await rejection(stubbed(stub(), { rateLimit: { acquire } }).getAgent("a")), refusal);
  }
  await stubbed(stub(), { rateLimit: { acquire() {} } }).getAgent("a");
});

test("a call that ends while its custom limiter is pending aborts it, and nothing else happens", async () => {
  const asked = [];
  const turns = [];
  const acquire = (info) => (asked.push(info), new Promise((resolve) => turns.push(resolve)));
  const fetch = stub();
  const events = [];
  const client = stubbed(fetch, { rateLimit: { acquire }, onEvent: ({ type }) => events.push(type) });
  const messages = client.contactMessages("k");
  const next = messages.next();
  await until(() => asked.length === 1);
  assert.equal(asked[0].signal.aborted, false);
  messages.return();
  assert.equal((await next).done, true);
  assert.ok(asked[0].signal.aborted, "a loop that was left");
  turns[0]();
  const call = client.getAgent("a");
  await until(() => asked.length === 2);
  turns[1]();
  await call;
  assert.equal(asked[1].signal.aborted, false, "not where the place was used");
  assert.deepEqual(events, ["queued", "end", "queued", "request", "response", "end"]);
});

test("many calls with one signal have one listener, also at a custom limiter", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener } = signal;
  signal.addEventListener = (...args) => (listeners++, addEventListener.apply(signal, args));
  const acquire = async (info) => info.signal.addEventListener("abort", () => {});
  const client = stubbed(stub(), { rateLimit: { acquire } });
  await Promise.all(Array.from({ length: 30 }, () => client.getAgent("a", { signal })));
  assert.equal(listeners, 1);
});

test("no limiter with `rateLimit: false`", async () => {
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: false });
  await Promise.all(Array.from({ length: 200 }, () => client.getAgent("a")));
  assert.equal(fetch.sent.length, 200);
});

test("the default is 60 a minute", async () => {
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: undefined });
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const calls = Array.from({ length: 61 }, () => client.getAgent("a", { signal: controller.signal }).catch((error) => error));
  await Promise.all(calls.slice(0, 60));
  assert.equal(fetch.sent.length, 60);
  controller.abort("enough");
  assert.equal(await calls[60], "enough");
});

test("limiters of unused keys are removed; a call in flight keeps its limiter", async () => {
  // The 429 of one key does not hold calls of another.
  let respond;
  const fetch = stub((n, url, init) => (n === 1 ? new Promise((resolve) => (respond = resolve)) : answer({})));
  const call = stubbed(fetch, { rateLimit: { requests: 1, perMs: 1 } }).getAgent("long", { timeout: 30_000 });
  await until(() => respond);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const many = stub();
  const some = Array.from({ length: 300 }, () => stubbed(many, { rateLimit: { requests: 1, perMs: 1 } }));
  for (const client of some) await client.getAgent("a");
  respond(answer({}, 429, { "retry-after-ms": "2000" }));
  await new Promise(setImmediate);
  await Promise.all(some.map((client) => client.getAgent("b")));
  assert.equal(fetch.sent.length, 1, "the others went while the first key was held back");
  await call;
});

test("no timer while no call is queued", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  // Earlier tests may have left timers, which end by themselves.
  await until(() => timers() === 0, "the end of all timers");
  const client = stubbed(stub(), { rateLimit: { requests: 2, perMs: 50 } });
  assert.equal(timers(), 0);
  await Promise.all([1, 2, 3, 4, 5].map(() => client.getAgent("a")));
  assert.equal(timers(), 0);
  const hanging = stubbed(stub((n, url, init) => hang(init.signal)), { rateLimit: { requests: 2, perMs: 50 }, timeout: 20 });
  await failure(hanging.getAgent("a"), { code: "timeout" });
  assert.equal(timers(), 0);
});

test("after a 429 the calls of the next test are held, unless it has another key or no limit", async () => {
  const tooMany = stub(() => answer({}, 429, { "retry-after": "60" }));
  const client = (options) => stubbed(stub(), { rateLimit: undefined, timeout: 1_000, ...options });
  await failure(stubbed(tooMany, { apiKey: "cfy_mock", rateLimit: undefined, maxRetries: 0 }).getAgent("a"), { code: "rate_limited" });
  await failure(client({ apiKey: "cfy_mock" }).getAgent("a"), { code: "rate_limited", attempts: 0 });
  await client({ apiKey: "cfy_mock_of_this_test" }).getAgent("a");
  await client({ apiKey: "cfy_mock", rateLimit: false }).getAgent("a");
});

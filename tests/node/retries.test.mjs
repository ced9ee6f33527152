// When a request is retried, and after which wait.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, everyOperation, failure, makeWorld, once, stub, stubbed } from "./support.mjs";

/** The waits that a client reports, with a stand-in for fetch that always returns the same response. */
async function waits(respond, { calls = 1, ...options } = {}) {
  const delays = [];
  const fetch = stub(respond);
  const onEvent = (event) => event.type === "retry" && delays.push(event.delayMs);
  const client = stubbed(fetch, { onEvent, timeout: 0, ...options });
  const controller = new AbortController();
  const one = client.getAgent("a", { signal: controller.signal });
  const settled = one.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  // The test does not wait for a long pause: the event is enough.
  const started = performance.now();
  let outcome;
  while (delays.length < calls && performance.now() - started < 10_000) {
    outcome = await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 2))]);
    if (outcome) break;
  }
  controller.abort();
  return { delays, outcome, sent: fetch.sent };
}
const first = async (headers, options) => (await waits(() => answer({}, 503, headers), options)).delays[0];

/** Whether a wait is the client's backoff after the first attempt. */
const own = (ms, most = 500) => ms > most * 0.75 && ms <= most;

test("which statuses are retried, for each operation", async () => {
  const again = [408, 429, 500, 502, 503, 504, 520, 522, 530, 546, 599];
  for (const status of [301, 304, 400, 401, 403, 404, 405, 409, 410, 418, 422, 451, 501, 505, ...again]) {
    const fetch = stub(() => new Response(status === 304 ? null : "{}", { status, headers: { "retry-after-ms": "0" } }));
    for (const [operation, call] of Object.entries(everyOperation(stubbed(fetch, { maxRetries: 1 })))) {
      fetch.sent.length = 0;
      const expected = once.has(operation) ? status === 429 : again.includes(status);
      await failure(call(), { status, attempts: expected ? 2 : 1, maybeDelivered: once.has(operation) && status >= 500 });
      assert.equal(fetch.sent.length, expected ? 2 : 1, `${operation} ${status}`);
    }
  }
});

test("an unknown outcome behind a proxy is retried only with Retry-After", async () => {
  const behind = { apiKey: undefined, baseUrl: undefined, proxy: "http://app.test/api", maxRetries: 1 };
  const now = { "retry-after-ms": "0" };
  const cases = [
    ["true", 503, now, 2],
    ["true", 503, {}, 1],
    ["true", 409, now, 1],
    ["false", 503, now, 2],
    ["unsent", 503, now, 2],
    ["unsent", 403, now, 1],
    ["perhaps", 503, now, 2],
  ];
  for (const [said, status, wait, attempts] of cases) {
    const fetch = stub(() => answer({}, status, { ...wait, "centerfy-maybe-delivered": said }));
    const calls = everyOperation(stubbed(fetch, behind));
    for (const operation of once) {
      const maybeDelivered = said === "true" || (said === "perhaps" && status >= 500);
      await failure(calls[operation](), { status, attempts, maybeDelivered });
    }
  }
});

test("a lost request is retried only if that is safe", async () => {
  for (const [operation, call] of Object.entries(everyOperation(stubbed(stub(() => Promise.reject(new TypeError("lost"))), { maxRetries: 1, timeout: 700 })))) {
    const error = await failure(call(), { code: "network", attempts: once.has(operation) ? 1 : 2, maybeDelivered: once.has(operation) });
    assert.equal(error.cause.message, "lost");
  }
});

test("maxRetries, of the client and of a call", async () => {
  const fetch = stub(() => answer({}, 503, { "retry-after-ms": "0" }));
  const client = stubbed(fetch);
  await failure(client.getAgent("a"), { attempts: 3, status: 503, code: "server" });
  await failure(client.getAgent("a", { maxRetries: 0 }), { attempts: 1 });
  await failure(client.getAgent("a", { maxRetries: 7 }), { attempts: 8 });
  await failure(stubbed(fetch, { maxRetries: 0 }).getAgent("a"), { attempts: 1 });
  assert.equal(fetch.sent.length, 3 + 1 + 8 + 1);
});

test("the caller sees only the later attempt that succeeds", async () => {
  const turns = [() => answer("<html>", 502), () => Promise.reject(new Error("reset")), () => answer({ id: "a" })];
  const fetch = stub((n) => turns[n - 1]());
  assert.deepEqual(await stubbed(fetch).getAgent("a"), { id: "a" });
  assert.equal(fetch.sent.length, 3);
});

test("the backoff doubles, less a random part of up to a quarter", async () => {
  const random = Math.random;
  try {
    for (const [chance, expected] of [[0, [500, 1000]], [0.999999, [376, 751]], [0.5, [438, 875]]]) {
      Math.random = () => chance;
      const { delays, sent } = await waits(() => answer({}, 500), { calls: 2 });
      assert.deepEqual(delays, expected);
      const gap = sent[1].at - sent[0].at;
      assert.ok(gap >= expected[0] - 1, `waited ${gap} of ${expected[0]} ms`);
    }
  } finally {
    Math.random = random;
  }
});

test("clients do not retry at the same time", async () => {
  const delays = await Promise.all(Array.from({ length: 20 }, () => first({})));
  assert.ok(delays.every((ms) => own(ms)), String(delays));
  assert.ok(new Set(delays).size > 5, String(delays));
});

test("the server's wait is respected exactly, with headers in this order", async () => {
  for (const [headers, ms] of [
    [{ "retry-after-ms": "1234" }, 1234],
    [{ "retry-after-ms": "12.5" }, 13],
    [{ "retry-after-ms": "20", "retry-after": "9", "ratelimit-reset": "8" }, 20],
    [{ "retry-after": "7", "ratelimit-reset": "8" }, 7000],
    [{ "Retry-After": " 1.5 " }, 1500],
    [{ "ratelimit-reset": "8" }, 8000],
    [{ "retry-after-ms": "soon", "retry-after": "7" }, 7000],
    [{ "retry-after-ms": "-5", "retry-after": "-7", "ratelimit-reset": "8" }, 8000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "3600" }, 3_600_000],
  ]) {
    assert.equal(await first(headers), ms, JSON.stringify(headers));
  }
});

test("a malformed, negative or past wait is ignored", async () => {
  const past = new Date(Date.now() - 60_000).toUTCString();
  for (const value of ["", "soon", "-1", "1e3", "0x10", "1,2", "1;2", "5s", "Infinity", "NaN", "null", "+5", ".5", past, "Sun, 06 Nov 1994 08:49:37 GMT", "2999-01-01T00:00:00Z", "Tue, 24 Nov 2099 10:00:00", "Tue, 24 Foo 2099 10:00:00 GMT", "9".repeat(60)]) {
    for (const name of ["retry-after-ms", "retry-after", "ratelimit-reset"]) {
      const ms = await first({ [name]: value });
      assert.ok(own(ms), `${name}: ${value} → ${ms}`);
    }
  }
});

test("a date, in all its forms, is GMT whatever the local zone", async () => {
  const zone = process.env.TZ;
  try {
    for (const TZ of ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"]) {
      process.env.TZ = TZ;
      // A whole second between 5 and 6 seconds from now.
      const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 5000);
      const [, weekday, day, month, year, time] = /(\w+), (\d+) (\w+) (\d+) (\S+) GMT/.exec(date.toUTCString());
      const long = { Mon: "Monday", Tue: "Tuesday", Wed: "Wednesday", Thu: "Thursday", Fri: "Friday", Sat: "Saturday", Sun: "Sunday" }[weekday];
      for (const value of [
        `${weekday}, ${day} ${month} ${year} ${time} GMT`,
        `${long}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
        `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`,
      ]) {
        const ms = await first({ "retry-after": value });
        const expected = date.getTime() - Date.now();
        assert.ok(ms <= 6001 && ms >= expected && ms < expected + 2000, `${TZ}: ${value} → ${ms}, not ${expected}`);
      }
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test("a wait that would outlast the timeout fails at once, with the server's own error", async () => {
  const world = await makeWorld();
  for (const [status, code] of [[429, "rate_limited"], [503, "server"]]) {
    await world.fault({ type: "answer", status, headers: { "retry-after": "3600" }, body: { error: true, message: "Come back later" } });
    const started = performance.now();
    await failure(world.client().getAgent(world.agents[0].id), { code, status, retryAfter: 3600, attempts: 1, message: /Come back later/ });
    assert.ok(performance.now() - started < 5000);
  }
  assert.equal((await world.requests()).length, 2);
  // So does the client's backoff.
  await failure(stubbed(stub(() => answer({}, 500)), { timeout: 370 }).getAgent("a"), { code: "server", attempts: 1, retryAfter: undefined });
});

test("without a timeout the client waits, however long", async () => {
  const { delays, outcome } = await waits(() => answer({}, 429, { "retry-after": "9".repeat(20) }));
  assert.equal(outcome, undefined);
  assert.equal(delays[0], 2 ** 29 - 1, "six days at a time");
});

test("the pause of a 429 is waited once, also when it holds the queue", async () => {
  const waitMs = 1_000;
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after-ms": String(waitMs) }) : answer({ ok: true })));
  await stubbed(fetch, { rateLimit: { requests: 10, perMs: 1000 } }).getAgent("a");
  const gap = fetch.sent[1].at - fetch.sent[0].at;
  assert.ok(gap >= waitMs - 1 && gap < 2 * waitMs - 10, `${gap} ms`);
});

test("the headers of a 429 whose body breaks off or stalls still count", async () => {
  const broken = () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new Error("cut")) });
    return new Response(body, { status: 429, headers: { "retry-after-ms": "33" } });
  };
  const { delays } = await waits(broken);
  assert.equal(delays[0], 33);
  const fetch = stub(broken);
  await failure(stubbed(fetch, { maxRetries: 0 }).getAgent("a"), { code: "rate_limited", status: 429, retryAfter: 0.033 });
});

test("retryAfter is set also if the call is not retried", async () => {
  const busy = () => answer({ error: true, message: "busy" }, 503, { "retry-after": "2" });
  await failure(stubbed(stub(busy), { maxRetries: 0 }).getAgent("a"), { retryAfter: 2, code: "server" });
  await failure(everyOperation(stubbed(stub(busy))).sendMessage(), { retryAfter: 2, attempts: 1, maybeDelivered: true });
});

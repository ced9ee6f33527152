// In Cloudflare Workers a request's timers end with it, and no request may wait for those of another. Here the
// runtime's name is faked; tests/runtimes/ tests the same in workerd.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ownTime } from "../support/time.mjs";
import { answer, entry, rejection } from "./support.mjs";

/** The entry that OpenNext bundles for Workers. The default one cannot run there. */
const server = pathToFileURL(join(entry, "../server.js"));
let copies = 0;

/** A copy of the package whose runtime identifies as Workers. */
async function workers(t) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Cloudflare-Workers" }, configurable: true });
  t.after(() => (before ? Object.defineProperty(globalThis, "navigator", before) : delete globalThis.navigator));
  const { Centerfy } = await import(`${server}?workers=${++copies}`);
  return Centerfy;
}

/** A client with one limit, and the times at which it sent its requests. */
function limited(Centerfy, time, rateLimit, respond = () => answer({})) {
  const went = [];
  const fetch = async (url) => {
    went.push([url.split("/").at(-1), time.now()]);
    return respond(url, went.length);
  };
  return { went, client: new Centerfy({ apiKey: "cfy_workers_test", baseUrl: "http://api.test", fetch, rateLimit }) };
}

test("a call whose request the runtime canceled delays no other", async (t) => {
  const Centerfy = await workers(t);
  const time = ownTime(t);
  const { client, went } = limited(Centerfy, time, { requests: 1, perMs: 5_000 });
  await client.getAgent("first");
  // While it is queued, its request ends: its timers never fire.
  void client.getAgent("lost");
  await time.settle();
  time.lose();
  const left = client.getAgent("left");
  await time.run(left);
  assert.deepEqual(went.map(([name]) => name), ["first", "left"]);
  const waited = went[1][1] - went[0][1];
  assert.ok(waited >= 5_000 && waited < 5_010, `${waited} ms`);
});

test("each queued call has its own timer, and is sent when its slot is free", async (t) => {
  const Centerfy = await workers(t);
  const time = ownTime(t);
  const { client, went } = limited(Centerfy, time, { requests: 2, perMs: 3_000 });
  const calls = Array.from({ length: 8 }, (_, i) => client.getAgent(`a${i}`));
  await time.settle();
  assert.equal(time.timers(), 6 + 2 - 2, "one for each that waits, none for those that were answered");
  await time.run(Promise.all(calls));
  const start = went[0][1];
  for (const [i, [, at]] of went.entries()) {
    const due = Math.floor(i / 2) * 3_000;
    assert.ok(at - start >= due && at - start < due + 20, `${i} went after ${at - start} ms`);
  }
  assert.equal(time.timers(), 0);
});

test("a queued call uses a released slot within a second", async (t) => {
  const Centerfy = await workers(t);
  const time = ownTime(t);
  const { client, went } = limited(Centerfy, time, { requests: 1, perMs: 60_000 });
  const controller = new AbortController();
  const onEvent = ({ type }) => type === "request" && controller.abort("gone");
  const leaving = new Centerfy({ apiKey: "cfy_workers_test", baseUrl: "http://api.test", fetch: async () => answer({}), rateLimit: { requests: 1, perMs: 60_000 }, onEvent });
  const call = rejection(leaving.getAgent("leaving", { signal: controller.signal }));
  await call;
  await time.run(client.getAgent("next"));
  assert.equal(went.length, 1);
  assert.ok(time.now() < 1_000_000 + 1_010);
});

test("a queued call whose timeout is shorter than the server's pause ends by its own timer", async (t) => {
  const Centerfy = await workers(t);
  const time = ownTime(t);
  let respond;
  const busy = (url) => (url.endsWith("busy") ? new Promise((resolve) => (respond = resolve)) : answer({}));
  const { client, went } = limited(Centerfy, time, { requests: 1, perMs: 5_000 }, busy);
  const first = rejection(client.getAgent("busy", { maxRetries: 0 }));
  const waiting = rejection(client.getAgent("waits"));
  await time.settle();
  respond(answer({}, 429, { "retry-after": "3600" }));
  assert.equal((await time.run(first)).code, "rate_limited");
  const before = time.now();
  const error = await time.run(waiting);
  assert.deepEqual([error.code, error.attempts], ["rate_limited", 0]);
  assert.ok(error.retryAfter > 3_500 && time.now() - before <= 1_000);
  assert.equal(went.length, 1);
});

test("a call that is aborted while queued leaves no timer", async (t) => {
  const Centerfy = await workers(t);
  const time = ownTime(t);
  const { client } = limited(Centerfy, time, { requests: 1, perMs: 5_000 });
  await client.getAgent("first");
  const controller = new AbortController();
  const call = rejection(client.getAgent("b", { signal: controller.signal }));
  await time.settle();
  assert.equal(time.timers(), 1);
  controller.abort("gone");
  assert.equal(await call, "gone");
  assert.equal(time.timers(), 0);
});

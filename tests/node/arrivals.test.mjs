// A slot counts from when its request can have arrived: whatever delays requests, no window of the API is
// over the limit. The sandbox stands in for the API, with a simulated time.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ownTime } from "../support/time.mjs";
import { answer, entry, freshCopy, rejection } from "./support.mjs";

const load = (path) => import(pathToFileURL(join(entry, "..", path)));
const { createSandbox } = await load("sandbox/index.js");
const { createProxy, memoryStore } = await load("proxy/index.js");

/** Pseudorandom numbers from 0 to 1, the same in each run. */
function seeded(seed) {
  let state = seed;
  return () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32);
}

/** An API with this limit, behind a network: `lateness(n)` returns the milliseconds before and after the n-th arrival. */
async function world(t, rateLimit, lateness = () => [0, 0]) {
  const sandbox = await createSandbox({ now: 0, rateLimit });
  const { Centerfy } = await freshCopy();
  const time = ownTime(t);
  const start = time.now();
  const arrivals = [];
  let sent = 0;
  const fetch = async (url, init) => {
    const [before, after] = lateness(++sent);
    if (before) await time.sleep(before);
    sandbox.advance(time.now() - start - (arrivals.at(-1) ?? 0));
    arrivals.push(time.now() - start);
    // The network does not cancel requests: the test decides.
    const response = await sandbox.fetch(url, { ...init, signal: undefined });
    if (after) await time.sleep(after);
    return response;
  };
  const client = (options) => new Centerfy({ apiKey: sandbox.apiKey, fetch, rateLimit, ...options });
  return { sandbox, time, arrivals, client, fetch, since: () => time.now() - start };
}

/** Asserts that no request was refused and no window of the API is over the limit. */
function keptLimit({ sandbox, arrivals }, { requests, perMs }, count) {
  const log = sandbox.log();
  assert.equal(log.length, count);
  assert.deepEqual(log.filter(({ status }) => status !== 200), []);
  const tooSoon = arrivals.findIndex((at, i) => i >= requests && at - arrivals[i - requests] < perMs);
  assert.equal(tooSoon, -1, `${arrivals[tooSoon - requests]} and ${arrivals[tooSoon]} are in one window`);
}

const LIMIT = { requests: 20, perMs: 3_000 };
/** The minimum time of so many requests: all of a window at its start. */
const least = (count, { requests, perMs }) => (Math.ceil(count / requests) - 1) * perMs;

const networks = [
  ["nothing is late", 60, () => [0, 0], 0],
  ["the first request is 150 ms late", 60, (n) => (n === 1 ? [150, 0] : [0, 0]), 150],
  ["the first answer is 150 ms late", 60, (n) => (n === 1 ? [0, 150] : [0, 0]), 150],
  ["every request is late by up to 2 s", 400, ((random) => () => [random() * 2_000, 0])(seeded(1)), 2_000],
  ["every answer is late by up to 2 s", 400, ((random) => () => [0, random() * 2_000])(seeded(2)), 2_000],
  ["both are late", 400, ((random) => () => [random() * 1_000, random() * 1_000])(seeded(3)), 2_000],
];

/** The limiters: the client's own, or one in the memory of the process. */
const limiters = [
  ["the client's limiter", () => LIMIT],
  ["memoryStore()", () => memoryStore().limiter(LIMIT)],
];

for (const [name, count, lateness, most] of networks) {
  for (const [limiter, make] of limiters) {
    test(`${count} concurrent calls on ${limiter}, ${name}: no 429, in hardly more than the minimum time`, async (t) => {
      const here = await world(t, LIMIT, lateness);
      const client = here.client({ rateLimit: make() });
      const [{ id }] = here.sandbox.agents();
      await here.time.run(Promise.all(Array.from({ length: count }, () => client.getAgent(id))));
      keptLimit(here, LIMIT, count);
      const windows = Math.ceil(count / LIMIT.requests);
      const took = here.since();
      assert.ok(took <= least(count, LIMIT) * 1.05 + windows * most, `${took} ms`);
    });
  }
}

for (const [name, count, lateness, most] of networks.filter(([, count]) => count === 60)) {
  test(`${count} concurrent calls behind a proxy, ${name}: no 429, in hardly more than the minimum time`, async (t) => {
    const here = await world(t, LIMIT, lateness);
    const [{ id }] = here.sandbox.agents();
    const allow = ["getAgent"];
    const proxy = createProxy({ apiKey: here.sandbox.apiKey, fetch: here.fetch, path: "/", allow, authorize: () => "mia", rateLimit: LIMIT });
    const client = here.client({ apiKey: undefined, proxy: "http://app.test/", fetch: (url, init) => proxy(new Request(url, init)), rateLimit: false });
    await here.time.run(Promise.all(Array.from({ length: count }, () => client.getAgent(id))));
    keptLimit(here, LIMIT, count);
    assert.ok(here.since() <= least(count, LIMIT) * 1.05 + most, `${here.since()} ms`);
  });
}

test("the default client: 120 calls take one window more than 60", async (t) => {
  const limit = { requests: 60, perMs: 60_000 };
  const here = await world(t, limit);
  const client = here.client({ rateLimit: undefined });
  const [{ id }] = here.sandbox.agents();
  await here.time.run(Promise.all(Array.from({ length: 120 }, () => client.getAgent(id))));
  keptLimit(here, limit, 120);
  assert.ok(here.since() <= 60_000 * 1.01, `${here.since()} ms`);
});

test("an abandoned attempt counts from then on, and again if its fetch settles later", async (t) => {
  const limit = { requests: 1, perMs: 1_000 };
  // The first attempt times out after 400 ms and arrives after 900, since its fetch ignores the signal.
  const here = await world(t, limit, (n) => (n === 1 ? [900, 0] : [0, 0]));
  const client = here.client({ timeout: 0 });
  const [{ id }] = here.sandbox.agents();
  const first = rejection(client.getAgent(id, { attemptTimeout: 400, maxRetries: 0 }));
  const second = client.getAgent(id);
  assert.equal((await here.time.run(first)).code, "timeout");
  await here.time.run(second);
  keptLimit(here, limit, 2);
  assert.ok(here.arrivals[1] - here.arrivals[0] < 1_100, String(here.arrivals));
});

test("a retry after a timeout takes another slot; the first one still counts", async (t) => {
  const limit = { requests: 2, perMs: 1_000 };
  const here = await world(t, limit, (n) => (n === 1 ? [1_250, 0] : [0, 0]));
  const client = here.client({ attemptTimeout: 300, timeout: 0 });
  const [{ id }] = here.sandbox.agents();
  await here.time.run(Promise.all([client.getAgent(id), client.getAgent(id), client.getAgent(id), client.getAgent(id)]));
  await here.time.pass(5_000);
  keptLimit(here, limit, 5);
});

test("a call that is aborted before fetch is called releases its slot at once", async (t) => {
  const limit = { requests: 1, perMs: 60_000 };
  const here = await world(t, limit);
  const controller = new AbortController();
  const onEvent = ({ type }) => type === "request" && controller.abort("gone");
  assert.equal(await rejection(here.client({ onEvent }).getAgent("a", { signal: controller.signal })), "gone");
  await here.time.run(here.client().getAgent(here.sandbox.agents()[0].id));
  assert.ok(here.since() < 10, `${here.since()} ms`);
});

for (const [attemptTimeout, lease] of [[2_000, 2_000], [0, 300_000], [Infinity, 300_000]]) {
  test(`an unreleased slot counts as in flight for ${lease} ms with an attemptTimeout of ${attemptTimeout}`, async (t) => {
    const { Centerfy } = await freshCopy();
    const time = ownTime(t);
    const sent = [];
    const fetch = () => (sent.push(time.now()), sent.length === 1 ? new Promise(() => {}) : Promise.resolve(answer({})));
    const options = { apiKey: "cfy_lost_request", baseUrl: "http://api.test", fetch, rateLimit: { requests: 1, perMs: 1_000 }, timeout: 0 };
    void new Centerfy({ ...options, attemptTimeout }).getAgent("lost");
    await time.settle();
    time.lose();
    await time.run(new Centerfy(options).getAgent("next"));
    const waited = sent[1] - sent[0];
    assert.ok(waited >= lease + 1_000 && waited <= lease + 1_010, `${waited} ms`);
  });
}

// A custom limiter is notified when a request can no longer arrive at the API, and when one arrived after all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, failure, hang, rejection, stub, stubbed, until } from "./support.mjs";

/** A limiter that records its notifications. */
function limiter(wrap = (release) => release) {
  const told = [];
  const asked = [];
  const acquire = (info) => {
    const slot = asked.push(info) - 1;
    return wrap((sent) => void told.push([slot, sent]));
  };
  return { acquire, asked, told };
}

const ways = { "at once": (release) => release, "by a promise": async (release) => release };

for (const [way, wrap] of Object.entries(ways)) {
  test(`a release that is returned ${way} is called when the headers have arrived, not the body`, async () => {
    const own = limiter(wrap);
    let end;
    const body = new Promise((resolve) => (end = resolve));
    const fetch = async () => ({ status: 200, headers: new Headers(), text: () => body });
    const call = stubbed(fetch, { rateLimit: own }).getAgent("a");
    await until(() => own.told.length);
    assert.deepEqual(own.told, [[0, true]]);
    end('{"id":"a"}');
    await call;
    assert.deepEqual(own.told, [[0, true]], "once");
  });

  test(`each attempt has its own release, returned ${way}`, async () => {
    const own = limiter(wrap);
    const fetch = stub((n) => (n === 1 ? answer({}, 503, { "retry-after-ms": "0" }) : n === 2 ? Promise.reject(new TypeError("lost")) : answer({ id: "a" })));
    await stubbed(fetch, { rateLimit: own }).getAgent("a");
    assert.deepEqual(own.told, [[0, true], [1, true], [2, true]]);
  });

  test(`an abandoned request was sent, and is released again when its fetch settles; the release is returned ${way}`, async () => {
    for (const options of [{ attemptTimeout: 20, maxRetries: 0 }, { timeout: 20 }, { signal: true }]) {
      const controller = new AbortController();
      const own = limiter(wrap);
      // This fetch ignores its signal, and delivers late.
      let deliver;
      const fetch = () => new Promise((resolve) => (deliver = () => resolve(answer({}))));
      const given = options.signal ? { signal: controller.signal } : options;
      const call = rejection(stubbed(fetch, { rateLimit: own }).getAgent("a", given));
      await until(() => deliver);
      if (options.signal) controller.abort("gone");
      await call;
      assert.deepEqual(own.told, [[0, true]], JSON.stringify(Object.keys(options)));
      deliver();
      await until(() => own.told.length > 1);
      await new Promise(setImmediate);
      assert.deepEqual(own.told, [[0, true], [0, true]]);
    }
  });

  test(`a request that was never passed to fetch was not sent; the release is returned ${way}`, async () => {
    const own = limiter(wrap);
    const controller = new AbortController();
    const onEvent = ({ type }) => type === "request" && controller.abort("gone");
    const fetch = stub();
    assert.equal(await rejection(stubbed(fetch, { rateLimit: own, onEvent }).getAgent("a", { signal: controller.signal })), "gone");
    assert.deepEqual([own.told, fetch.sent.length], [[[0, false]], 0]);
  });
}

test("a body that breaks off or is abandoned after its headers does not release again", async () => {
  const lost = () => Promise.reject(new TypeError("broken"));
  const never = () => new Promise(() => {});
  for (const text of [lost, never]) {
    const own = limiter();
    const fetch = async () => ({ status: 200, headers: new Headers(), text });
    const call = stubbed(fetch, { rateLimit: own, attemptTimeout: 20, maxRetries: 0 }).getAgent("a");
    await rejection(call);
    await new Promise(setImmediate);
    assert.deepEqual(own.told, [[0, true]]);
  }
});

test("a request that is repeated after a redirect can arrive until its second response", async () => {
  const own = limiter();
  let end;
  const second = new Promise((resolve) => (end = resolve));
  const fetch = stub((n) => (n === 1 ? new Response(null, { status: 308 }) : second));
  const options = { apiKey: undefined, baseUrl: undefined, proxy: "http://app.test/api", rateLimit: own };
  const call = stubbed(fetch, options).getAgent("a");
  await until(() => fetch.sent.length === 2);
  assert.deepEqual(own.told, []);
  end(answer({ id: "a" }));
  await call;
  assert.deepEqual(own.told, [[0, true]]);
});

test("a release that is returned after the call has ended is called with false", async () => {
  const told = [];
  let grant;
  const acquire = () => new Promise((resolve) => (grant = () => resolve((sent) => told.push(sent))));
  const controller = new AbortController();
  const call = rejection(stubbed(stub(), { rateLimit: { acquire } }).getAgent("a", { signal: controller.signal }));
  await until(() => grant);
  controller.abort("gone");
  assert.equal(await call, "gone");
  grant();
  await until(() => told.length);
  assert.deepEqual(told, [false]);
});

test("without fetch, nothing was sent", async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  globalThis.fetch = undefined;
  const own = limiter();
  await failure(stubbed(undefined, { rateLimit: own }).getAgent("a"), { code: "validation", field: "fetch" });
  assert.deepEqual(own.told, [[0, false]]);
});

test("a limiter gets the attempt's timeout", async () => {
  const cases = [[undefined, 30_000], [5_000, 5_000], [0, Infinity], [Infinity, Infinity]];
  for (const [attemptTimeout, told] of cases) {
    const own = limiter();
    await stubbed(stub(), { rateLimit: own }).getAgent("a", { attemptTimeout });
    assert.equal(own.asked[0].attemptTimeout, told);
  }
});

test("a release that fails, or is not a function, changes nothing", async (t) => {
  const seen = [];
  const listen = (error) => seen.push(error);
  process.on("unhandledRejection", listen);
  t.after(() => process.off("unhandledRejection", listen));
  const releases = [
    () => { throw new Error("no"); },
    () => Promise.reject(new Error("no")),
    7,
    { release() {} },
    null,
  ];
  for (const release of releases) {
    for (const acquire of [() => release, async () => release]) {
      const ends = stubbed(stub(() => answer({ id: "a" })), { rateLimit: { acquire } });
      assert.deepEqual(await ends.getAgent("a"), { id: "a" });
      const lost = stubbed(stub((n, url, { signal }) => hang(signal)), { rateLimit: { acquire }, timeout: 10 });
      await failure(lost.getAgent("a"), { code: "timeout" });
    }
  }
  await new Promise(setImmediate);
  assert.deepEqual(seen, []);
});

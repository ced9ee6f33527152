// Many calls: they leave nothing behind, and do not mix.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, freshCopy, hang, stubbed } from "./support.mjs";

/** A new copy of the package whose memory can be read. */
async function withMemory() {
  const { Instance } = WebAssembly;
  const { grow } = WebAssembly.Memory.prototype;
  let made;
  WebAssembly.Instance = class {
    constructor(...args) {
      return (made = new Instance(...args));
    }
  };
  const copy = await freshCopy();
  const load = stubbed(async () => answer({}), {}, copy.Centerfy).getAgent("a");
  await load.finally(() => (WebAssembly.Instance = Instance));
  // The entry without WebAssembly has no instance.
  const memory = Object.values(made?.exports ?? {}).find((value) => value instanceof WebAssembly.Memory);
  return { ...copy, pages: () => (memory ? memory.buffer.byteLength / 65_536 : undefined), grow };
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("100,000 calls, a third of which fail, leave memory, listeners and timers flat", { timeout: 120_000 }, async () => {
  const { Centerfy, pages } = await withMemory();
  const good = { status: 200, text: async () => '{"id":"a"}' };
  const headers = new Headers();
  const bad = { status: 404, headers, text: async () => '{"error":true,"message":"no"}' };
  const lost = new TypeError("lost");
  let n = 0;
  const fetch = async () => {
    if (++n % 3) return good;
    if (n % 2) throw lost;
    return bad;
  };
  const client = stubbed(fetch, { maxRetries: 0, rateLimit: { requests: 1e9, perMs: 1 } }, Centerfy);
  const controller = new AbortController();
  let listeners = 0;
  const signal = {
    get aborted() {
      return controller.signal.aborted;
    },
    addEventListener: () => listeners++,
    removeEventListener: () => listeners--,
  };
  const round = async (calls) => {
    let failed = 0;
    for (let i = 0; i < calls; i += 100) {
      const results = await Promise.allSettled(Array.from({ length: 100 }, () => client.getAgent("a", { signal })));
      failed += results.filter(({ status }) => status === "rejected").length;
    }
    return failed;
  };
  const before = timers();
  await round(10_000);
  const warm = { pages: pages(), heap: heap() };
  const failed = await round(90_000);
  assert.ok(Math.abs(failed - 30_000) <= 100, `${failed} failed`);
  assert.equal(pages(), warm.pages, "wasm memory");
  assert.equal(listeners, 0);
  assert.equal(timers(), before);
  const more = heap() - warm.heap;
  if (globalThis.gc) assert.ok(more < 3e6, `the heap grew by ${more} bytes`);
});

function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

test("2,000 calls in flight each get their own answer, and leave nothing", { timeout: 60_000 }, async () => {
  const { Centerfy, pages } = await withMemory();
  const waiting = [];
  const fetch = (url, { signal }) => new Promise((resolve, reject) => {
    waiting.push(() => resolve(answer({ id: url.split("/").at(-1) })));
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const client = stubbed(fetch, { rateLimit: { requests: 2000, perMs: 5 } }, Centerfy);
  const before = timers();
  const flight = async () => {
    waiting.length = 0;
    const calls = Array.from({ length: 2000 }, (_, i) => client.getAgent(`a${i}`));
    while (waiting.length < 2000) await new Promise((resolve) => setTimeout(resolve, 2));
    // The responses arrive in another order than the requests.
    for (const respond of waiting.sort(() => Math.random() - 0.5)) respond();
    const answers = await Promise.all(calls);
    assert.ok(answers.every(({ id }, i) => id === `a${i}`), "each its own");
  };
  await flight();
  const warm = pages();
  for (let i = 0; i < 4; i++) await flight();
  assert.equal(pages(), warm, "wasm memory");
  assert.equal(timers(), before);
});

test("2,000 queued calls that are aborted leave nothing", { timeout: 60_000 }, async () => {
  const { Centerfy, pages } = await withMemory();
  const client = stubbed((url, { signal }) => hang(signal), { rateLimit: { requests: 1, perMs: 60_000 } }, Centerfy);
  const before = timers();
  let warm;
  for (let i = 0; i < 5; i++) {
    const controllers = Array.from({ length: 2000 }, () => new AbortController());
    const calls = controllers.map(({ signal }) => client.getAgent("a", { signal }).catch((reason) => reason));
    for (const controller of controllers) controller.abort("gone");
    assert.ok((await Promise.all(calls)).every((reason) => reason === "gone"));
    warm ??= pages();
  }
  assert.equal(pages(), warm, "wasm memory");
  assert.equal(timers(), before);
});

// What every store does, whatever is behind it. It imports nothing, so that it runs in every runtime:
// `suite(makeStore)`, where each call of `makeStore` gives a store that nothing else uses.

function check(condition, what) {
  if (!condition) throw new Error(what);
}

function equal(actual, expected, what) {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(seen === wanted, `${what}: ${seen}, not ${wanted}`);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const info = { operation: "getAgent", attempt: 1 };

/** No window of that length has more than so many of these times. Clocks are rounded by a millisecond. */
const windows = (times, { requests, perMs }) => {
  const sorted = [...times].sort((a, b) => a - b);
  const tooSoon = sorted.findIndex((at, i) => i >= requests && at - sorted[i - requests] < perMs - 1);
  equal(tooSoon, -1, `the first that went too soon of ${sorted.map((at) => Math.round(at - sorted[0]))}`);
};

const beginning = { fingerprint: "f1", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };

const tests = {
  async "no window has more than its limit, and whoever came first goes first"(store) {
    // A busy machine tells of a place late; the longer the window, the less that is of its margin.
    const limit = { requests: 5, perMs: 1_000 };
    const limiter = store.limiter(limit);
    const went = [];
    await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        await limiter.acquire(info);
        went.push([i, performance.now()]);
      }),
    );
    equal(went.map(([i]) => i), Array.from({ length: 16 }, (_, i) => i), "the order");
    windows(went.map(([, at]) => at), limit);
  },

  async "limiters of one name share their places, others do not"(store) {
    const limit = { requests: 2, perMs: 400 };
    const began = performance.now();
    for (const limiter of [store.limiter(limit), store.limiter(limit)]) await limiter.acquire(info);
    await store.limiter(limit, "other").acquire(info);
    check(performance.now() - began < 390, "who has another name waited");
    await store.limiter(limit).acquire(info);
    check(performance.now() - began > 390, "the third did not wait");
  },

  async "who leaves gives the place back"(store) {
    const limiter = store.limiter({ requests: 1, perMs: 400 });
    const began = performance.now();
    await limiter.acquire(info);
    const controllers = Array.from({ length: 20 }, () => new AbortController());
    const leaving = controllers.map(({ signal }) => limiter.acquire({ ...info, signal }).catch((reason) => reason));
    const last = limiter.acquire(info);
    await pause(50);
    for (const controller of controllers) controller.abort("enough");
    equal(await Promise.all(leaving), Array(20).fill("enough"), "the reasons");
    await last;
    const waited = performance.now() - began;
    check(waited > 390 && waited < 4_000, `it waited ${waited} ms`);
    const aborted = limiter.acquire({ ...info, signal: AbortSignal.abort("before") });
    equal(await aborted.catch((reason) => reason), "before", "the reason of a signal that had aborted");
  },

  async "a pause moves everybody, those who have a place already too"(store) {
    const limiter = store.limiter({ requests: 2, perMs: 150 });
    const began = performance.now();
    const going = Promise.all(Array.from({ length: 4 }, async () => (await limiter.acquire(info), performance.now() - began)));
    await pause(60);
    limiter.hold({ ms: 400 });
    limiter.hold({ ms: 0 });
    const times = (await going).sort((a, b) => a - b);
    check(times[1] < 400, `the first two went at ${times}`);
    check(times[2] > 440, `the others went at ${times}`);
  },

  async "a quota refuses instead of making wait"(store) {
    const limit = { requests: 3, perMs: 300 };
    const answers = await Promise.all(Array.from({ length: 5 }, () => store.quotas.admit("mia", limit)));
    equal(answers.filter((wait) => wait === 0).length, 3, "how many were admitted");
    const wait = Math.max(...answers);
    check(wait > 0 && wait <= 300, `it says ${wait} ms`);
    equal(await store.quotas.admit("noah", limit), 0, "another one's wait");
    await pause(wait + 20);
    equal(await store.quotas.admit("mia", limit), 0, "the wait afterwards");
  },

  async "of many who begin one gets it, and the others its answer"(store) {
    const all = await Promise.all(Array.from({ length: 10 }, () => store.records.begin("k", beginning)));
    const begun = all.filter(({ state }) => state === "begun");
    equal([begun.length, all.filter(({ state }) => state === "running").length], [1, 9], "who begins, and who waits");
    equal((await store.records.begin("k", { ...beginning, fingerprint: "f2" })).state, "different", "another request");
    await store.records.finish("k", "somebody", "no");
    equal((await store.records.begin("k", beginning)).state, "running", "after somebody else's answer");
    const answer = '{"status":200,"body":{"content":"ü🙂"}}';
    await store.records.finish("k", begun[0].owner, answer);
    const done = await store.records.begin("k", beginning);
    equal([done.state, JSON.parse(done.answer)], ["done", JSON.parse(answer)], "the answer");
    equal((await store.records.begin("other", beginning)).state, "begun", "another key");
  },

  async "what is forgotten may begin anew, and only its owner forgets it"(store) {
    const { owner } = await store.records.begin("k", beginning);
    await store.records.forget("k", "somebody");
    equal((await store.records.begin("k", beginning)).state, "running", "after somebody else");
    await store.records.forget("k", owner);
    // Sent before this store was there; it knows all the same that nothing came of it.
    const again = await store.records.begin("k", { ...beginning, fingerprint: "f2", sinceMs: 3_600_000 });
    equal(again.state, "begun", "afterwards");
    await store.records.finish("k", owner, "the first owner's");
    equal((await store.records.begin("k", { ...beginning, fingerprint: "f2" })).state, "running", "after the first owner's answer");
    await store.records.finish("k", again.owner, "done");
    equal((await store.records.begin("k", { ...beginning, fingerprint: "f2" })).state, "done", "after the second owner's");
  },

  async "what was begun and never finished is never begun again, until it is no longer kept"(store) {
    await store.records.begin("k", { ...beginning, leaseMs: 40, keepMs: 600 });
    await pause(100);
    equal((await store.records.begin("k", beginning)).state, "unfinished", "after its lease");
    await pause(600);
    equal((await store.records.begin("k", beginning)).state, "begun", "after its time");
  },

  async "a store that remembers for less long than the caller does not know"(store) {
    await store.records.begin("first", beginning);
    equal((await store.records.begin("k", { ...beginning, sinceMs: 3_600_000 })).state, "unfinished", "the state");
    await pause(120);
    equal((await store.records.begin("k", { ...beginning, sinceMs: 20 })).state, "begun", "of one that is younger than the store");
  },
};

/**
 * Runs all of them, one after the other.
 *
 * @returns {Promise<{ name: string, error: unknown }[]>} without an error where all is well
 */
export async function suite(makeStore) {
  const results = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test(await makeStore());
      results.push({ name, error: undefined });
    } catch (error) {
      results.push({ name, error });
    }
  }
  return results;
}

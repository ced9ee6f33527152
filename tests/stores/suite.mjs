// What every store does, whatever its backend. It imports nothing, so that it runs in every runtime:
// `suite(makeStore)`, where each call of `makeStore` returns an unused store.

function check(condition, what) {
  if (!condition) throw new Error(what);
}

function equal(actual, expected, what) {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(seen === wanted, `${what}: ${seen}, not ${wanted}`);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const inWorkers = () => globalThis.navigator?.userAgent === "Cloudflare-Workers";
const info = { operation: "getAgent", attempt: 1 };

/** Asserts that no window has more of these times than the limit. Clocks are rounded by a millisecond. */
const windows = (times, { requests, perMs }) => {
  const sorted = [...times].sort((a, b) => a - b);
  const tooSoon = sorted.findIndex((at, i) => i >= requests && at - sorted[i - requests] < perMs - 1);
  equal(tooSoon, -1, `the first that went too soon of ${sorted.map((at) => Math.round(at - sorted[0]))}`);
};

const request = { owner: "one", fingerprint: "f1", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };
const another = { ...request, owner: "another" };

const tests = {
  async "no window has more than its limit, and calls are served in order"(store) {
    const limit = { requests: 5, perMs: 1_000 };
    const limiter = store.limiter(limit);
    const went = [];
    await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        await limiter.acquire(info);
        went.push([i, performance.now()]);
      }),
    );
    // In Workers each call has its own timer: within a window calls overtake each other.
    const turn = inWorkers() ? (i) => Math.floor(i / limit.requests) : (i) => i;
    equal(went.map(([i]) => turn(i)), Array.from({ length: 16 }, (_, i) => turn(i)), "the order");
    windows(went.map(([, at]) => at), limit);
  },

  async "limiters with one name share their slots, others do not"(store) {
    const limit = { requests: 2, perMs: 60_000 };
    for (const limiter of [store.limiter(limit), store.limiter(limit)]) await limiter.acquire(info);
    const controller = new AbortController();
    const order = [];
    const third = store.limiter(limit).acquire({ ...info, signal: controller.signal }).then(
      () => order.push("the third went"),
      () => order.push("the third was aborted"),
    );
    for (const name of ["other", "another"]) await store.limiter(limit, name).acquire(info).then(() => order.push(name));
    controller.abort();
    await third;
    equal(order, ["other", "another", "the third was aborted"], "the order");
  },

  async "a slot counts until one window after its answer"(store) {
    const limiter = store.limiter({ requests: 1, perMs: 300 });
    const release = await limiter.acquire({ ...info, attemptTimeout: 60_000 });
    const next = limiter.acquire(info);
    await pause(400);
    const answered = performance.now();
    release(true);
    release(false);
    await next;
    const waited = performance.now() - answered;
    check(waited >= 299, `it waited ${waited} ms after the answer`);
  },

  async "a slot whose request arrived later than reported counts until one window after that"(store) {
    const perMs = 2_000;
    const limiter = store.limiter({ requests: 1, perMs });
    const release = await limiter.acquire({ ...info, attemptTimeout: 60_000 });
    const next = limiter.acquire(info);
    release(true);
    await pause(100);
    const arrived = performance.now();
    release(true);
    await next;
    const waited = performance.now() - arrived;
    check(waited >= perMs - 1, `it waited ${waited} ms after the late arrival`);
  },

  async "a slot whose request was not sent is free at once"(store) {
    const perMs = 60_000;
    const limiter = store.limiter({ requests: 1, perMs });
    const release = await limiter.acquire({ ...info, attemptTimeout: 60_000 });
    const began = performance.now();
    release(false);
    release(true);
    await limiter.acquire(info);
    const waited = performance.now() - began;
    check(waited < perMs / 2, `it waited ${waited} ms`);
  },

  async "a limiter says how long a call would wait"(store) {
    const perMs = 60_000;
    const limiter = store.limiter({ requests: 1, perMs });
    const began = performance.now();
    await limiter.acquire(info);
    const controller = new AbortController();
    const waiting = limiter.acquire({ ...info, signal: controller.signal }).catch(() => {});
    // The second call is queued once the store has replied.
    const isSoon = () => performance.now() - began < 20_000;
    while (limiter.waitMs() < 1.5 * perMs && isSoon()) await pause(10);
    const wait = limiter.waitMs();
    const passed = performance.now() - began;
    check(wait > 1.5 * perMs && wait <= 2 * perMs + passed + 100, `it says ${wait} ms, behind one that waits`);
    controller.abort();
    await waiting;
  },

  async "each of several limits with one name holds"(store) {
    const [long, short] = [{ requests: 3, perMs: 600 }, { requests: 50, perMs: 20 }];
    const went = [];
    const go = async (limit) => (await store.limiter(limit).acquire(info), went.push(performance.now()));
    // From now on the store knows how long slots count.
    await go(long);
    while (went.length < 12) await go(short);
    await go(long);
    const inWindow = went.slice(0, -1).filter((at) => at > went.at(-1) - 599).length;
    check(inWindow < 3, `${inWindow} went in the long window before`);
  },

  async "a call that is aborted while queued releases its slot"(store) {
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

  async "a pause holds every queued call, also one that has a slot already"(store) {
    const limiter = store.limiter({ requests: 2, perMs: 150 });
    const times = [];
    const going = Promise.all(Array.from({ length: 4 }, async () => (await limiter.acquire(info), times.push(performance.now()))));
    while (times.length < 2) await pause(1);
    const held = performance.now();
    limiter.hold({ ms: 400 });
    limiter.hold({ ms: 0 });
    await going;
    check(times[2] - held >= 399, `they went ${times.slice(2).map((at) => at - held)} ms after the pause began`);
  },

  async "a quota refuses at once instead of queueing"(store) {
    const limit = { requests: 3, perMs: 1_000 };
    const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => store.quotas.admit("mia", limit, `mia-${i}`)));
    equal(answers.filter((wait) => wait === 0).length, 3, "how many were admitted");
    const wait = Math.max(...answers);
    check(wait > 0 && wait <= limit.perMs, `it says ${wait} ms`);
    equal(await store.quotas.admit("noah", limit, "noah-0"), 0, "the wait of another subject");
    await pause(wait + 20);
    equal(await store.quotas.admit("mia", limit, "mia-5"), 0, "the wait afterwards");
  },

  async "a quota counts an id once, and releases an id that was not sent"(store) {
    const limit = { requests: 1, perMs: 60_000 };
    equal(await store.quotas.admit("mia", limit, "a"), 0, "the first");
    equal(await store.quotas.admit("mia", limit, "a"), 0, "the same, again");
    check((await store.quotas.admit("mia", limit, "b")) > 0, "another one was admitted");
    await store.quotas.release("mia", "a");
    equal(await store.quotas.admit("mia", limit, "b"), 0, "another one, afterwards");
  },

  async "one of many concurrent requests owns the record, and the others get its answer"(store) {
    const owners = Array.from({ length: 10 }, (_, i) => ({ ...request, owner: `owner-${i}` }));
    const all = await Promise.all(owners.map((request) => store.records.begin("k", request)));
    const states = all.map(({ state }) => state);
    equal([...states].sort(), ["new", ...Array(9).fill("running")], "the states");
    const owner = owners[states.indexOf("new")].owner;
    equal((await store.records.read("k", { ...another, fingerprint: "f2" })).state, "different", "another request");
    await store.records.finish("k", "another owner", "no");
    equal((await store.records.read("k", another)).state, "running", "after another owner's answer");
    const answer = '{"status":200,"body":{"content":"ü🙂"}}';
    await store.records.finish("k", owner, answer);
    for (const step of ["read", "begin"]) {
      const done = await store.records[step]("k", another);
      equal([done.state, JSON.parse(done.answer)], ["done", JSON.parse(answer)], `the answer to ${step}`);
    }
    equal((await store.records.begin("other", another)).state, "new", "another key");
  },

  async "reading a record changes nothing"(store) {
    for (let reads = 0; reads < 2; reads++) equal((await store.records.read("k", request)).state, "new", `read ${reads}`);
    equal((await store.records.begin("k", request)).state, "new", "begin");
  },

  async "an owner that begins again is still the owner"(store) {
    for (let times = 0; times < 2; times++) equal((await store.records.begin("k", request)).state, "new", `begin ${times}`);
    equal((await store.records.begin("k", another)).state, "running", "another owner");
    await store.records.finish("k", request.owner, '"answer"');
    equal((await store.records.begin("k", request)).state, "done", "after its answer");
  },

  async "a forgotten key is new, and only its owner forgets it"(store) {
    await store.records.begin("k", request);
    await store.records.forget("k", "another owner");
    equal((await store.records.read("k", another)).state, "running", "after another owner");
    await store.records.forget("k", request.owner);
    // The request is older than this store, which still knows that it was not executed.
    const again = { ...another, fingerprint: "f2", sinceMs: 3_600_000 };
    equal((await store.records.begin("k", again)).state, "new", "afterwards");
    await store.records.finish("k", request.owner, "the first owner's");
    equal((await store.records.read("k", { ...request, fingerprint: "f2" })).state, "running", "after the first owner's answer");
    await store.records.finish("k", another.owner, '"done"');
    equal((await store.records.read("k", { ...request, fingerprint: "f2" })).state, "done", "after the second owner's");
  },

  async "a begin that arrives after its forget starts nothing"(store) {
    await store.records.forget("k", request.owner);
    check((await store.records.begin("k", request)).state !== "new", "the late one began");
    equal((await store.records.begin("k", another)).state, "new", "another owner");
    check((await store.records.begin("k", request)).state !== "new", "the late one began, afterwards");
  },

  async "a lease ends, unless it is renewed"(store) {
    const leaseMs = 1_000;
    await store.records.begin("k", { ...request, leaseMs });
    await store.records.renew("k", "another owner", 60_000);
    await store.records.begin("renewed", { ...request, leaseMs });
    await store.records.renew("renewed", request.owner, 60_000);
    await pause(leaseMs + 100);
    equal((await store.records.read("k", another)).state, "unknown", "after its lease");
    equal((await store.records.begin("k", another)).state, "unknown", "at begin");
    equal((await store.records.read("renewed", another)).state, "running", "after it was renewed");
  },

  async "a started record without an answer is kept for keepMs"(store) {
    await store.records.begin("k", { ...request, leaseMs: 40, keepMs: 600 });
    await pause(700);
    equal((await store.records.begin("k", another)).state, "new", "after its time");
  },

  async "a record that is not in flight is settled, as often as the step is repeated"(store) {
    const settle = (...args) => store.records.settle("k", ...args);
    equal(await settle("", ""), false, "without a record");
    await store.records.begin("k", { ...request, leaseMs: 500 });
    equal(await settle("", ""), false, "in flight");
    await pause(600);
    equal(await settle("other", ""), false, "with another answer");
    for (let times = 0; times < 2; times++) equal(await settle("", '{"status":200}'), true, `as delivered, ${times}`);
    equal((await store.records.read("k", another)).answer, '{"status":200}', "the new answer");
    for (let times = 0; times < 2; times++) equal(await settle('{"status":200}', ""), true, `as not delivered, ${times}`);
    equal(await settle("", '{"status":200}'), false, "after it was forgotten");
    equal((await store.records.begin("k", { ...another, sinceMs: 3_600_000 })).state, "new", "afterwards");
    equal((await store.records.read("k", { ...request, fingerprint: "*" })).state, "running", "read without its request");
  },

  async "each item of a run is claimed by one process, and started once"(store) {
    const claim = (owner, keys, more) => store.runs.claim("r", { settings: '{"a":1}', owner, leaseMs: 1_000, keepMs: 60_000, most: 2, ...more }, keys);
    const keys = ["1", "2e3", '{"3":3}', "four"];
    const claims = await Promise.all([claim("one", keys), claim("another", keys)]);
    const claimed = claims.flatMap(({ items }) => keys.filter((_, i) => items[i][0] === "claimed"));
    equal([...claimed].sort(), [...keys].sort(), "the claimed items");
    const [owner, other] = claims[0].items[0][0] === "claimed" ? ["one", "another"] : ["another", "one"];
    equal((await store.runs.startItem("r", "1", "request", other, 1_000)).state, "running", "claimed by another process");
    for (let times = 0; times < 2; times++) equal((await store.runs.startItem("r", "1", "request", owner, 60_000)).state, "new", `started ${times}`);
    equal((await store.runs.startItem("r", "1", "another request", owner, 1_000)).state, "running", "started by another request");
    await store.runs.renewItem("r", "1", "request", 1_000);
    equal((await claim("third", keys, { settings: '{"a":2}' })).settings, '{"a":1}', "with other settings");
    await pause(1_100);
    const { items } = await claim("third", keys);
    equal(items.map(([state]) => state), ["unknown", "claimed", "claimed", "free"], "after the leases");
    equal((await store.runs.startItem("r", "1", "another request", "third", 1_000)).state, "unknown", "after its lease");
    equal((await claim("third", ["2e3"], { leaseMs: 0 })).items[0][0], "claimed", "released");
    equal((await claim("fourth", ["2e3"])).items[0][0], "claimed", "after it was released");
  },

  async "the items of a run are listed by their states"(store) {
    const claim = (keys) => store.runs.claim("r", { settings: "s", owner: "one", leaseMs: 1_000, keepMs: 60_000, most: 9 }, keys);
    await claim(["1", "2e3", '{"3":3}', "four"]);
    await store.runs.startItem("r", "1", "request", "one", 1_000);
    for (let times = 0; times < 2; times++) equal(await store.runs.endItem("r", "1", "request", "sent", '{"answer": "ü🙂 2.0"}'), true, `sent ${times}`);
    equal(await store.runs.endItem("r", "1", "request", "free", ""), false, "after it was sent");
    equal((await claim(["1"])).items, [["sent", '{"answer": "ü🙂 2.0"}']], "the answer");
    equal(await store.runs.endItem("r", "2e3", "another process", "skipped", "7"), false, "by another process");
    equal(await store.runs.endItem("r", "2e3", "one", "skipped", "7"), true, "skipped");
    await store.runs.startItem("r", "four", "request", "one", 1_000);
    equal(await store.runs.endItem("r", "four", "request", "unknown", "7"), true, "unknown");
    equal(await store.runs.endItem("r", "unheard of", "", "sent", ""), false, "settled without a record");
    const listed = new Map();
    let cursor = "";
    do {
      const page = await store.runs.listItems("r", cursor, 2);
      for (const [key, ...item] of page.items) listed.set(key, item);
      cursor = page.cursor;
    } while (cursor);
    const states = [["1", ["sent", ""]], ["2e3", ["skipped", "7"]], ["four", ["unknown", "7"]], ['{"3":3}', ["claimed", ""]]];
    equal([...listed].sort(([a], [b]) => (a < b ? -1 : 1)), states, "the items");
    for (let times = 0; times < 2; times++) equal(await store.runs.endItem("r", "four", "", "free", ""), true, `settled ${times}`);
    equal((await store.runs.listItems("another", "", 2)).items, [], "another run");
  },

  async "a store that is younger than a request does not know its outcome"(store) {
    await store.records.begin("first", request);
    equal((await store.records.begin("k", { ...request, sinceMs: 3_600_000 })).state, "unknown", "the state");
    await pause(120);
    equal((await store.records.begin("k", { ...request, sinceMs: 20 })).state, "new", "of a request that is younger than the store");
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

/**
 * The Durable Object in workerd: it fails during a step or after it, gets no further requests, and moves to
 * a machine whose clock is behind.
 */
import { mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { controlOf } from "../support/control.mjs";
import { operations } from "../support/samples.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { until } from "./support/until.mjs";

const FILES = { "worker.mjs": "app/worker-object.mjs", "stores-suite.mjs": "../stores/suite.mjs" };
const HOUR_MS = 3_600_000;

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

const asking = (worker) => async (path, body) => {
  const response = await worker.dispatchFetch(`http://worker${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
  const text = await response.text();
  must(response.ok, `${path}: ${response.status} ${text}`);
  return JSON.parse(text);
};

/** Guaranteed only where no step fails: the order, the length of a wait, and that a late arrival is reported in time. */
const UNDISTURBED = [
  "no window has more than its limit, and calls are served in order",
  "a limiter says how long a call would wait",
  "a slot whose request arrived later than reported counts until one window after that",
];

/** Each step fails once, and the calls continue. */
const goesOn = async (worker, project, context) => {
  const results = (await asking(worker)("/suite")).filter(({ name }) => !UNDISTURBED.includes(name));
  const wrong = results.filter(({ error }) => error);
  must(!wrong.length, wrong.map(({ name, error }) => `${name}: ${error}`).join("\n"));
  const { Centerfy } = createRequire(join(project, "x.js"))("centerfy");
  const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
  const control = controlOf(context.sandbox);
  const world = await control("GET", `/${apiKey}`);
  const { origin } = await worker.ready;
  for (const path of ["failing", "aborted"]) {
    const before = (await control("GET", `/${apiKey}/deliveries`)).length;
    const client = new Centerfy({ proxy: `${origin}/${path}`, rateLimit: false, maxRetries: 0 });
    await operations.sendMessage.call(client, world);
    const sent = (await control("GET", `/${apiKey}/deliveries`)).length - before;
    must(sent === 1, `${path}: sent ${sent} times`);
  }
  return results.length;
};

const record = { owner: "one", fingerprint: "f", leaseMs: 60_000, sinceMs: 0 };

/** Without further steps, all records are removed when they expire, and then no alarm is set. */
const clears = async (start) => {
  let worker = await start();
  let ask = asking(worker);
  for (const keepMs of [4_000, 12_000]) {
    await ask("/step", ["records", "begin", `kept for ${keepMs}`, { ...record, keepMs }]);
    await ask("/step", ["records", "finish", `kept for ${keepMs}`, record.owner, '"See you at ten."']);
  }
  const { records, alarm } = await ask("/kept");
  must(records === 2 && alarm !== null, `${records} records, and the alarm at ${alarm}`);
  await until("a record is removed", async () => (await ask("/kept")).records === 1);
  // Killed, and started again.
  await worker.dispose();
  worker = await start();
  ask = asking(worker);
  await until("the last record is removed", async () => {
    const { records, alarm } = await ask("/kept");
    must(records === 0 || alarm !== null, "a record is kept and no alarm is set");
    return records === 0 && alarm === null;
  });
  return worker;
};

/** Waits that a wrong clock would make hours long. */
const movesAlong = async (ask) => {
  const limit = { requests: 1, perMs: 2_000 };
  const acquire = () => ask("/step", ["limiter", limit, "acquire", { operation: "getAgent", attempt: 1, attemptTimeout: 1_000 }]);
  const move = async (ms, isAborted) => {
    await ask("/ahead", ms);
    if (isAborted) await ask("/abort").catch(() => {});
  };
  const admit = (id) => ask("/step", ["quotas", "admit", "mia", limit, id]);
  await ask("/step", ["records", "begin", "running", { ...record, keepMs: 10 * HOUR_MS, leaseMs: 1_000 }]);
  for (const isAborted of [true, false]) {
    const where = isAborted ? "an object that was moved" : "an object whose clock was put back";
    await acquire();
    await ask("/step", ["limiter", limit, "hold", { ms: 1_500 }]);
    // In the second round, the quota may still be used by the last request of the first.
    await until(`${where} admits the first`, async () => (await admit(`${isAborted} 1`)) === 0);
    await move(-2 * HOUR_MS, isAborted);
    const wait = await admit(`${isAborted} 2`);
    must(wait > 0 && wait <= limit.perMs, `${where} says to wait for ${wait} ms`);
    const waited = await acquire();
    must(waited < 4 * limit.perMs, `${where} had a call wait for ${waited} ms`);
    await until("the quota has room", async () => (await admit(`${isAborted} 3`)) === 0);
  }
  const reading = ["records", "read", "running", { ...record, owner: "two", leaseMs: 1_000, keepMs: 1 }];
  await until("the lease ends", async () => (await ask("/step", reading)).state === "unknown");
};

const object = {
  name: "object-workerd",
  waits: true,
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const project = await bundle(context, this.name, FILES);
    const options = {
      durableObjects: {
        CENTERFY: { className: "CenterfyObject", useSQLite: true },
        FAILING: { className: "FailingObject", useSQLite: true },
      },
      durableObjectsPersist: await mkdtemp(join(context.folder, "objects-")),
    };
    const worker = await clears(() => ofModules(project, options));
    try {
      await movesAlong(asking(worker));
      return `cleared while it was alone; moved by two hours; ${await goesOn(worker, project, context)} tests of a store whose steps all fail once`;
    } finally {
      await worker.dispose();
    }
  },
};

export const setups = [object];

/**
 * Objects that are made at the top level of a Worker's module, without a clock, random numbers and a network,
 * and their requests, in the first isolate and in the next one.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { controlOf } from "../support/control.mjs";
import { operations } from "../support/samples.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { until } from "./support/until.mjs";

const DAY_MS = 86_400_000;
/** The delay of the API, in milliseconds, during which the isolate ends. */
const LATE_MS = 60_000;

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

const json = async (worker, path) => {
  const response = await worker.dispatchFetch(`http://worker${path}`);
  const text = await response.text();
  must(response.ok, `${path}: ${response.status} ${text}`);
  return JSON.parse(text);
};

const DURABLE = { durableObjects: { CENTERFY: { className: "CenterfyObject", useSQLite: true } } };

/** Asserts that making the objects read nothing, and that all of them work. */
const works = async (worker, agent) => {
  const read = await json(worker, "/read");
  must(!read.length, `it read ${read}`);
  must((await json(worker, `/client/${agent}`)) === agent, "the client");
  for (const name of ["plain", "memory", "durable"]) must((await json(worker, `/${name}/get-agent/${agent}`)).id === agent, name);
  const { newest, now } = await json(worker, "/sandbox");
  must(Math.abs(now - newest) < 100 * DAY_MS, `the sandbox's newest message is of ${new Date(newest).toISOString()}`);
};

/**
 * The isolate ends after the request was sent to the API and before its answer was recorded; the client
 * retries in the next one, which has its own memory.
 */
const asksOnce = async (next, project, { apiKey, control, world }) => {
  const { Centerfy } = createRequire(join(project, "x.js"))("centerfy");
  const before = (await control("GET", `/${apiKey}/log`)).length;
  const sent = async () => (await control("GET", `/${apiKey}/log`)).slice(before);
  const statuses = [];
  const send = async (url, init) => {
    const isFirst = !statuses.length;
    statuses.push(0);
    const { pathname } = new URL(url);
    const asking = fetch(new URL(pathname, await next()), init);
    if (isFirst) {
      asking.catch(() => {});
      await until("the API is asked", async () => (await sent()).some(({ operation }) => operation === "sendMessage"));
      await next.leave();
      throw new TypeError("the connection was reset");
    }
    const response = await asking;
    statuses[statuses.length - 1] = response.status;
    return response;
  };
  const client = new Centerfy({ proxy: "http://proxy.test/plain", fetch: send, rateLimit: false });
  const error = await operations.sendMessage.call(client, world).then(() => undefined, (error) => error);
  must(error?.status === 409 && error.maybeDelivered, `the client was told ${error ?? "a success"}; it got ${statuses}`);
  const asked = (await sent()).filter(({ operation }) => operation === "sendMessage").length;
  must(asked === 1, `the API was asked ${asked} times`);
};

/** workerd is killed. */
const killed = (project, options) => {
  let starting = ofModules(project, options);
  const next = async () => (await starting).ready;
  next.leave = async () => {
    const worker = await starting;
    starting = worker.dispose().then(() => ofModules(project, options));
    await starting;
  };
  next.dispose = async () => (await starting).dispose();
  return next;
};

/** The same Worker, in another isolate. */
const replaced = (project, options) => {
  const isolates = [ofModules(project, options), ofModules(project, options)];
  const next = async () => (await isolates[0]).ready;
  const left = [];
  next.leave = async () => void left.push(isolates.shift());
  next.dispose = () => Promise.all([...isolates, ...left].map(async (starting) => (await starting).dispose()));
  return next;
};

const topLevel = {
  name: "top-level-workerd",
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const project = await bundle(context, this.name, { "worker.mjs": "app/worker-top-level.mjs" });
    const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
    const control = controlOf(context.sandbox);
    const world = await control("GET", `/${apiKey}`);
    const worker = await ofModules(project, DURABLE);
    try {
      await works(worker, world.agents[0].id);
    } finally {
      await worker.dispose();
    }
    for (const isolates of [killed, replaced]) {
      await control("POST", `/${apiKey}/faults`, { operation: "sendMessage", type: "delay", ms: LATE_MS, times: 1 });
      const next = isolates(project, DURABLE);
      try {
        await asksOnce(next, project, { apiKey, control, world });
      } finally {
        await next.dispose();
      }
    }
    return "nothing is read at the top level; a new isolate asks the API no second time";
  },
};

export const setups = [topLevel];

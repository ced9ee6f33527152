/**
 * Never twice, on a Durable Object: workerd is killed at each stage of a call, and at random moments of many
 * calls, and started again, with its object's storage on a disk. Behind the proxy, the sandbox counts the
 * deliveries. `CENTERFY_KILLS` is the number of kills at random moments, 40 by default.
 */
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PATH } from "../proxy/app.mjs";
import { delivered, neverTwice, operations } from "../support/samples.mjs";
import { controlOf } from "../support/control.mjs";
import { random } from "../support/random.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { makeWorld } from "./support/sandbox.mjs";

const LOST = "the answer is lost";
const MOMENTS = [
  "nothing is written",
  "it waits for its slot",
  "the record is written",
  "the request is on the wire",
  "the answer is on its way",
  "the answer is written down",
  LOST,
];
/** The outcome is known if the record has the response, or nothing was started. */
const CERTAIN = new Set(["nothing is written", "it waits for its slot", "the answer is written down", LOST]);

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

/**
 * A server to which Workers report the stages of their calls. `reached` has functions to call instead of a
 * response, and `begun` gets the calls that are about to create their record.
 */
const listen = async (reached, begun) => {
  const server = createServer(({ url }, response) => {
    const [, what, call] = url.split("/");
    if (what === "reached") return reached.get(call)();
    begun.add(call);
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
};

/** A Worker that can be killed and started again; `fetch` goes to the current process. */
class Mortal {
  #project;
  #options;
  #starting;

  constructor(project, options) {
    this.#project = project;
    this.#options = options;
    this.#starting = ofModules(project, options);
  }

  /** Miniflare ends workerd with SIGKILL. */
  killAndStart() {
    const before = this.#starting;
    this.#starting = before.then((worker) => worker.dispose()).then(() => ofModules(this.#project, this.#options));
    return this.#starting;
  }

  async url(path) {
    return new URL(path, await (await this.#starting).ready);
  }

  async dispose() {
    await (await this.#starting).dispose();
  }
}

const settled = (promise) =>
  promise.then(
    (answer) => ({ answer }),
    (error) => ({ error }),
  );

/** Under this limit no call is queued. */
const NO_LIMIT = { requests: 1_000, perMs: 1_000 };

/** A call's fetch: to the current process of the Worker. */
const sendTo = (worker, headersOf) => async (url, init) => {
  const { pathname } = new URL(url);
  return fetch(await worker.url(pathname), { ...init, headers: { ...init.headers, ...headersOf() } });
};

const clientOf = (Centerfy, send, maxRetries) => new Centerfy({ proxy: `http://proxy.test${PATH}`, fetch: send, rateLimit: false, maxRetries });

/** Kills the Worker at that stage of that operation, while a client continues. */
const killAt = async (moment, operation, { Centerfy, worker, sandbox, reached }) => {
  const apiKey = await makeWorld(sandbox);
  const endpoint = controlOf(sandbox);
  const world = { ...(await endpoint("GET", `/${apiKey}`)), api_key: apiKey };
  let killed = false;
  const kill = () => {
    killed = true;
    return worker.killAndStart();
  };
  reached.set(apiKey, () => killed || kill());
  const headersOf = () => ({ "x-key": apiKey, "x-call": apiKey, "x-moment": killed ? "" : moment, "x-limit": JSON.stringify(NO_LIMIT) });
  const send = sendTo(worker, headersOf);
  const sendAndKill = async (...request) => {
    const response = await send(...request);
    if (moment !== LOST || killed) return response;
    await response.arrayBuffer();
    await kill();
    throw new TypeError("the connection was reset");
  };
  // The object's records are complete since its first use, which must be before the call.
  await fetch(await worker.url("/first"), { headers: { "x-key": apiKey } });
  const { answer, error } = await settled(operations[operation].call(clientOf(Centerfy, sendAndKill, 4), world));
  const times = delivered(await endpoint("GET", `/${apiKey}/deliveries`));
  const told = `${operation}, killed when ${moment}: ${times} times, and was told ${error ?? "a success"}`;
  must(killed, `${told}; it was not killed`);
  must(times <= 1 && (!answer || times === 1), told);
  must(!error || !times || error.maybeDelivered, told);
  must(answer || !CERTAIN.has(moment), told);
};

/** A Worker with its objects on a disk. */
const startMortal = async (project, { folder }) =>
  new Mortal(project, {
    durableObjects: { CENTERFY: { className: "CenterfyObject", useSQLite: true } },
    durableObjectsPersist: await mkdtemp(join(folder, "objects-")),
  });

const centerfyOf = (project) => createRequire(join(project, "x.js"))("centerfy").Centerfy;

/** A Worker and an object for each operation. */
const killAtEachMoment = async (operation, project, context, { reached }) => {
  const Centerfy = centerfyOf(project);
  const worker = await startMortal(project, context);
  try {
    for (const moment of MOMENTS) await killAt(moment, operation, { Centerfy, worker, sandbox: context.sandbox, reached });
  } finally {
    await worker.dispose();
  }
};

const chosenMoments = (project, context, told) =>
  Promise.all(neverTwice.map((operation) => killAtEachMoment(operation, project, context, told))).then(
    () => `killed ${neverTwice.length * MOMENTS.length} times, nothing happened twice`,
  );

const KILLS = Number(process.env.CENTERFY_KILLS ?? 40);
const LANES = 3;
const SEED = 2021;
/**
 * Some calls are queued, also because killed requests keep their slots until the lease ends. With a smaller
 * limit, or more kills, no slots would remain.
 */
const NARROW = { requests: 24, perMs: 2_000 };
/** The number of concurrent calls. */
const BURST = 6;
/** The maximum time between two bursts, and between two kills, in milliseconds. */
const BETWEEN_BURSTS_MS = 1_500;
const BETWEEN_KILLS_MS = 4_000;
const ANSWER_MS = 100;
/** More than a call needs, so that it outlives all kills: how many attempts fail depends on how fast the machine starts a Worker. */
const RETRIES = 10_000;

/** The outcome of a call: executed once, or not, and reported to its client as such or as unknown. */
const judge = (name, { answer, error }, times, hadBegun) => {
  const told = `${name}: ${times} times, and was told ${error ?? "a success"}`;
  must(times <= 1 && (!answer || times === 1), told);
  must(!error || error.maybeDelivered || !times, told);
  must(!error?.maybeDelivered || hadBegun, `${told}; it had not started when it was killed`);
  if (answer) return "sent";
  if (!error.maybeDelivered) return "refused";
  return "unknown";
};

/** Calls are sent continuously while the Worker is killed repeatedly. */
const killAtRandom = async (lane, project, { folder, sandbox }, { begun }) => {
  const Centerfy = centerfyOf(project);
  const apiKey = await makeWorld(sandbox);
  const endpoint = controlOf(sandbox);
  const { contacts } = await endpoint("GET", `/${apiKey}`);
  await endpoint("POST", `/${apiKey}/faults`, { operation: "sendMessage", type: "delay", ms: ANSWER_MS, times: null });
  const worker = await startMortal(project, { folder });
  const next = random(SEED + lane);
  const calls = [];
  let isOver = false;
  const call = (name) => {
    const headersOf = () => ({ "x-key": apiKey, "x-call": name, "x-moment": "", "x-limit": JSON.stringify(NARROW) });
    const client = clientOf(Centerfy, sendTo(worker, headersOf), RETRIES);
    const message = { content: name, ai: false, conversation_id: contacts[0].conversation_id, channel: "sms" };
    return settled(client.sendMessage(message, { timeout: 0 }));
  };
  const goOn = async () => {
    for (; !isOver; await pause(next() * BETWEEN_BURSTS_MS)) {
      for (let i = 0; i < BURST; i++) calls.push(call(`lane${lane}-${calls.length}`));
    }
  };
  try {
    await fetch(await worker.url("/first"), { headers: { "x-key": apiKey } });
    const going = goOn();
    for (let kills = 0; kills < KILLS / LANES; kills++) {
      await pause(next() * BETWEEN_KILLS_MS);
      await worker.killAndStart();
    }
    isOver = true;
    await going;
    const settledCalls = await Promise.all(calls);
    const deliveries = await endpoint("GET", `/${apiKey}/deliveries`);
    const log = await endpoint("GET", `/${apiKey}/log`);
    const became = settledCalls.map((outcome, i) => {
      const name = `lane${lane}-${i}`;
      return judge(name, outcome, deliveries.filter(({ request }) => request.content === name).length, begun.has(name));
    });
    return [...became, ...log.filter(({ closed_by_client }) => closed_by_client).map(() => "cut on the wire")];
  } finally {
    await worker.dispose();
  }
};

const randomMoments = async (project, context, told) => {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => killAtRandom(lane, project, context, told)));
  const counts = {};
  for (const became of lanes.flat()) counts[became] = (counts[became] ?? 0) + 1;
  return `killed ${KILLS} times: ${Object.entries(counts).map(([became, count]) => `${count} ${became}`).join(", ")}`;
};

const killed = (name, test) => ({
  name,
  waits: true,
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const told = { reached: new Map(), begun: new Set() };
    const control = await listen(told.reached, told.begun);
    const settings = `text:export const control = "${control.url}";\nexport const sandbox = "${context.sandbox}";\n`;
    const files = { "worker.mjs": "app/worker-killed.mjs", "app.mjs": "../proxy/app.mjs", "settings.mjs": settings };
    try {
      return await test(await bundle(context, name, files), context, told);
    } finally {
      control.close();
    }
  },
});

// Random moments take a minute.
export const setups = [killed("killed-workerd", chosenMoments), { ...killed("killed-random-workerd", randomMoments), isDear: true }];

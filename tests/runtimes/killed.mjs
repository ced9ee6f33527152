/**
 * Never twice, on a Durable Object: workerd is killed at each moment of a call and started again, with
 * its object's storage on a disk. Behind the proxy, the sandbox counts what reached somebody.
 */
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PATH } from "../proxy/app.mjs";
import { delivered, neverTwice, operations } from "../support/samples.mjs";
import { doorOf } from "../support/door.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { makeWorld } from "./support/sandbox.mjs";

const LOST = "the answer is lost";
const MOMENTS = [
  "nothing is written",
  "the record is written",
  "the request is on the wire",
  "the answer is on its way",
  "the answer is written down",
  LOST,
];
/** Where the record has the answer, or nothing was begun, nobody is left in doubt. */
const CERTAIN = new Set(["nothing is written", "the answer is written down", LOST]);

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** A server to which Workers say where they are, under the key of a call. It never answers: `reached` has what it calls instead. */
const listen = async (reached) => {
  const server = createServer(({ url }) => reached.get(url.slice(1))());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
};

/** A Worker that can be killed and started again; `fetch` goes to it as it is then. */
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

/** Kills the Worker at that moment of that operation, while a client goes on. */
const killAt = async (moment, operation, { Centerfy, worker, sandbox, reached }) => {
  const apiKey = await makeWorld(sandbox);
  const door = doorOf(sandbox);
  const world = { ...(await door("GET", `/${apiKey}`)), api_key: apiKey };
  let killed = false;
  const kill = () => {
    killed = true;
    return worker.killAndStart();
  };
  reached.set(apiKey, () => killed || kill());
  const send = async (url, init) => {
    const { pathname } = new URL(url);
    const headers = { ...init.headers, "x-key": apiKey, "x-moment": killed ? "" : moment };
    const response = await fetch(await worker.url(pathname), { ...init, headers });
    if (moment !== LOST || killed) return response;
    await response.arrayBuffer();
    await kill();
    throw new TypeError("the connection was reset");
  };
  const client = new Centerfy({ proxy: `http://proxy.test${PATH}`, fetch: send, rateLimit: false, maxRetries: 4 });
  const { answer, error } = await settled(operations[operation].call(client, world));
  const times = delivered(await door("GET", `/${apiKey}/deliveries`));
  const told = `${operation}, killed when ${moment}: ${times} times, and was told ${error ?? "a success"}`;
  must(killed, `${told}; it was not killed`);
  must(times <= 1 && (!answer || times === 1), told);
  must(!error || !times || error.maybeDelivered, told);
  must(answer || !CERTAIN.has(moment), told);
};

/** A Worker and an object of its own for each operation. */
const killAtEachMoment = async (operation, project, context, reached) => {
  const { Centerfy } = createRequire(join(project, "x.js"))("centerfy");
  const worker = new Mortal(project, {
    durableObjects: { CENTERFY: { className: "CenterfyObject", useSQLite: true } },
    durableObjectsPersist: await mkdtemp(join(context.folder, "objects-")),
  });
  try {
    // The object remembers from its first use on, which shall not be in the middle of a call.
    await fetch(await worker.url("/first"));
    for (const moment of MOMENTS) await killAt(moment, operation, { Centerfy, worker, sandbox: context.sandbox, reached });
  } finally {
    await worker.dispose();
  }
};

const killed = {
  name: "killed-workerd",
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const reached = new Map();
    const control = await listen(reached);
    const settings = `text:export const control = "${control.url}";\nexport const sandbox = "${context.sandbox}";\n`;
    const files = { "worker.mjs": "app/worker-killed.mjs", "app.mjs": "../proxy/app.mjs", "settings.mjs": settings };
    try {
      const project = await bundle(context, this.name, files);
      await Promise.all(neverTwice.map((operation) => killAtEachMoment(operation, project, context, reached)));
      return `killed ${neverTwice.length * MOMENTS.length} times, nothing happened twice`;
    } finally {
      control.close();
    }
  },
};

export const setups = [killed];

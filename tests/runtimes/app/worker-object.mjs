import { createProxy } from "centerfy/proxy";
import { CenterfyObject as RealObject, durableStore } from "centerfy/durable";
import { suite } from "./stores-suite.mjs";
import { apiKey, sandbox } from "./world.mjs";

/** The clock of this machine, which the object and its Worker share here. */
const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;

/** The object's storage, which no step of the store returns. */
const kept = async ({ sql, getAlarm }) => {
  const count = (table) => sql.exec(`SELECT COUNT(*) AS count FROM ${table}`).one().count;
  return { records: count("records"), slots: count("slots"), windows: count("windows"), alarm: await getAlarm() };
};

export class CenterfyObject extends RealObject {
  #state;

  constructor(state, env) {
    super(state, env);
    this.#state = state;
  }

  fetch(request) {
    const { storage } = this.#state;
    const { pathname } = new URL(request.url);
    if (pathname === "/kept") return kept({ sql: storage.sql, getAlarm: () => storage.getAlarm() }).then(Response.json);
    if (pathname === "/abort") return storage.sync().then(() => this.#state.abort("moved"));
    return super.fetch(request);
  }
}

/**
 * Each step fails once: between its statements, or after all of them, when its reply is lost. With the name
 * "aborted" the object itself is lost with the reply.
 */
export class FailingObject extends RealObject {
  static #failures = 0;
  static #failed = new Set();
  #state;
  #statements;

  constructor(state, env) {
    const { storage } = state;
    let statements = Infinity;
    const exec = (...args) => {
      if (statements-- <= 0) throw new Error("this statement fails");
      return storage.sql.exec(...args);
    };
    super({
      storage: {
        sql: { exec },
        transactionSync: (act) => storage.transactionSync(act),
        getAlarm: () => storage.getAlarm(),
        setAlarm: (at) => storage.setAlarm(at),
      },
    });
    this.#state = state;
    this.#statements = (number) => (statements = number);
  }

  async fetch(request) {
    const isAborted = request.headers.get("x-aborted");
    const body = await request.text();
    const isFirst = !FailingObject.#failed.has(body);
    FailingObject.#failed.add(body);
    if (isFirst && !isAborted) this.#statements(FailingObject.#failures++ % 4);
    try {
      const response = await super.fetch(new Request(request.url, { method: "POST", body }));
      if (!isFirst) return response;
    } finally {
      this.#statements(Infinity);
    }
    await this.#state.storage.sync();
    if (isAborted) this.#state.abort("the object is lost");
    throw new Error("the answer is lost");
  }
}

/** The binding, to objects that are lost after each step. */
const aborting = (namespace) => ({
  idFromName: (name) => namespace.idFromName(name),
  get(id) {
    const stub = namespace.get(id);
    return { fetch: (url, init) => stub.fetch(url, { ...init, headers: { "x-aborted": "true" } }) };
  },
});

const proxyOf = (path, store) =>
  createProxy({
    apiKey,
    baseUrl: `${sandbox}/functions/v1/crm-api`,
    path,
    allow: ["sendMessage"],
    origins: ["none"],
    authorize: () => "mia",
    limit: { requests: 30, perMs: 60_000 },
    store,
  });

/** A step of a store that the test requests: `["records", "begin", …]`, `["limiter", limit, "acquire", …]`. */
const step = async (env, [part, ...args]) => {
  const store = durableStore(env.CENTERFY, { name: "kept" });
  if (part !== "limiter") return store[part][args[0]](...args.slice(1));
  const [limit, name, info] = args;
  const began = performance.now();
  const result = await store.limiter(limit)[name](info);
  result?.(true);
  return performance.now() - began;
};

let stores = 0;

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/failing/")) return proxyOf("/failing", durableStore(env.FAILING, { name: "failing" }))(request, env, context);
    if (pathname.startsWith("/aborted/")) return proxyOf("/aborted", durableStore(aborting(env.FAILING), { name: "aborted" }))(request, env, context);
    if (pathname === "/suite") {
      const results = await suite(() => durableStore(env.FAILING, { name: `suite-${++stores}` }));
      return Response.json(results.map(({ name, error }) => ({ name, error: error && `${error.stack}` })));
    }
    if (pathname === "/step") return Response.json((await step(env, await request.json())) ?? null);
    if (pathname === "/ahead") return Response.json((ahead += await request.json()));
    const object = env.CENTERFY.get(env.CENTERFY.idFromName("kept"));
    return object.fetch(new Request(request.url));
  },
};

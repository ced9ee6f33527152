// Makes every object of the package where no clock may be read, no random number generated and nothing
// started, as at the top level of a Worker's module. Prints the failures as JSON: each name and its reason.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const folder = new URL(`${process.argv[2]}/`);

const forbid = (owner, name) => {
  Object.defineProperty(owner, name, {
    value: () => {
      throw new Error(`${name} was called`);
    },
    configurable: true,
    writable: true,
  });
};

globalThis.crypto ??= require("node:crypto").webcrypto;
for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]) forbid(globalThis, name);
forbid(performance, "now");
forbid(Date, "now");
forbid(Math, "random");
for (const name of ["getRandomValues", "randomUUID"]) forbid(crypto, name);
// `new Date()` reads the clock, too.
const { Date: RealDate } = globalThis;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (!args.length) throw new Error("new Date() was called");
    super(...args);
  }
};

const clients = ({ Centerfy }) => {
  const options = [
    { apiKey: "cfy_constructed" },
    { apiKey: "cfy_constructed", rateLimit: { requests: 1, perMs: 1 }, signal: new AbortController().signal },
    { baseUrl: "/api" },
    { proxy: "/api/centerfy" },
    { apiKey: "cfy_constructed", rateLimit: { acquire() {} }, onEvent() {} },
  ];
  for (const each of options) new Centerfy(each).contactMessages("c1");
};

const proxied = { path: "/api", allow: ["getAgent"], authorize: () => false, apiKey: "cfy_constructed" };
const stores = {
  "proxy/index": ({ createProxy, memoryStore }) => {
    createProxy(proxied);
    memoryStore().limiter({ requests: 1, perMs: 1 });
    return createProxy({ ...proxied, store: memoryStore(), limit: { requests: 1, perMs: 1 } });
  },
  "redis/index": ({ redisStore }) => redisStore({ eval: async () => {} }).limiter({ requests: 1, perMs: 1 }),
  "durable/index": ({ durableStore }) => durableStore({ idFromName() {}, get() {} }).limiter({ requests: 1, perMs: 1 }),
  "proxy/node": () => {},
  "sandbox/index": () => {},
};

const things = Object.fromEntries(["index", "server", "node", "js", "wintercg"].map((entry) => [entry, clients]));
const failed = {};
for (const [entry, make] of Object.entries({ ...things, ...stores })) {
  for (const extension of ["js", "cjs"]) {
    const file = new URL(`${entry}.${extension}`, folder);
    if (!require("node:fs").existsSync(file)) continue;
    try {
      make(extension === "js" ? await import(file) : require(file.pathname));
    } catch (error) {
      failed[`${entry}.${extension}`] = error.message;
    }
  }
}
console.log(JSON.stringify(failed));

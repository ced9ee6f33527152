/**
 * One proxy, one `store.limiter()` and one client for all requests of an isolate, with each store, made at
 * the top level of the module and at the first request. The first part of a request's path names it, and
 * the binding `KEYS` has an API key for each.
 */
import { env } from "cloudflare:workers";
import { Centerfy } from "centerfy";
import { createProxy, memoryStore } from "centerfy/proxy";
import { CenterfyObject, durableStore } from "centerfy/durable";
import { sandbox } from "./world.mjs";

export { CenterfyObject };

const { KEYS, LIMIT, DISTANCE } = env;
const baseUrl = `${sandbox}/functions/v1/crm-api`;

/** The binding, with a latency in milliseconds. */
const far = (namespace) => ({
  idFromName: (name) => namespace.idFromName(name),
  get(id) {
    const stub = namespace.get(id);
    return {
      async fetch(...request) {
        await new Promise((resolve) => setTimeout(resolve, DISTANCE));
        return stub.fetch(...request);
      },
    };
  },
});

const stores = { memory: memoryStore, durable: (name) => durableStore(far(env.CENTERFY), { name }) };

const clientOf = (apiKey, rateLimit) => new Centerfy({ apiKey, baseUrl, rateLimit, timeout: 0, attemptTimeout: 60_000, maxRetries: 0 });

const ask = async (client, id) => Response.json(await client.getAgent(id).catch(({ code, status }) => ({ code, status })));

const idOf = (request) => new URL(request.url).pathname.split("/").at(-1);

/** Each returns a function that responds to a request. */
const kinds = {
  client(name) {
    const client = clientOf(KEYS[name], LIMIT);
    return (request) => ask(client, idOf(request));
  },
  limiter(name, store) {
    const limiter = store.limiter(LIMIT);
    return (request) => ask(clientOf(KEYS[name], limiter), idOf(request));
  },
  proxy(name, store) {
    return createProxy({
      apiKey: KEYS[name],
      baseUrl,
      path: `/${name}`,
      allow: ["getAgent", "sendMessage"],
      origins: ["none"],
      authorize: () => "mia",
      rateLimit: LIMIT,
      store,
    });
  },
};

const make = (name) => {
  const [when, kind, store] = name.split("-");
  return kinds[kind](name, stores[store]?.(name));
};

const made = new Map();
for (const name of Object.keys(KEYS)) {
  if (name.startsWith("top")) made.set(name, make(name));
}

export default {
  async fetch(request, env, context) {
    const [, name] = new URL(request.url).pathname.split("/");
    if (!made.has(name)) made.set(name, make(name));
    // A proxy without the context still completes work that has to outlive the request.
    return made.get(name)(request, ...(name.startsWith("top") ? [env, context] : []));
  },
};

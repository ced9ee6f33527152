/** Everything that the package makes, made at the top level of a Worker's module. */
import { env } from "cloudflare:workers";
import { Centerfy } from "centerfy";
import { createProxy, memoryStore } from "centerfy/proxy";
import { toNodeHandler } from "centerfy/proxy/node";
import { CenterfyObject, durableStore } from "centerfy/durable";
import { redisStore } from "centerfy/redis";
import { createSandbox } from "centerfy/sandbox";
import { apiKey, sandbox } from "./world.mjs";

export { CenterfyObject };

const baseUrl = `${sandbox}/functions/v1/crm-api`;
const limit = { requests: 60, perMs: 60_000 };

/** What the package read at the top level. workerd itself refuses timers, fetches and `crypto`. */
const read = [];
const watched = [[Date, "now"], [performance, "now"], [Math, "random"]];
const originals = watched.map(([object, name]) => object[name]);
watched.forEach(([object, name], i) => {
  object[name] = () => (read.push(name), originals[i].call(object));
});

const stores = { memory: memoryStore(), durable: durableStore(env.CENTERFY), redis: redisStore({ eval: async () => null }) };
for (const store of Object.values(stores)) store.limiter(limit);
const client = new Centerfy({ apiKey, baseUrl });
const options = { apiKey, baseUrl, allow: ["getAgent", "sendMessage"], origins: ["none"], authorize: () => "mia" };
const proxies = { "/plain": createProxy({ ...options, path: "/plain" }) };
for (const [name, store] of Object.entries(stores)) proxies[`/${name}`] = createProxy({ ...options, path: `/${name}`, store });
toNodeHandler(proxies["/plain"]);

watched.forEach(([object, name], i) => (object[name] = originals[i]));

const own = await createSandbox();
const ownClient = new Centerfy({ apiKey: own.apiKey, fetch: own.fetch });

const used = {
  read: async () => read,
  client: async (id) => (await client.getAgent(id)).id,
  sandbox: async () => {
    const [{ id }] = own.contacts();
    const { messages } = await ownClient.getContactMessages(id);
    return { newest: Date.parse(messages[0].timestamp), now: Date.now() };
  },
};

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    const [, first, id] = pathname.split("/");
    if (used[first]) return Response.json(await used[first](id));
    return proxies[`/${first}`](request, env, context);
  },
};

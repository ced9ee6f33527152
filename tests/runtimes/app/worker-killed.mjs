import { createProxy } from "centerfy/proxy";
import { CenterfyObject as RealObject, durableStore } from "centerfy/durable";
import { PATH } from "./app.mjs";
import { neverTwice } from "./samples.mjs";
import { control, sandbox } from "./settings.mjs";

/** A store that is older than every request, so it has the record of each. */
export class CenterfyObject extends RealObject {
  constructor(state, env) {
    super(state, env);
    state.storage.sql.exec("UPDATE born SET at = 1");
  }
}

/**
 * A proxy that reports each stage of a request. The header `x-key` names the instance of the
 * sandbox, `x-call` the call, `x-moment` the moment at which it waits to be killed, and `x-limit` the limit.
 */
const proxyOf = (headers, store) => {
  const call = headers.get("x-call");
  const tell = (what) => fetch(`${control}/${what}/${call}`, { method: "POST" });
  const at = async (here) => {
    if (here === headers.get("x-moment")) await tell("reached");
  };
  return createProxy({
    apiKey: headers.get("x-key"),
    baseUrl: `${sandbox}/functions/v1/crm-api`,
    path: PATH,
    allow: neverTwice,
    origins: ["none"],
    rateLimit: JSON.parse(headers.get("x-limit")),
    attemptTimeout: 5_000,
    store: {
      ...store,
      limiter(...args) {
        const limiter = store.limiter(...args);
        return {
          ...limiter,
          async acquire(info) {
            const release = await limiter.acquire(info);
            await at("it waits for its slot");
            return release;
          },
        };
      },
      records: {
        ...store.records,
        async begin(...args) {
          await tell("begins");
          const begun = await store.records.begin(...args);
          await at("the record is written");
          return begun;
        },
        async finish(...args) {
          await store.records.finish(...args);
          await at("the answer is written down");
        },
      },
    },
    async authorize() {
      await at("nothing is written");
      return "mia";
    },
    async fetch(url, init) {
      const answering = fetch(url, init);
      await at("the request is on the wire");
      const response = await answering;
      await at("the answer is on its way");
      return response;
    },
  });
};

export default {
  async fetch(request, env, context) {
    const { headers, url } = request;
    // An object for each instance of the sandbox, and so for each limit.
    const store = durableStore(env.CENTERFY, { name: headers.get("x-key") ?? "first" });
    if (new URL(url).pathname === "/first") {
      const beginning = { owner: "first", fingerprint: "f", leaseMs: 1, keepMs: 1, sinceMs: 0 };
      return Response.json(await store.records.begin("first", beginning));
    }
    return proxyOf(headers, store)(request, env, context);
  },
};

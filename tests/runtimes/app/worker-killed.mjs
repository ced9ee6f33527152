import { createProxy } from "centerfy/proxy";
import { CenterfyObject as RealObject, durable } from "centerfy/durable";
import { PATH } from "./app.mjs";
import { neverTwice } from "./samples.mjs";
import { control, sandbox } from "./settings.mjs";

/** One that has remembered for long: what was sent since is in it. */
export class CenterfyObject extends RealObject {
  constructor(state, env) {
    super(state, env);
    state.storage.sql.exec("UPDATE born SET at = 1");
  }
}

/**
 * A proxy that says at each moment of a request where it is, and waits to be killed there. The header
 * `x-key` names the world of the sandbox, `x-moment` the moment that is waited for.
 */
const proxyOf = (apiKey, moment, store) => {
  const at = async (here) => {
    if (here === moment) await fetch(`${control}/${apiKey}`, { method: "POST" });
  };
  return createProxy({
    apiKey,
    baseUrl: `${sandbox}/functions/v1/crm-api`,
    path: PATH,
    allow: neverTwice,
    origins: ["none"],
    rateLimit: false,
    attemptTimeout: 1_000,
    store: {
      ...store,
      records: {
        async begin(...args) {
          const begun = await store.records.begin(...args);
          await at("the record is written");
          return begun;
        },
        async finish(...args) {
          await store.records.finish(...args);
          await at("the answer is written down");
        },
        forget: (...args) => store.records.forget(...args),
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
    const store = durable(env.CENTERFY, { name: "killed" });
    const { headers, url } = request;
    if (new URL(url).pathname === "/first") {
      const beginning = { fingerprint: "f", leaseMs: 1, keepMs: 1, sinceMs: 0 };
      return Response.json(await store.records.begin("first", beginning));
    }
    return proxyOf(headers.get("x-key"), headers.get("x-moment"), store)(request, env, context);
  },
};

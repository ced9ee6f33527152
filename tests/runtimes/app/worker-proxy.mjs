import { createProxy } from "centerfy/proxy";
import { CenterfyObject, durableStore } from "centerfy/durable";
import { allow, authorize, PATH } from "./app.mjs";
import { suite } from "./stores-suite.mjs";
import { apiKey, sandbox } from "./world.mjs";

export { CenterfyObject };

let stores = 0;
let proxy;

/** A whole app: its proxy, and for the tests the stores' suite and one store's records. */
export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/suite") {
      const results = await suite(() => durableStore(env.CENTERFY, { name: `suite-${++stores}` }));
      return Response.json(results.map(({ name, error }) => ({ name, error: error && `${error.stack}` })));
    }
    if (pathname === "/records") {
      const [step, ...args] = await request.json();
      return Response.json((await durableStore(env.CENTERFY, { name: "kept" }).records[step](...args)) ?? null);
    }
    proxy ??= createProxy({
      apiKey,
      baseUrl: `${sandbox}/functions/v1/crm-api`,
      path: PATH,
      allow,
      authorize,
      store: durableStore(env.CENTERFY),
    });
    return proxy(request, env, context);
  },
};

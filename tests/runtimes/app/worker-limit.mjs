import { Centerfy } from "centerfy";
import { CenterfyObject, durable } from "centerfy/durable";
import { apiKey, sandbox } from "./world.mjs";

export { CenterfyObject };

const baseUrl = `${sandbox}/functions/v1/crm-api`;

const ask = (client, id) => client.getAgent(id).catch(({ code }) => code);

/** One isolate of many, each with a client of its own, one key, and one Durable Object. */
export default {
  async fetch(request, env) {
    const { name, calls, limit, key = apiKey } = await request.json();
    const rateLimit = durable(env.CENTERFY, { name: key }).limiter(limit);
    const client = new Centerfy({ apiKey: key, baseUrl, rateLimit, timeout: 0, maxRetries: 0 });
    return Response.json(await Promise.all(Array.from({ length: calls }, (_, i) => ask(client, `${name}-${i}`))));
  },
};

import { Centerfy } from "centerfy";
import { CenterfyObject, durableStore } from "centerfy/durable";
import { apiKey, sandbox } from "./world.mjs";

export { CenterfyObject };

const baseUrl = `${sandbox}/functions/v1/crm-api`;
const kept = new Map();

const limiterOf = (env, key, limit) => durableStore(env.CENTERFY, { name: key }).limiter(limit);

/** One for all requests of the isolate. */
const keptLimiter = (env, key, limit) => {
  if (!kept.has(key)) kept.set(key, limiterOf(env, key, limit));
  return kept.get(key);
};

/** One isolate of many, with one key and one Durable Object. Each of its requests is one call, which arrives late. */
export default {
  async fetch(request, env) {
    const { id, limit, lateMs, isKept, key = apiKey } = await request.json();
    let flight = 0;
    const client = new Centerfy({
      apiKey: key,
      baseUrl,
      rateLimit: (isKept ? keptLimiter : limiterOf)(env, key, limit),
      timeout: 0,
      maxRetries: 0,
      async fetch(...request) {
        const began = performance.now();
        await new Promise((resolve) => setTimeout(resolve, lateMs));
        const response = await fetch(...request);
        flight = performance.now() - began;
        return response;
      },
    });
    const code = await client.getAgent(id).catch(({ code }) => code);
    return Response.json({ code, flight });
  },
};

import { Centerfy } from "centerfy";
import { durableStore } from "centerfy/durable";
import { createRun } from "centerfy/runs";

/** The run with that id. Its state is in the Durable Object. */
export function runOf(env, id, hours) {
  const { CENTERFY_API_KEY: apiKey, CENTERFY_BASE_URL: baseUrl } = env;
  const store = durableStore(env.CENTERFY);
  return createRun({
    centerfy: new Centerfy({ apiKey, baseUrl, store }),
    store,
    id,
    hours,
    // Asked right before each message.
    allow: async ({ key }) => (await env.OPTED_OUT.get(key)) === null,
  });
}

import { Centerfy } from "centerfy";
import { base, id, key, request } from "./stub.mjs";

/** This package, with a limiter that is never full. */
export const centerfy = (fetch) => {
  const client = new Centerfy({
    apiKey: key,
    baseUrl: base,
    fetch,
    rateLimit: { requests: 1_000_000, perMs: 10 },
    dangerouslyAllowBrowser: true,
  });
  return {
    getAgent: () => client.getAgent(id),
    getContactMessages: () => client.getContactMessages(id, { limit: 200 }),
    createAgent: () => client.createAgent(request),
  };
};

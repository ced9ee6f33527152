import { Centerfy } from "../handwritten/index.ts";
import { base, id, key, request } from "./stub.mjs";

/** The client with equal behavior without WebAssembly. */
export const handwritten = (fetch) => {
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

import { Centerfy } from "centerfy";
import { apiKey, otherKey, rateLimit, sandbox } from "./kept.mjs";

const baseUrl = `${sandbox}/functions/v1/crm-api`;

// One client for all requests of the isolate, made at the top level; and one that the first request makes.
const top = new Centerfy({ apiKey, baseUrl, rateLimit });
let lazy;

const clients = {
  top: () => top,
  lazy: () => (lazy ??= new Centerfy({ apiKey: otherKey, baseUrl, rateLimit })),
};

export default {
  async fetch(request) {
    const [, kind, id] = new URL(request.url).pathname.split("/");
    return Response.json(await clients[kind]().getAgent(id));
  },
};

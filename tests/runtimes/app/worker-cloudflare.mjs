import { Centerfy } from "centerfy";
import { check } from "./check.mjs";
import { apiKey, sandbox } from "./world.mjs";

// One client for all concurrent requests of this Worker.
const limited = new Centerfy({
  apiKey,
  baseUrl: sandbox + "/functions/v1/crm-api",
  rateLimit: { requests: 2, perMs: 300 },
});

export default {
  async fetch(request) {
    const [, operation, id] = new URL(request.url).pathname.split("/");
    return Response.json(operation === "check" ? await check() : await limited[operation](id));
  },
};

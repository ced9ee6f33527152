import { Centerfy } from "centerfy";
import { apiKey, sandbox } from "./world.mjs";

// At the top level of a module, which works in every runtime, since making a client does no work.
export const centerfy = new Centerfy({
  apiKey,
  baseUrl: sandbox + "/functions/v1/crm-api",
  // The scenario sends more than 60 requests a minute.
  rateLimit: false,
  // Only to run the same scenario in pages. A real page keeps the key on a server.
  dangerouslyAllowBrowser: true,
});

import { Centerfy } from "centerfy";
import { apiKey, sandbox } from "./world.mjs";

// At the top level of a module: making a client does no work, so that is fine everywhere.
export const centerfy = new Centerfy({
  apiKey,
  baseUrl: sandbox + "/functions/v1/crm-api",
  // The scenario asks for more than 60 requests a minute.
  rateLimit: false,
  // Only so that the scenario is the same in pages: a real page keeps the key on a server.
  dangerouslyAllowBrowser: true,
});

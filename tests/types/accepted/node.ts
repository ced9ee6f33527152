// In Node.js: its own fetch, signals and responses, and undici's.
import { Centerfy } from "centerfy";
import type { fetch as undiciFetch } from "undici-types";

declare const undici: typeof undiciFetch;

new Centerfy({ apiKey: process.env["CENTERFY_API_KEY"], fetch });
new Centerfy({ fetch: globalThis.fetch });
new Centerfy({ fetch: undici });
new Centerfy({ fetch: (url, init) => fetch(url, init) });
const centerfy = new Centerfy({ fetch: async () => new Response("{}") });

const controller = new AbortController();
await centerfy.getAgent("id", { signal: controller.signal });
await centerfy.getAgent("id", { signal: AbortSignal.any([controller.signal, AbortSignal.timeout(100)]) });

// In a page: the page's own fetch, signals and responses.
import { Centerfy } from "centerfy";

new Centerfy({ fetch });
new Centerfy({ fetch: window.fetch.bind(window) });
new Centerfy({ fetch: (url, init) => fetch(url, { ...init, keepalive: true }) });
new Centerfy({ fetch: async () => new Response("{}") });
const given = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => fetch(input, init);
const centerfy = new Centerfy({ fetch: given });

const controller = new AbortController();
await centerfy.getAgent("id", { signal: controller.signal });
await centerfy.getAgent("id", { signal: AbortSignal.timeout(100) });
await centerfy.getAgent("id", { signal: document.hidden ? controller.signal : undefined });

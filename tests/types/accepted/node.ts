// In Node.js: its own fetch, signals and responses, and undici's.
import { createServer } from "node:http";
import { createSecureServer, createServer as createHttp2Server } from "node:http2";
import { Centerfy } from "centerfy";
import { createProxy } from "centerfy/proxy";
import { toNodeHandler } from "centerfy/proxy/node";
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

// The proxy in servers of Node.js: all of them, and what frameworks keep elsewhere.
const proxy = createProxy({
  apiKey: "cfy_test",
  path: "/",
  allow: ["sendMessage"],
  authorize: ({ request, context: [req] }) => req.user?.id ?? request.headers.get("x-user") ?? false,
  origins: ["https://app.example.com", "capacitor://localhost", "none"],
  allowHeaders: ["x-session"],
  onError: (error, { status, operation, subject }) => console.error(error, status, operation, subject),
  onRefusal: (error, { status }) => console.warn(error, status),
});
const handler = toNodeHandler(proxy);
createServer(handler);
createHttp2Server(handler);
createSecureServer({}, handler);
createServer((request, response) => handler(request, response, { body: { content: "Hi" }, context: [{ user: "mia" }] }));
createServer((request, response) => handler(request, response, (error) => console.error(error)));
toNodeHandler(async (request, ...context) => proxy(request, ...context));
await proxy(new Request("http://app.test/get-agent/a"), { any: "context" });

// In Node.js: its own fetch, signals and responses, and undici's.
import { createServer } from "node:http";
import { createSecureServer, createServer as createHttp2Server } from "node:http2";
import { Centerfy } from "centerfy";
import { createProxy } from "centerfy/proxy";
import { toNodeHandler } from "centerfy/proxy/node";
import { redisStore } from "centerfy/redis";
import { createRun, type RunItem, type RunReport } from "centerfy/runs";
import { memoryStore, settle, type Store } from "centerfy/store";
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

// A client with a store, and the records that it shares with a proxy.
const store: Store = memoryStore();
new Centerfy({ apiKey: "cfy_test", store, keepMs: 3_600_000 });
new Centerfy({ apiKey: "cfy_test", store: redisStore({ eval: async () => 0 }), rateLimit: { requests: 10, perMs: 1_000 } });
createProxy({ apiKey: "cfy_test", path: "/api", allow: [], authorize: () => false, store });
const isSettled: boolean = await settle(store, { key: "visit-7", subject: "mia" }, "delivered");
void isSettled;

// A run over a list that is read as it is needed.
async function* people(): AsyncGenerator<RunItem> {
  yield { key: "mia", timeZone: "Europe/Berlin", sendMessage: { content: "Hi", ai: false, conversation_id: "id", channel: "sms" } };
  yield { key: "noah", timeZone: "Asia/Kolkata", makeAiCall: ["agent", { contact_id: "id", organization_id: "id", sub_account_id: "id" }] };
}
const runStore = memoryStore();
const run = createRun({
  centerfy: new Centerfy({ store: runStore }),
  store: runStore,
  id: "recall",
  hours: { from: "09:00", to: "18:00", days: ["mon", "sun"] },
  allow: async ({ key }) => key !== "mia",
  pace: { requests: 20, perMs: 60_000 },
  concurrent: 5,
  onProgress: ({ done, total, expectedEnd }) => console.log(done, total, expectedEnd?.toISOString()),
});
for await (const outcome of run.all(people(), { signal: controller.signal })) {
  if (outcome.state === "sent") console.log(outcome.answer);
  else if (outcome.state === "failed" || outcome.state === "unknown") console.error(outcome.error.code);
  else if (outcome.state === "later") console.log(outcome.at.toISOString(), outcome.reason);
}
const report: RunReport = await run.report();
for (const { key } of report.items.unknown) await settle(runStore, { run: "recall", key }, "not delivered");

/** `deno test` counts the timers, operations and resources that a test leaves: none, after each kind of refusal. */
import { Centerfy } from "centerfy";
import { createProxy, memoryStore } from "centerfy/proxy";
import { createSandbox } from "centerfy/sandbox";

const MINUTE = 60_000;
const TIGHT = { requests: 1, perMs: MINUTE };

/** With Deno's sanitizers, which newer versions do not enable by default. */
const test = (name, fn) => Deno.test({ name, fn, sanitizeOps: true, sanitizeResources: true });

const errorOf = (promise) => promise.then(() => { throw new Error("it resolved"); }, (error) => error);
const coded = async (promise, code) => {
  const error = await errorOf(promise);
  if (error.code !== code) throw new Error(`${error}, not ${code}`);
};
/** Refuses the next request with a pause of one minute. */
const refuse = (sandbox, operation) => sandbox.fail(operation, { type: "answer", status: 429, headers: { "retry-after": "60" } });

const setUp = async (options) => {
  const sandbox = await createSandbox({ rateLimit: false });
  const client = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, ...options });
  return { sandbox, client, id: sandbox.agents()[0].id };
};

/** A page's client and its proxy, with a new store. */
const setUpProxy = async (options) => {
  const sandbox = await createSandbox({ rateLimit: false });
  const proxy = createProxy({
    apiKey: sandbox.apiKey,
    fetch: sandbox.fetch,
    path: "/api/centerfy",
    allow: ["sendMessage"],
    authorize: () => "mia",
    origins: ["none"],
    ...options,
  });
  const fetch = (url, init) => proxy(new Request(url, init));
  const client = new Centerfy({ proxy: "https://app.example/api/centerfy", fetch, rateLimit: false, maxRetries: 0 });
  const { conversation_id } = sandbox.contacts()[0];
  const send = (idempotencyKey) =>
    client.sendMessage({ content: "See you at ten.", ai: false, conversation_id, channel: "sms" }, { idempotencyKey });
  return { sandbox, send };
};

test("a 429, and the queued calls that it holds", async () => {
  const { sandbox, client, id } = await setUp();
  refuse(sandbox, "getAgent");
  await coded(client.getAgent(id, { timeout: 1_000 }), "rate_limited");
  await coded(client.getAgent(id, { timeout: 1_000 }), "rate_limited");
  const controller = new AbortController();
  const held = [1, 2, 3].map(() => errorOf(client.getAgent(id, { timeout: 2 * MINUTE, signal: controller.signal })));
  await new Promise((turn) => setTimeout(turn));
  controller.abort();
  await Promise.all(held);
});

test("a 429 with other queued calls", async () => {
  const { sandbox, client, id } = await setUp({ rateLimit: TIGHT });
  refuse(sandbox, "getAgent");
  await Promise.all([1, 2, 3].map(() => coded(client.getAgent(id, { timeout: 1_000 }), "rate_limited")));
});

test("a 429, a wait, and an answer", async () => {
  const { sandbox, client, id } = await setUp();
  sandbox.fail("getAgent", { type: "answer", status: 429, headers: { "retry-after-ms": "5" } });
  await client.getAgent(id);
});

test("attempts that time out", async () => {
  const { sandbox, client, id } = await setUp({ maxRetries: 0, attemptTimeout: 20 });
  for (const fault of [{ type: "stall_headers" }, { type: "stall_body", afterBytes: 5 }, { type: "delay", ms: MINUTE }]) {
    sandbox.fail("getAgent", fault);
    await coded(client.getAgent(id), "timeout");
  }
});

test("a proxy: a replay, and a 429 of the API", async () => {
  const { sandbox, send } = await setUpProxy();
  await send("visit-7");
  await send("visit-7");
  refuse(sandbox, "sendMessage");
  await coded(send(), "rate_limited");
});

test("a proxy: a subject over its limit", async () => {
  const { send } = await setUpProxy({ limit: TIGHT });
  await send();
  await coded(send(), "rate_limited");
});

test("a proxy: no slot in time", async () => {
  const { send } = await setUpProxy({ rateLimit: TIGHT, attemptTimeout: 20 });
  await send();
  await coded(send(), "rate_limited");
});

test("a store: a queued call, an abort, a 429", async () => {
  const rateLimit = memoryStore().limiter({ requests: 1, perMs: 20 });
  const { sandbox, client, id } = await setUp({ rateLimit, maxRetries: 0 });
  await Promise.all([client.getAgent(id), client.getAgent(id)]);
  await errorOf(client.getAgent(id, { signal: AbortSignal.timeout(1) }));
  refuse(sandbox, "getAgent");
  await coded(client.getAgent(id), "rate_limited");
});

/**
 * Workers keep their modules, and end each request with its timers, promises and fetches: one proxy, one
 * `store.limiter()` and one client for all requests of an isolate, in workerd.
 */
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { controlOf } from "../support/control.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { open } from "./support/connections.mjs";
import { until } from "./support/until.mjs";

/**
 * From 2024-10-14 on, a promise that another request resolves continues in the request that waits for it. With
 * the flag a proxy is notified when its caller disconnects.
 */
const RUNTIMES = {
  "isolate-workerd-2024": { compatibilityDate: "2024-09-01" },
  "isolate-workerd-2026": { compatibilityDate: "2026-01-01" },
  "isolate-workerd-signal": { compatibilityDate: "2026-01-01", compatibilityFlags: ["enable_request_signal"] },
};
const LIMIT = { requests: 1, perMs: 500 };
const ANSWER_MS = 200;
/** The latency of the object, in milliseconds. */
const DISTANCE = 30;
const CALLS = 8;
/** The lease after which an unreleased slot is free, in milliseconds; the proxy's wait ends later. */
const LEASE_MS = 10_000;

const NAMES = ["top", "first"].flatMap((when) =>
  ["client", "limiter-memory", "limiter-durable", "proxy-memory", "proxy-durable"].map((kind) => `${when}-${kind}`),
);

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** An instance of the sandbox with delayed responses for each. */
const makeWorlds = (control) =>
  Promise.all(
    NAMES.map(async (name) => {
      const { api_key, contacts } = await control("POST", "", { rate_limit: { requests: LIMIT.requests, per_ms: LIMIT.perMs } });
      for (const operation of ["getAgent", "sendMessage"]) {
        await control("POST", `/${api_key}/faults`, { operation, type: "delay", ms: ANSWER_MS, times: null });
      }
      return [name, { apiKey: api_key, conversation: contacts[0].conversation_id }];
    }),
  );

/** A request with that id, which does not exist in the sandbox. */
const ask = async (name, id, url) => {
  const { status, text } = await open(`${url}${name}/get-agent/${id}`).answer;
  // The proxy responds with the API's status, the client with a code.
  must(status === 404 || JSON.parse(text).status === 404, `${name}: ${status} ${text}`);
};

/**
 * One request has the only slot, and the others are queued; for each response, one more request arrives.
 * Each gets its slot when it is free, in the order in which they arrived.
 */
const serveAll = async (name, { apiKey }, url, control) => {
  const log = () => control("GET", `/${apiKey}/log`);
  const asked = [0, 1, 2].map((id) => ask(name, id, url));
  while (asked.length < CALLS) {
    const answered = until(`${name}: a request arrives`, async () => (await log()).length > asked.length - 3);
    await Promise.race([answered, Promise.all(asked).then(() => answered)]);
    asked.push(ask(name, asked.length, url));
  }
  await Promise.all(asked);
  const seen = await log();
  must(seen.every(({ status }) => status === 404), `${name}: the API answered ${seen.map(({ status }) => status)}`);
  const ids = seen.map(({ path }) => Number(path.split("/").at(-1)));
  must(name.includes("client") || ids.every((id, i) => (i < 3 ? id < 3 : id === i)), `${name}: in the order ${ids}`);
  const gaps = seen.slice(1).map(({ at_ms }, i) => at_ms - seen[i].at_ms);
  must(Math.max(...gaps) < LEASE_MS, `${name}: the slots were taken after ${gaps} ms`);
  return Math.max(...gaps);
};

/** The callers of the request with the slot and of the first queued one disconnect: the third request gets the slot. */
const surviveDisconnected = async (name, { apiKey }, url, control) => {
  const log = () => control("GET", `/${apiKey}/log`);
  const before = (await log()).length;
  const first = open(`${url}${name}/get-agent/first`);
  await until(`${name}: a request arrives`, async () => (await log()).length > before);
  const second = open(`${url}${name}/get-agent/second`);
  await second.sent;
  const staying = ask(name, "third", url);
  first.reset();
  second.reset();
  await staying;
  const [one, ...others] = (await log()).slice(before);
  const waited = others.at(-1).at_ms - one.at_ms;
  must(waited < 2 * LEASE_MS, `${name}: another one waited ${waited} ms for a request that was ended`);
};

/** The caller of a request that sends a message disconnects; another request with its key waits, and gets its answer. */
const replayToAnother = async (name, { apiKey, conversation }, url, control) => {
  const body = JSON.stringify({ content: "See you at ten.", ai: false, conversation_id: conversation, channel: "sms" });
  const headers = { "content-type": "application/json", "idempotency-key": `"${name}"` };
  const sent = async () => (await control("GET", `/${apiKey}/log`)).filter(({ operation }) => operation === "sendMessage").length;
  const leaving = open(`${url}${name}/send-message`, { method: "POST", headers, body });
  await until(`${name}: a message arrives`, async () => (await sent()) > 0);
  const staying = open(`${url}${name}/send-message`, { method: "POST", headers, body });
  leaving.reset();
  const { status, headers: answered, text } = await staying.answer;
  must(status === 200 && answered["idempotency-replayed"] === "true", `${name}: ${status} ${text}`);
  must((await sent()) === 1, `${name}: the message was sent ${await sent()} times`);
};

const isolate = ([name, runtime]) => ({
  name,
  waits: true,
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const control = controlOf(context.sandbox);
    const worlds = await makeWorlds(control);
    const project = await bundle(context, this.name, { "worker.mjs": "app/worker-isolate.mjs" });
    const worker = await ofModules(project, {
      ...runtime,
      // Miniflare's own entry would continue after a caller disconnects.
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      bindings: { LIMIT, DISTANCE, KEYS: Object.fromEntries(worlds.map(([name, { apiKey }]) => [name, apiKey])) },
      durableObjects: { CENTERFY: { className: "CenterfyObject", useSQLite: true } },
      durableObjectsPersist: await mkdtemp(join(context.folder, "objects-")),
    });
    try {
      const { href } = await worker.unsafeGetDirectURL();
      const longest = await Promise.all(worlds.map(([name, world]) => serveAll(name, world, href, control)));
      await Promise.all(worlds.map(([name, world]) => surviveDisconnected(name, world, href, control)));
      const proxies = worlds.filter(([name]) => name.includes("proxy"));
      await Promise.all(proxies.map(([name, world]) => replayToAnother(name, world, href, control)));
      return `${NAMES.length} kinds, ${CALLS} requests each, a slot at least every ${Math.max(...longest)} ms`;
    } finally {
      await worker.dispose();
    }
  },
});

export const setups = Object.entries(RUNTIMES).map(isolate);

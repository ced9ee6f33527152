// centerfy/query: its options objects in TanStack Query's own core, against the sandbox and behind a proxy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { answer, baseUrl, Centerfy, makeWorld, newAgent, rejection, stub, stubbed, until } from "../node/support.mjs";
import { load } from "./support.mjs";

const { createQueries, isOptimistic, keys } = await load("query");
const { createProxy } = await load("proxy");

/** A query client whose defaults would retry, as TanStack's do. */
const newCache = (t) => {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: 3, retryDelay: 1 }, mutations: { retry: 3, retryDelay: 1 } } });
  cache.mount();
  t.after(() => (cache.clear(), cache.unmount()));
  return cache;
};

/** A page's client behind a proxy to the sandbox. `lose` is the number of responses that are lost. */
function behindProxy(world) {
  const state = { lose: 0, proxied: [] };
  const proxy = createProxy({
    apiKey: world.api_key,
    baseUrl,
    path: "/api",
    allow: ["getAgent", "createAgent", "sendMessage", "makeAiCall", "getContactMessages"],
    authorize: () => "mia",
    origins: ["http://app.test"],
  });
  const fetch = async (url, init) => {
    const request = new Request(url, { ...init, headers: { ...init.headers, origin: "http://app.test" } });
    state.proxied.push(request);
    const response = await proxy(request);
    if (state.lose-- > 0) throw new TypeError("lost");
    return response;
  };
  return { state, client: new Centerfy({ proxy: "http://app.test/api", fetch, maxRetries: 0, rateLimit: false }) };
}

const observe = (t, observer) => {
  t.after(observer.subscribe(() => {}));
  return observer;
};

test("agentQuery loads an agent under a stable key", async (t) => {
  const world = await makeWorld();
  const { agentQuery } = createQueries(world.client());
  const cache = newCache(t);
  const { id } = world.agents[0];
  assert.equal((await cache.fetchQuery(agentQuery(id))).id, id);
  assert.deepEqual(agentQuery(id).queryKey, ["centerfy", "agent", id]);
  assert.deepEqual(keys.agent(id), ["centerfy", "agent", id]);
  assert.deepEqual([keys.all, keys.messages("c"), keys.recording("r"), keys.messages()], [["centerfy"], ["centerfy", "messages", "c"], ["centerfy", "recording", "r"], ["centerfy", "messages"]]);
});

test("only the client retries", async (t) => {
  const fetch = stub(() => answer({}, 503, { "retry-after-ms": "1" }));
  const queries = createQueries(stubbed(fetch));
  const cache = newCache(t);
  await rejection(cache.fetchQuery(queries.agentQuery("a")));
  assert.equal(fetch.sent.length, 3);
  const send = new MutationObserver(cache, queries.updateAgentMutation());
  await rejection(send.mutate({ agentId: "a", name: "New" }));
  assert.equal(fetch.sent.length, 6);
});

test("a canceled query aborts its request", async (t) => {
  let signal;
  const fetch = (url, init) => new Promise((_, reject) => (signal = init.signal).addEventListener("abort", () => reject(signal.reason)));
  const { agentQuery } = createQueries(stubbed(fetch));
  const cache = newCache(t);
  const call = rejection(cache.fetchQuery(agentQuery("a")));
  await until(() => signal);
  await cache.cancelQueries({ queryKey: keys.agent("a") });
  await call;
  assert.ok(signal.aborted);
});

test("messagesQuery: no message twice and none lost when new ones arrive between pages", async (t) => {
  const world = await makeWorld();
  const [{ id: contactId }] = world.contacts;
  for (let i = 0; i < 12; i++) await world.receive({ contact_id: contactId, content: `old ${i}` });
  const cache = newCache(t);
  const observer = observe(t, new InfiniteQueryObserver(cache, createQueries(world.client()).messagesQuery(contactId, 5)));
  await until(() => observer.getCurrentResult().isSuccess);
  const received = [];
  while (observer.getCurrentResult().hasNextPage) {
    received.push(`new ${received.length}`);
    await world.receive({ contact_id: contactId, content: received.at(-1) });
    await observer.fetchNextPage();
  }
  const { data } = observer.getCurrentResult();
  const all = await world.client().getContactMessages(contactId, { limit: 200 });
  const old = all.messages.filter(({ content }) => !received.includes(content));
  assert.deepEqual(data.messages.map(({ id }) => id), old.map(({ id }) => id));
  assert.equal(data.conversation_id, all.conversation_id);
  await observer.refetch();
  const ids = observer.getCurrentResult().data.messages.map(({ id }) => id);
  assert.deepEqual(ids, all.messages.map(({ id }) => id).slice(0, ids.length));
  assert.equal(new Set(ids).size, ids.length);
});

/** The conversation of a contact in the cache of a page, and a mutation that sends to it. */
async function conversation(t, client, world) {
  const [{ id, conversation_id }] = world.contacts;
  const queries = createQueries(client);
  const cache = newCache(t);
  const observer = observe(t, new InfiniteQueryObserver(cache, queries.messagesQuery(id)));
  await until(() => observer.getCurrentResult().isSuccess);
  const request = { content: "See you at ten.", ai: false, conversation_id, channel: "sms" };
  const data = () => observer.getCurrentResult().data;
  return { queries, cache, request, data, messages: () => data().messages, mutation: new MutationObserver(cache, queries.sendMessageMutation()) };
}

test("sendMessageMutation shows the message immediately, and the response replaces it", async (t) => {
  const world = await makeWorld();
  const { data, messages, mutation, request } = await conversation(t, world.client(), world);
  const { total } = data();
  await world.fault({ type: "delay", ms: 100, operation: "sendMessage" });
  const sending = mutation.mutate(request);
  const shown = await until(() => messages().find(isOptimistic));
  assert.deepEqual(Object.keys(shown).sort(), ["content", "id", "message_type", "sender_type", "timestamp"]);
  assert.deepEqual([shown.content, shown.sender_type, shown.message_type], [request.content, "agent", "sms"]);
  assert.deepEqual([messages()[0], data().total], [shown, total + 1]);
  const sent = await sending;
  await until(() => !messages().some(isOptimistic));
  assert.deepEqual([messages()[0].id, messages()[0].content, data().total], [sent.message_id, request.content, total + 1]);
});

test("two messages that are answered in reverse order keep their order", async (t) => {
  const world = await makeWorld();
  const { messages, mutation, request, cache, queries } = await conversation(t, world.client(), world);
  await world.fault({ type: "delay", ms: 100, operation: "sendMessage" });
  const first = mutation.mutate({ ...request, content: "first" });
  await until(() => messages().some(({ content }) => content === "first"));
  const second = new MutationObserver(cache, queries.sendMessageMutation()).mutate({ ...request, content: "second" });
  await Promise.all([first, second]);
  await until(() => !messages().some(isOptimistic));
  assert.deepEqual(messages().slice(0, 2).map(({ content }) => content), ["second", "first"]);
});

test("a message that fails disappears; one that may have been delivered is looked for", async (t) => {
  const world = await makeWorld();
  const { data, messages, mutation, request } = await conversation(t, world.client({ maxRetries: 0 }), world);
  const before = messages().map(({ id }) => id);
  const { total } = data();
  await world.fault({ type: "answer", status: 400, body: { error: true, message: "No" }, operation: "sendMessage" });
  await rejection(mutation.mutate(request));
  await until(() => !messages().some(isOptimistic));
  assert.deepEqual([messages().map(({ id }) => id), data().total], [before, total]);
  await world.fault({ type: "drop", when: "after", operation: "sendMessage" });
  const error = await rejection(mutation.mutate(request));
  assert.equal(error.maybeDelivered, true);
  await until(() => messages()[0].content === request.content && !isOptimistic(messages()[0]));
});

test("behind a proxy a submission has one key until it succeeds, and the next one has another", async (t) => {
  const world = await makeWorld();
  const { client, state } = behindProxy(world);
  const { mutation, request } = await conversation(t, client, world);
  const keysSent = () => state.proxied.map(({ headers }) => headers.get("idempotency-key")).filter(Boolean);
  state.lose = 1;
  await rejection(mutation.mutate(request));
  await mutation.mutate(request);
  assert.equal((await world.deliveries()).length, 1);
  await mutation.mutate(request);
  assert.equal((await world.deliveries()).length, 2);
  const [first, again, next] = keysSent();
  assert.equal(first, again);
  assert.notEqual(next, first);
});

test("two clicks before the response are one submission", async (t) => {
  const world = await makeWorld();
  const { client } = behindProxy(world);
  const cache = newCache(t);
  const { createAgentMutation } = createQueries(client);
  const agent = { ...newAgent, organization_id: world.organization_id, sub_account_id: world.sub_account_id };
  const [one, two] = await Promise.all([1, 2].map(() => new MutationObserver(cache, createAgentMutation()).mutate(agent)));
  assert.equal(one.id, two.id);
});

test("resetSubmissions makes the same request a new submission", async (t) => {
  const seen = [];
  const fetch = stub((n, url, init) => (seen.push(init.headers["idempotency-key"]), answer({}, 500)));
  const queries = createQueries(new Centerfy({ proxy: "http://app.test/api", fetch, maxRetries: 0, rateLimit: false }));
  const cache = newCache(t);
  const call = () => rejection(new MutationObserver(cache, queries.makeAiCallMutation()).mutate({ agentId: "a", contact_id: "c", organization_id: "o", sub_account_id: "s" }));
  await call();
  await call();
  queries.resetSubmissions();
  await call();
  assert.equal(seen[0], seen[1]);
  assert.notEqual(seen[1], seen[2]);
});

test("createAgentMutation and updateAgentMutation put the agent into the cache", async (t) => {
  const world = await makeWorld();
  const queries = createQueries(world.client());
  const cache = newCache(t);
  const agent = { ...newAgent, organization_id: world.organization_id, sub_account_id: world.sub_account_id };
  const { id } = await new MutationObserver(cache, queries.createAgentMutation()).mutate(agent);
  assert.equal(cache.getQueryData(keys.agent(id)).name, newAgent.name);
  await new MutationObserver(cache, queries.updateAgentMutation()).mutate({ agentId: id, name: "Renamed" });
  assert.equal(cache.getQueryData(keys.agent(id)).name, "Renamed");
});

test("recordingQuery is renewed before its URL expires", async (t) => {
  const recording = (expires_in_seconds) => ({ call_id: "c", call_sid: "s", recording_url: "http://storage.test/1", expires_in_seconds });
  const options = (seconds) => {
    const { recordingQuery } = createQueries(stubbed(stub(() => answer(recording(seconds)))));
    return { ...recordingQuery("c") };
  };
  for (const [seconds, ms] of [[3600, 3_540_000], [60, 30_000], [null, Infinity]]) {
    const query = { state: { data: recording(seconds) } };
    assert.deepEqual([options(seconds).staleTime(query), options(seconds).refetchInterval(query)], [ms, ms]);
  }
  // TanStack sets no intervals outside of pages.
  const observer = observe(t, new QueryObserver(newCache(t), options(3600)));
  await until(() => observer.getCurrentResult().isSuccess);
  assert.deepEqual([observer.getCurrentResult().data.recording_url, observer.getCurrentResult().isStale], ["http://storage.test/1", false]);
});

// contactMessages: all messages of a conversation, each once, also while new ones arrive.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, failure, hang, makeWorld, rejection, stub, stubbed, until } from "./support.mjs";

/** A stand-in for fetch with a conversation of so many messages, newest first, in pages. */
function conversation(size, { cap = 200, total = (real) => real, page = (it) => it } = {}) {
  const messages = Array.from({ length: size }, (_, i) => ({ id: `m${i}`, content: String(i) }));
  const fetch = stub((n, url) => {
    const { searchParams } = new URL(url);
    const limit = Math.min(Number(searchParams.get("limit") ?? 50), cap);
    const offset = Number(searchParams.get("offset") ?? 0);
    return answer(page({ messages: messages.slice(offset, offset + limit), total: total(messages.length, n), limit, offset }, n));
  });
  let arrived = 0;
  const arrive = (count) => {
    for (let i = 0; i < count; i++) messages.unshift({ id: `new${++arrived}`, content: "new" });
  };
  return { fetch, arrive, messages, client: stubbed(fetch) };
}

async function all(iterable, most = 10_000) {
  const ids = [];
  for await (const message of iterable) {
    ids.push(message.id);
    assert.ok(ids.length <= most, "it does not end");
  }
  return ids;
}
const ids = (count) => Array.from({ length: count }, (_, i) => `m${i}`);

test("every message once, page after page, without extra requests", async () => {
  for (const [size, limit, requests] of [[0, 50, 1], [1, 50, 1], [50, 50, 1], [51, 50, 2], [120, 50, 3], [7, 1, 7], [400, 200, 2]]) {
    const { client, fetch } = conversation(size);
    assert.deepEqual(await all(client.contactMessages("k", { limit })), ids(size));
    assert.equal(fetch.sent.length, requests, `${size} by ${limit}`);
  }
  const { client, fetch } = conversation(60);
  assert.deepEqual(await all(client.contactMessages("k")), ids(60));
  assert.match(fetch.sent[0].url, /get-contact-messages\/k\?offset=0$/);
});

test("against the sandbox, with new messages between the pages", async () => {
  const world = await makeWorld();
  const contact = world.contacts[0];
  const client = world.client();
  const before = (await client.getContactMessages(contact.id, { limit: 200 })).messages.map(({ id }) => id);
  assert.ok(before.length > 4);
  const seen = [];
  for await (const message of client.contactMessages(contact.id, { limit: 2 })) {
    seen.push(message.id);
    if (seen.length % 2 === 0 && seen.length < 7) await world.receive({ contact_id: contact.id, content: `New ${seen.length}` });
  }
  assert.equal(new Set(seen).size, seen.length, "none came twice");
  assert.deepEqual(before.filter((id) => !seen.includes(id)), [], "none is lost");
});

test("new messages between pages: none twice, none lost, however many arrive", async () => {
  for (const limit of [1, 3, 10]) {
    for (const burst of [1, 2, 3, 10, 25]) {
      const { client, arrive } = conversation(30);
      const seen = [];
      for await (const message of client.contactMessages("k", { limit })) {
        seen.push(message.id);
        if ([1, 10, 30].includes(seen.length)) arrive(burst);
      }
      assert.equal(new Set(seen).size, seen.length);
      assert.deepEqual(seen.filter((id) => id.startsWith("m")), ids(30), `${burst} new ones, ${limit} at a time`);
    }
  }
});

test("pages that are shorter than requested are followed", async () => {
  const { client, fetch } = conversation(95, { cap: 20 });
  assert.deepEqual(await all(client.contactMessages("k", { limit: 200 })), ids(95));
  assert.equal(fetch.sent.length, 5);
});

test("wrong counts neither lose a message nor cause an endless iteration", async () => {
  for (const total of [() => 0, () => 1, () => null, () => undefined, () => "many", () => -5, () => NaN, () => 1e9, (real) => real + 7, (real) => real - 7, (real, n) => real + n, () => ({})]) {
    const { client, fetch } = conversation(95, { total });
    assert.deepEqual(await all(client.contactMessages("k", { limit: 20 })), ids(95), String(total));
    assert.ok(fetch.sent.length <= 7, `${total}: ${fetch.sent.length} requests`);
  }
});

test("a server that repeats the same page ends the iteration", async () => {
  for (const total of [1000, undefined]) {
    const fetch = stub((n) => answer({ messages: [{ id: "x" }, { id: "y" }], total: total && total + n }));
    assert.deepEqual(await all(stubbed(fetch).contactMessages("k", { limit: 2 })), ["x", "y"]);
    assert.ok(fetch.sent.length <= 3);
  }
});

test("a page without a list of messages is an error, and not an empty conversation", async () => {
  for (const page of [{}, { messages: null }, { messages: {} }, { messages: "abc", total: 3 }]) {
    const messages = stubbed(stub(() => answer(JSON.stringify(page)))).contactMessages("k");
    await failure(all(messages), { code: "parse", operation: "getContactMessages", attempts: 1, maybeDelivered: false });
  }
});

test("messages of an unexpected shape are yielded unchanged", async () => {
  const strange = [null, 7, { content: "no id" }, { id: "a" }, { id: "a" }];
  const given = [];
  for await (const message of stubbed(stub((n) => answer({ messages: n === 1 ? strange : [] }))).contactMessages("k")) given.push(message);
  assert.deepEqual(given, strange.slice(0, 4));
});

test("nothing is fetched before the first next() or after the loop ends", async () => {
  const { client, fetch } = conversation(100);
  const messages = client.contactMessages("k", { limit: 10 });
  await new Promise(setImmediate);
  assert.equal(fetch.sent.length, 0);
  let count = 0;
  for await (const message of messages) if (++count === 15 || message === undefined) break;
  await new Promise(setImmediate);
  assert.equal(fetch.sent.length, 2);
});

test("concurrent next() calls yield each message once, in order", async () => {
  const { client, fetch } = conversation(25);
  const messages = client.contactMessages("k", { limit: 10 });
  const results = await Promise.all(Array.from({ length: 30 }, () => messages.next()));
  assert.deepEqual(results.filter(({ done }) => !done).map(({ value }) => value.id), ids(25));
  assert.deepEqual(results.slice(25).map(({ done }) => done), [true, true, true, true, true]);
  assert.equal(fetch.sent.length, 3);
});

test("each iteration starts at the newest", async () => {
  const { client } = conversation(5);
  assert.deepEqual(await all(client.contactMessages("k")), ids(5));
  assert.deepEqual(await all(client.contactMessages("k")), ids(5));
});

test("errors and an abort reject the loop", async () => {
  const client = stubbed(stub(() => answer({}, 404)));
  await failure(all(client.contactMessages("k")), { code: "not_found", operation: "getContactMessages" });
  await failure(all(client.contactMessages("", {})), { code: "validation", field: "contactId" });
  await failure(all(client.contactMessages("k", { limit: 0 })), { code: "validation", field: "limit" });
  await failure(all(client.contactMessages("k", null)), { code: "validation", field: "query" });
  const controller = new AbortController();
  const long = conversation(100);
  const loop = async () => {
    for await (const message of long.client.contactMessages("k", { limit: 10 }, { signal: controller.signal })) {
      if (message.id === "m14") controller.abort("enough");
    }
  };
  assert.equal(await rejection(loop()), "enough");
  assert.equal(long.fetch.sent.length, 2);
});

test("a page that fails for a while is retried", async () => {
  let failed = 0;
  const inner = conversation(30);
  const fetch = (url, init) => (url.includes("offset=10") && failed++ === 0 ? answer({}, 503, { "retry-after-ms": "1" }) : inner.fetch(url, init));
  assert.deepEqual(await all(stubbed(fetch).contactMessages("k", { limit: 10 })), ids(30));
  assert.equal(failed, 2);
});

test("each loop over one value starts again", async () => {
  const { client } = conversation(25);
  const messages = client.contactMessages("k", { limit: 10 });
  assert.deepEqual(await all(messages), ids(25));
  assert.deepEqual(await all(messages), ids(25));
});

test("an abort ends the loop between two messages of a page, too", async () => {
  const { client } = conversation(200);
  const controller = new AbortController();
  const seen = [];
  const loop = (async () => {
    for await (const { id } of client.contactMessages("k", { limit: 200 }, { signal: controller.signal })) {
      if (seen.push(id) === 3) controller.abort("enough");
    }
  })();
  assert.equal(await rejection(loop), "enough");
  assert.equal(seen.length, 3);
});

test("return() while next() is pending aborts the request, and next() resolves as done", async () => {
  const fetch = stub((n, url, { signal }) => hang(signal));
  const iterator = stubbed(fetch).contactMessages("k")[Symbol.asyncIterator]();
  const pending = [iterator.next(), iterator.next()];
  await until(() => fetch.sent.length);
  assert.deepEqual(await iterator.return("value"), { done: true, value: "value" });
  assert.equal(fetch.sent[0].signal.aborted, true);
  for (const next of [...pending, iterator.next()]) assert.deepEqual(await next, { done: true, value: undefined });
  assert.equal(fetch.sent.length, 1);
});

test("return() at any point of an iteration starts no other request", async () => {
  for (const read of [0, 1, 9, 10, 11]) {
    const { client, fetch } = conversation(100);
    const iterator = client.contactMessages("k", { limit: 10 });
    for (let i = 0; i < read; i++) await iterator.next();
    const before = fetch.sent.length;
    const pending = Array.from({ length: 30 }, () => iterator.next());
    await iterator.return();
    const results = await Promise.all(pending);
    const given = results.filter(({ done }) => !done).length;
    assert.ok(results.slice(given).every(({ done }) => done), `after ${read}`);
    assert.ok(fetch.sent.length <= before + 1, `after ${read}: ${fetch.sent.length} requests`);
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
  }
});

test("return() before the first next() sends no request, and hides no earlier failure", async () => {
  const { client, fetch } = conversation(10);
  const iterator = client.contactMessages("k");
  assert.deepEqual(await iterator.return(), { done: true, value: undefined });
  assert.deepEqual(await iterator.next(), { done: true, value: undefined });
  assert.equal(fetch.sent.length, 0);
  const failing = stubbed(stub(() => answer({}, 404))).contactMessages("k");
  await failure(failing.next(), { code: "not_found" });
  assert.deepEqual(await failing.return(), { done: true, value: undefined });
});

test("an abort of the caller's signal rejects the pending next()", async () => {
  const fetch = stub((n, url, { signal }) => hang(signal));
  const controller = new AbortController();
  const iterator = stubbed(fetch).contactMessages("k", {}, { signal: controller.signal });
  const pending = rejection(iterator.next());
  await until(() => fetch.sent.length);
  controller.abort("enough");
  assert.equal(await pending, "enough");
});

test("a query must be a plain object", async () => {
  const { client, fetch } = conversation(3);
  class Query {
    limit = 2;
  }
  const queries = [null, 5, "x", [5], () => {}, new Map([["limit", 2]]), new URLSearchParams("limit=2"), new Date(), new Query()];
  for (const query of [...queries, Promise.resolve({ limit: 2 }), Object.create({ limit: 2 }), { toJSON: () => ({ offset: 1 }) }]) {
    await failure(all(client.contactMessages("k", query)), { code: "validation", field: "query", operation: "getContactMessages" });
  }
  assert.equal(fetch.sent.length, 0);
  assert.equal((await all(client.contactMessages("k", Object.assign(Object.create(null), { limit: 2 })))).length, 3);
});

test("an offset is refused: it starts at the newest message", async () => {
  const fetch = stub();
  const messages = stubbed(fetch).contactMessages("k", { offset: 100 });
  await failure(messages.next(), { code: "validation", field: "offset" });
  assert.equal(fetch.sent.length, 0);
});

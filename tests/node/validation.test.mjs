// Requests that are refused before anything is sent, field by field as the contract has them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { argumentsOf, everyName } from "../support/samples.mjs";
import { CenterfyError, answer, failure, freshCopy, makeWorld, newAgent, newCall, newMessage, stub, stubbed } from "./support.mjs";

const fetch = stub(() => answer({ ok: true }));
const client = stubbed(fetch);

/** Asserts that a call is refused with this field and these words, without a request. */
async function refused(promise, field, message) {
  const before = fetch.sent.length;
  const error = await failure(promise, { code: "validation", field, attempts: 0, maybeDelivered: false });
  assert.ok(error.message.includes(message), `${error.message} does not say: ${message}`);
  assert.equal(fetch.sent.length, before, "nothing is sent");
  assert.equal(error.status, undefined);
  return error;
}

/** Fields by the values that they accept. */
const kinds = {
  "a string": { fields: ["content", "name"], wrong: [null, 1, true, {}, [], NaN, () => {}, Symbol("s"), 1n], right: ["", "x", "\u0000", "ü🙂"] },
  "a non-empty string": { fields: ["conversation_id", "contact_id"], wrong: [null, 1, false, {}, ["a"], ""], right: ["x", ".", "..", "not a uuid", "a/b?c#d"] },
  "true or false": { fields: ["is_active", "recording"], wrong: [null, 0, 1, "true", "", {}, []], right: [true, false] },
  "a finite number": { fields: ["max_duration"], wrong: [null, "1", true, NaN, Infinity, -Infinity, {}, 1n], right: [0, -0, -1, 1.5, 1e300] },
  "a number from 0 to 1": { fields: ["temperature"], wrong: [null, "0.5", -0.01, 1.01, NaN, Infinity], right: [0, 1, 0.5, -0] },
  'one of "leave_message", "hangup"': { fields: ["voicemail_type"], wrong: [null, "", "leave", "HANGUP", 1, ["hangup"]], right: ["leave_message", "hangup"] },
  'one of "sms", "email", "whatsapp", "facebook", "instagram"': {
    fields: ["channel"],
    wrong: [null, "", "SMS", "fax", "sms ", "hangup", 1, ["sms"]],
    right: ["sms", "email", "whatsapp", "facebook", "instagram"],
  },
};

/** Each operation whose request is an object: a valid request, and a function that sends another. */
const requests = everyName.flatMap((name) => {
  const args = argumentsOf(name);
  const base = args.pop();
  return typeof base === "object" ? [{ name, base, send: (request) => client[name](...args, request) }] : [];
});

for (const [says, { fields, wrong, right }] of Object.entries(kinds)) {
  test(`a field that must be ${says}`, async () => {
    for (const { base, send } of requests) {
      for (const field of fields.filter((field) => field in base)) {
        for (const value of wrong) await refused(send({ ...base, [field]: value }), field, `${field} must be ${says}`);
        for (const value of right) await send({ ...base, [field]: value });
      }
    }
  });
}

for (const { name, base, send } of requests) {
  test(`${name}: every field is checked`, async () => {
    for (const field of Object.keys(base)) {
      for (const value of [null, [], {}, () => {}, Symbol("s")]) await refused(send({ ...base, [field]: value }), field, `${field} must be `);
    }
  });

  test(`${name}: a missing field is named, unless it is optional`, async () => {
    for (const field of Object.keys(base)) {
      const error = await send({ ...base, [field]: undefined }).catch((error) => error);
      if (error instanceof CenterfyError) assert.match(error.message, new RegExp(`^${name}: ${field} is required( when .*)?$`));
    }
  });
}

test("the conditional rules, in create and among the fields that an update sends", async () => {
  const rules = [
    ["background_noise", true, "background_type", "background_noise is true"],
    ["voicemail_detection", true, "voicemail_type", "voicemail_detection is true"],
    ["voicemail_type", "leave_message", "voicemail_message", 'voicemail_type is "leave_message"'],
    ["webhook", true, "webhook_url", "webhook is true"],
  ];
  for (const [field, value, needed, says] of rules) {
    await refused(client.createAgent({ ...newAgent, [needed]: undefined }), needed, `${needed} is required when ${says}`);
    await refused(client.updateAgent("a", { [field]: value }), needed, `${needed} is required when ${says}`);
    const off = value === true ? false : "hangup";
    const less = { ...newAgent, [field]: off, [needed]: undefined };
    if (field === "voicemail_detection") less.voicemail_message = undefined;
    await client.createAgent(less);
    await client.updateAgent("a", { [field]: off });
    // The conditional field is also valid without the condition.
    await client.updateAgent("a", { [needed]: needed === "voicemail_type" ? "hangup" : "x" });
  }
  await refused(client.sendMessage({ ...newMessage, ai: true }), "agent_id", "agent_id is required when ai is true");
  await client.sendMessage({ ...newMessage, ai: true, agent_id: "a" });
  // A rule that applied to the previous, refused request does not apply here.
  await client.sendMessage(newMessage);
});

test("an update refuses the fields that cannot be changed", async () => {
  for (const field of ["organization_id", "sub_account_id"]) {
    for (const value of ["org", null, 1]) await refused(client.updateAgent("a", { [field]: value }), field, "must be omitted because it cannot be changed");
  }
  await client.updateAgent("a", {});
});

test("ids in paths: not empty, not dots; everything else is one segment", async () => {
  const calls = {
    agentId: [(id) => client.getAgent(id), (id) => client.updateAgent(id, {}), (id) => client.makeAiCall(id, newCall)],
    callId: [(id) => client.getCallRecording(id)],
    contactId: [(id) => client.getContactMessages(id)],
  };
  for (const [field, operations] of Object.entries(calls)) {
    for (const call of operations) {
      for (const id of ["", ".", "..", undefined, null, 1, {}, ["a"], new String("a")]) {
        await refused(call(id), field, id === undefined ? "is required" : 'a non-empty string other than "." or ".."');
      }
      await refused(call("\ud800"), field, "well-formed Unicode");
      for (const id of ["a/b", "../x", "a?b#c", "%2e%2e", " ", "...", "é", "CA1234567890abcdef", "a\\b", "a\nb"]) {
        await call(id);
        const url = fetch.sent.at(-1).url;
        const path = new URL(url).pathname.split("/");
        assert.equal(path.length, 4, `${url} is not one segment`);
        assert.equal(decodeURIComponent(path[3]), id);
      }
    }
  }
  for (const id of ["", null, 7]) await refused(client.archiveAgent(id), "agentId", "must be a non-empty string");
  await refused(client.archiveAgent(), "agentId", "is required");
  await client.archiveAgent("..");
  assert.equal(fetch.sent.at(-1).body, '{"agent_id":".."}');
});

test("limit and offset", async () => {
  const get = (query) => client.getContactMessages("k", query);
  for (const limit of [0, 201, -1, 1.5, NaN, Infinity, "10", null, true]) await refused(get({ limit }), "limit", "an integer from 1 to 200");
  for (const offset of [-1, 0.5, NaN, Infinity, 2 ** 53, "0", null]) await refused(get({ offset }), "offset", "a non-negative integer");
  for (const query of [null, 1, "x", true]) await refused(get(query), "query", "an object");
  for (const query of [[], [1], new Map()]) await refused(get(query), "query", "a plain object");
  const urls = [];
  for (const query of [undefined, {}, { limit: 1 }, { offset: 0 }, { limit: 200, offset: 2 ** 53 - 1 }, { limit: undefined, offset: 3, other: 4 }]) {
    await get(query);
    urls.push(fetch.sent.at(-1).url.split("get-contact-messages/")[1]);
  }
  assert.deepEqual(urls, ["k", "k", "k?limit=1", "k?offset=0", "k?limit=200&offset=9007199254740991", "k?offset=3"]);
});

test("a request must be an object that JSON can represent", async () => {
  for (const request of [undefined, null, 1, "x", true, () => {}]) {
    const says = request === undefined ? "is required" : "must be an object";
    await refused(client.createAgent(request), "request", says);
    await refused(client.sendMessage(request), "request", says);
    await refused(client.makeAiCall("a", request), "request", says);
    await refused(client.updateAgent("a", request), "patch", says);
  }
  const cyclic = { ...newMessage };
  cyclic.self = cyclic;
  await refused(client.sendMessage(cyclic), "request", "serializable as JSON");
  await refused(client.updateAgent("a", { extra: 1n }), "patch", "serializable as JSON");
});

test("the first invalid field is named, and its value is not repeated", async () => {
  const error = await refused(client.sendMessage({ ai: "secret-value", channel: 7 }), "content", "content is required");
  assert.equal(error.operation, "sendMessage");
  const other = await refused(client.sendMessage({ ...newMessage, ai: "secret-value", channel: 7 }), "ai", "got string");
  assert.ok(!other.message.includes("secret-value"));
  await refused(client.createAgent({ ...newAgent, temperature: 1.7 }), "temperature", "got 1.7");
});

test("every invalid field is in `issues`, with a message for the field", async () => {
  const error = await refused(client.createAgent({ ...newAgent, name: undefined, temperature: 1.7, webhook: true, webhook_url: undefined }), "name", "is required");
  assert.deepEqual(error.issues, [
    { field: "name", message: "is required" },
    { field: "temperature", message: "must be a number from 0 to 1, got 1.7" },
    { field: "webhook_url", message: "is required when webhook is true" },
  ]);
  assert.equal(error.message, "createAgent: name is required");
  const other = await refused(client.updateAgent("", null), "agentId", "got an empty string");
  assert.deepEqual(other.issues.map(({ field }) => field), ["agentId", "patch"], "fields of a missing request are not listed");
  const none = await refused(client.getAgent(), "agentId", "is required");
  assert.deepEqual(none.issues, [{ field: "agentId", message: "is required" }]);
});

test("empty texts, about which the contract says nothing, are accepted by the client and by the sandbox", async (t) => {
  const world = await makeWorld();
  t.after(world.remove);
  const { organization_id, sub_account_id, contacts: [{ conversation_id }] } = world;
  const agent = await world.client().createAgent({ ...newAgent, name: "", organization_id, sub_account_id });
  assert.equal(agent.name, "");
  assert.equal((await world.client().sendMessage({ ...newMessage, content: "", conversation_id })).content, "");
});

test("a field that the API rejects with a 400 is in `field`", async (t) => {
  const world = await makeWorld();
  t.after(world.remove);
  const agent = await world.client().createAgent({ ...newAgent, organization_id: world.organization_id, sub_account_id: world.sub_account_id });
  const patch = { webhook: true, webhook_url: "nowhere" };
  await failure(world.client().updateAgent(agent.id, patch), { code: "bad_request", field: "webhook_url", issues: undefined });
  // "limit" is not about the field of that name.
  const limited = stubbed(stub(() => answer({ error: true, message: "rate limit" }, 429)), { maxRetries: 0 });
  assert.ok(!("field" in (await failure(limited.getContactMessages("k"), { code: "rate_limited" }))));
});

test("unknown fields are sent, and the request body is exactly the input", async () => {
  const given = { extra: [1, null, { deep: "ü" }], ...newMessage, content: 'quote " \u2028', another: null, absent: undefined };
  await client.sendMessage(given);
  assert.equal(fetch.sent.at(-1).body, JSON.stringify(given));
  await client.updateAgent("a", { name: "n", future_setting: { on: true } });
  assert.equal(fetch.sent.at(-1).body, '{"name":"n","future_setting":{"on":true}}');
});

test("changes of the request after the call have no effect", async () => {
  // Also in the first call, which waits for the module.
  const { Centerfy } = await freshCopy();
  const own = stub();
  const fresh = stubbed(own, { rateLimit: { requests: 1, perMs: 40 } }, Centerfy);
  for (const round of ["while the module loads", "in the queue"]) {
    const message = { ...newMessage };
    const query = { limit: 10, offset: 20 };
    const calls = [fresh.sendMessage(message), fresh.getContactMessages("k", query)];
    Object.assign(message, { content: "changed", ai: 7 });
    Object.assign(query, { limit: "1&offset=9", offset: -1 });
    await Promise.all(calls);
    assert.equal(own.sent.at(-2).body, JSON.stringify(newMessage), round);
    assert.match(own.sent.at(-1).url, /k\?limit=10&offset=20$/, round);
  }
});

test("no operation throws synchronously", async () => {
  const calls = [() => client.getAgent(), () => client.createAgent(), () => client.sendMessage(null, 5), () => client.getAgent("a", null)];
  for (const call of calls) await failure(call(), { code: "validation" });
});

// Results: the server's JSON unchanged, and an error for everything else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, everyName, operations } from "../support/samples.mjs";
import { CenterfyError, answer, everyOperation, failure, makeWorld, once, rejection, stub, stubbed } from "./support.mjs";

test("an answer is returned unchanged: unknown fields, new values, nulls, odd shapes", async () => {
  const odd = [
    { id: "a", name: null, new_field: { deep: [1, null] }, voicemail_type: "carrier_pigeon", channel: "fax", delivered: "maybe" },
    { error: false },
    { error: "true" },
    { error: null, message: "not an error" },
    {},
  ];
  for (const value of odd) {
    for (const [operation, call] of Object.entries(everyOperation(stubbed(stub(() => answer(JSON.stringify(value))))))) {
      assert.deepEqual(await call(), value, operation);
    }
  }
  // Every operation returns an object.
  for (const value of [[], [{ error: true }], null, 0, false, "", "text"]) {
    for (const [operation, call] of Object.entries(everyOperation(stubbed(stub(() => answer(JSON.stringify(value))))))) {
      await failure(call(), { code: "parse", operation, body: value ?? "null", maybeDelivered: once.has(operation) });
    }
  }
  const big = { messages: Array.from({ length: 200 }, (_, i) => ({ id: `m${i}`, content: "ü🙂\u0000\u2028".repeat(50) })), total: 200 };
  assert.deepEqual(await stubbed(stub(() => answer(big))).getContactMessages("k"), big);
});

test("any success status and any content type is accepted", async () => {
  for (const status of [200, 201, 202, 203, 206, 226, 299]) {
    const fetch = stub(() => new Response('\ufeff {"id":1}\n', { status, headers: { "content-type": "text/plain" } }));
    assert.deepEqual(await stubbed(fetch).getAgent("a"), { id: 1 });
  }
});

test("a success that cannot be parsed is an error, and may have been executed", async () => {
  const pages = { "": undefined, "<!doctype html><p>Sign in": "<!doctype html><p>Sign in", '{"id":': '{"id":', undefined: "undefined", " \n": " \n" };
  for (const [text, body] of Object.entries(pages)) {
    const fetch = stub(() => answer(text));
    for (const [operation, call] of Object.entries(everyOperation(stubbed(fetch)))) {
      fetch.sent.length = 0;
      await failure(call(), { code: "parse", status: 200, body, attempts: 1, maybeDelivered: once.has(operation) });
      assert.equal(fetch.sent.length, 1, "it is not sent again");
    }
  }
  await failure(stubbed(stub(() => new Response(null, { status: 204 }))).archiveAgent("a"), { code: "parse", status: 204 });
});

test('{"error": true} is an error, whatever the status', async () => {
  const body = { error: true, message: "The AI service is down", detail: [1] };
  for (const [operation, call] of Object.entries(everyOperation(stubbed(stub(() => answer(body, 200, { "x-request-id": "req_1" })))))) {
    const error = await failure(call(), { code: "http", status: 200, body, requestId: "req_1", attempts: 1, maybeDelivered: false, operation });
    assert.equal(error.message, `${operation}: The AI service is down (status 200)`);
  }
});

test("every status has its code, and the server's message if there is one", async () => {
  const codes = { 400: "bad_request", 401: "authentication", 403: "permission", 404: "not_found", 429: "rate_limited", 500: "server", 502: "server", 599: "server", 402: "http", 409: "http", 418: "http", 499: "http" };
  for (const [status, code] of Object.entries(codes)) {
    for (const [text, body, says] of [
      ['{"error":true,"message":"Server\'s word"}', { error: true, message: "Server's word" }, "Server's word"],
      ['{"error":true,"message":7}', { error: true, message: 7 }, ""],
      ["<html>", "<html>", ""],
      ["", undefined, ""],
      ['{"error":true,"message":" \\n "}', { error: true, message: " \n " }, ""],
      ["null", "null", ""],
      ["[1]", [1], ""],
    ]) {
      const error = await failure(stubbed(stub(() => answer(text, Number(status))), { maxRetries: 0 }).getAgent("a"), { code, status: Number(status), body });
      assert.ok(error.message.includes(says) && error.message.endsWith(`(status ${status})`), error.message);
      assert.match(error.message, /^getAgent: \S{2}.{6,} \(status/, "it says something in any case");
    }
  }
});

test("the error class", async () => {
  const error = await failure(stubbed(stub(() => answer({}, 404))).getAgent("a"));
  assert.ok(error instanceof Error && error instanceof CenterfyError);
  assert.equal(error.name, "CenterfyError");
  assert.match(error.stack, /^CenterfyError: getAgent: /);
  assert.equal(Object.prototype.toString.call(error), "[object Error]");
  assert.ok(CenterfyError.is(error) && CenterfyError.is({ name: "CenterfyError", code: "http" }), "also one of another realm");
  const renamed = Object.assign(new CenterfyError("mine", { code: "http" }), { name: "Mine" });
  assert.ok(CenterfyError.is(renamed), "also one with a name of the caller's own");
  for (const other of [null, undefined, 1, "x", {}, new Error("x"), { name: "CenterfyError" }]) assert.equal(CenterfyError.is(other), false);
  assert.ok(!("field" in error) && !("retryAfter" in error) && !("requestId" in error) && !("cause" in error), "absent is absent");
  assert.deepEqual(structuredClone({ ...error }), { attempts: 1, maybeDelivered: false, code: "not_found", operation: "getAgent", status: 404, body: {} });
});

test("all operations against the sandbox, and the requests that it refuses", async () => {
  const world = await makeWorld();
  const { organization_id, sub_account_id, agents, contacts, calls } = world;
  const client = world.client();
  const made = await client.createAgent({
    ...{ name: "New", voice_id: "Aria", max_duration: 5, temperature: 0, silence_timeout: 1, voice_activity_timeout: 1, llm_model: "m" },
    ...{ language: "en", background_noise: false, voicemail_detection: false, backcchanneling: false, is_active: true, webhook: false, recording: false },
    ...{ organization_id, sub_account_id },
  });
  assert.equal((await client.getAgent(made.id)).name, "New");
  assert.equal((await client.updateAgent(made.id, { name: "Newer" })).name, "Newer");
  const call = await client.makeAiCall(made.id, { contact_id: contacts[0].id, organization_id, sub_account_id });
  assert.equal(call.agent_name, "Newer");
  const first = await client.archiveAgent(made.id);
  assert.deepEqual(await client.archiveAgent(made.id), first, "a second time is no error");
  const recording = calls.find((call) => call.recording);
  assert.match((await client.getCallRecording(recording.call_sid)).recording_url, /^http/);
  const sent = await client.sendMessage({ content: "Hello", ai: false, conversation_id: contacts[0].conversation_id, channel: "email" });
  const page = await client.getContactMessages(contacts[0].id, { limit: 1 });
  assert.deepEqual([page.messages[0].id, page.limit, page.offset], [sent.message_id, 1, 0]);
  for (const name of everyName) {
    const other = await makeWorld();
    const answer = await operations[name].call(other.client(), other);
    for (const field of Object.keys(answerOf(name))) assert.ok(field in answer, `${name}: ${field}`);
  }
  const stranger = world.client({ apiKey: world.other_key });
  await failure(stranger.getAgent(agents[0].id), { code: "permission", status: 403 });
  const unknown = await failure(client.getAgent("no-such-agent"), { code: "not_found", status: 404, requestId: /^req_/ });
  assert.match(unknown.message, /^getAgent: Agent not found/);
  await failure(world.client({ apiKey: "cfy_wrong" }).getAgent("a"), { code: "authentication", status: 401, attempts: 1 });
});

test("the time of day is read only for a response with a date", async (t) => {
  const { now } = Date;
  t.after(() => (Date.now = now));
  let asked = 0;
  Date.now = () => (asked++, now());
  const fail = (status, headers) => rejection(stubbed(stub(() => answer({}, status, headers)), { maxRetries: 0 }).getAgent("a"));
  for (const status of [400, 401, 403, 404, 418, 429, 500, 503]) await fail(status, { "retry-after": status > 428 ? "1" : "soon" });
  assert.equal(asked, 0);
  const error = await fail(429, { "retry-after": new Date(now() + 60_000).toUTCString() });
  assert.ok(error.retryAfter > 55 && asked === 1);
});

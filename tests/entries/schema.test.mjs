// centerfy/schema: the verdicts and messages of the client, as Standard Schema and as JSON Schema, in the libraries
// that take them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sValidator } from "@hono/standard-validator";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { FieldApi, FormApi } from "@tanstack/react-form";
import { initTRPC } from "@trpc/server";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Hono } from "hono";
import { createFormControl } from "react-hook-form";
import { answer, newAgent, newCall, newMessage, rejection, stub, stubbed } from "../node/support.mjs";
import { random } from "../support/random.mjs";
import { load } from "./support.mjs";

const schemas = await load("schema");
const { agentDefaults, createAgentRequest, sendMessageRequest, updateAgentRequest } = schemas;

const client = stubbed(stub(() => answer({ ok: true })));
const { organization_id, sub_account_id, ...settings } = newAgent;
const conditional = { background_type: "office", voicemail_type: "leave_message", voicemail_message: "Hello", webhook_url: "https://x.test" };

/** Each schema: the call that validates the same request, and a request with all fields. */
const kinds = {
  createAgentRequest: { send: (it) => client.createAgent(it), whole: { ...newAgent, ...conditional } },
  updateAgentRequest: { send: (it) => client.updateAgent("a", it), whole: { ...settings, ...conditional, organization_id: undefined, sub_account_id: undefined } },
  makeAiCallRequest: { send: (it) => client.makeAiCall("a", it), whole: newCall },
  sendMessageRequest: { send: (it) => client.sendMessage(it), whole: { ...newMessage, agent_id: "a", message_id: "m" } },
  contactMessagesQuery: { send: (it) => client.getContactMessages("k", it), whole: { limit: 50, offset: 0 } },
};

const validate = (schema, value) => schema["~standard"].validate(value);

/** The client's verdict on a request, as a schema reports it. */
const verdict = async (send, request) => {
  const error = await send(request).then(() => undefined, (error) => error);
  const isArgument = (field) => ["request", "patch", "query"].includes(field);
  return error?.issues.map(({ field, message }) => ({ message, path: isArgument(field) ? [] : [field] }));
};

/** Values of all types. Requests of the first list are JSON. */
const JSON_VALUES = [undefined, null, true, false, 0, -0, 1, -1, 0.5, 1.5, 200, 201, 2 ** 53, 1e300, "", "x", ".", "ü🙂", "hangup", "leave_message", "sms", "fax", [], {}];
const VALUES = [...JSON_VALUES, NaN, Infinity, -Infinity, 1n, Symbol("s"), () => {}, new Date(0), new String("x")];

class Getters {
  get content() {
    return "from a getter";
  }
  name = "own";
}

/** Requests that are not plain objects. */
const UNUSUAL = [
  ...[undefined, null, 1, "x", true, [], new Date(0), new Getters(), new FormData(), new Uint8Array(4)].map((value) => () => value),
  (request) => Object.assign(request, { self: request }),
  (request) => ({ ...request, extra: 1n }),
  (request) => new Map(Object.entries(request)),
  (request) => Promise.resolve(request),
  (request) => Object.create(request),
  (request) => Object.create(new Getters(), Object.getOwnPropertyDescriptors(request)),
  (request) => Object.assign(Object.create(null), request),
  (request) => ({ toJSON: () => request }),
  () => ({ toJSON: () => "text" }),
  () => () => {},
];

/** Generates requests: each field is valid, missing or any value, and the whole is a plain object or anything else. */
const generator = (whole, values, seed) => {
  const next = random(seed);
  const fields = Object.entries(whole);
  // About two fields of a request are changed, so that many requests stay valid.
  const risk = Math.min(0.3, 2 / fields.length);
  const pick = (list) => list[Math.floor(next() * list.length)];
  return () => {
    const request = {};
    for (const [field, value] of fields) {
      if (next() > risk) request[field] = typeof value === "boolean" ? next() < 0.5 : value;
      else if (next() < 0.5) request[field] = pick(values);
    }
    return values === VALUES && next() < 0.1 ? pick(UNUSUAL)(request) : request;
  };
};

const COUNT = 10_000;

for (const [name, { send, whole }] of Object.entries(kinds)) {
  test(`${name}: the same verdicts and messages as the client on ${COUNT} requests`, async (t) => {
    const generate = generator(whole, VALUES, 7);
    let refused = 0;
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    t.after(() => (Error.stackTraceLimit = stackTraceLimit));
    for (let i = 0; i < COUNT; i++) {
      const request = generate();
      const result = validate(schemas[name], request);
      const issues = await verdict(send, request);
      assert.equal(JSON.stringify(result.issues), JSON.stringify(issues), `request ${i}`);
      if (issues) refused++;
      else assert.equal(result.value, request);
    }
    assert.ok(refused > COUNT / 10 && refused < COUNT * 0.9, `${refused} of ${COUNT} refused`);
  });

  test(`${name}: the same verdicts as JSON Schema, in both dialects`, () => {
    const generate = generator(whole, JSON_VALUES, 8);
    const latest = new Ajv2020({ strict: false }).compile(schemas[name].toJSONSchema());
    const draft7 = new Ajv({ strict: false }).compile(schemas[name].toJSONSchema({ target: "draft-07" }));
    for (let i = 0; i < COUNT; i++) {
      const request = JSON.parse(JSON.stringify(generate()));
      const isValid = !validate(schemas[name], request).issues;
      assert.equal(latest(request), isValid, JSON.stringify(request));
      assert.equal(draft7(request), isValid, JSON.stringify(request));
    }
  });
}

test("JSON Schema has the fields, the required ones and the rules", () => {
  const schema = sendMessageRequest.toJSONSchema();
  assert.deepEqual(schema.required, ["content", "ai", "conversation_id", "channel"]);
  assert.deepEqual(schema.properties.channel, { type: "string", enum: ["sms", "email", "whatsapp", "facebook", "instagram"] });
  assert.deepEqual(schema.allOf, [{ if: { properties: { ai: { const: true } }, required: ["ai"] }, then: { required: ["agent_id"] } }]);
  schema.properties.channel.enum.push("fax");
  assert.equal(sendMessageRequest.toJSONSchema().properties.channel.enum.length, 5, "a change of the result has no effect");
  const { input, output } = sendMessageRequest["~standard"].jsonSchema;
  assert.deepEqual(input({ target: "draft-2020-12" }), output({ target: "draft-2020-12" }));
  assert.throws(() => input({ target: "openapi-3.0" }), /target must be one of draft-2020-12, draft-07/);
});

test("an exception of a getter is thrown, as the client rejects with it", async () => {
  const request = { ...newMessage, get content() { throw new RangeError("away"); } };
  assert.throws(() => validate(sendMessageRequest, request), RangeError);
  assert.ok((await rejection(client.sendMessage(request))) instanceof RangeError);
});

test("agentDefaults is a valid request once the ids are known", async () => {
  assert.deepEqual(validate(createAgentRequest, { ...agentDefaults, name: "Sales Bot", organization_id, sub_account_id }).issues, undefined);
  assert.deepEqual(validate(createAgentRequest, agentDefaults).issues.map(({ path: [field] }) => field), ["organization_id", "sub_account_id"]);
  assert.equal(validate(updateAgentRequest, agentDefaults).issues, undefined);
});

const wrong = { ...agentDefaults, temperature: 1.7, webhook: true, organization_id, sub_account_id };
const messages = { temperature: "must be a number from 0 to 1, got 1.7", webhook_url: "is required when webhook is true" };

test("react-hook-form shows every wrong field", async () => {
  const { formControl } = createFormControl({ defaultValues: wrong, resolver: standardSchemaResolver(createAgentRequest) });
  const submit = () =>
    new Promise((resolve, reject) => {
      formControl.handleSubmit((values) => resolve({ values }), (errors) => resolve({ errors }))().catch(reject);
    });
  const { errors } = await submit();
  assert.deepEqual(Object.fromEntries(Object.entries(errors).map(([field, { message }]) => [field, message])), messages);
  formControl.setValue("temperature", 0.7);
  formControl.setValue("webhook", false);
  const { values } = await submit();
  assert.equal(values.temperature, 0.7);
});

test("TanStack Form shows every wrong field", async () => {
  let sent;
  const form = new FormApi({ defaultValues: wrong, validators: { onChange: createAgentRequest }, onSubmit: ({ value }) => (sent = value) });
  form.mount();
  const fields = ["temperature", "webhook", "webhook_url"].map((name) => new FieldApi({ form, name }));
  for (const field of fields) field.mount();
  const [temperature, webhook] = fields;
  await form.handleSubmit();
  const shown = fields.map(({ name, state }) => [name, state.meta.errors[0]?.message]);
  assert.deepEqual(Object.fromEntries(shown.filter(([, message]) => message)), messages);
  assert.equal(sent, undefined);
  temperature.handleChange(0.7);
  webhook.handleChange(false);
  await form.handleSubmit();
  assert.equal(sent?.temperature, 0.7);
});

test("Hono validates a body with it", async () => {
  const app = new Hono();
  app.post("/messages", sValidator("json", sendMessageRequest), (c) => c.json(c.req.valid("json")));
  const post = (body) => app.request("/messages", { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  assert.deepEqual(await (await post(newMessage)).json(), newMessage);
  const refused = await post({ ...newMessage, channel: "fax", ai: true });
  assert.equal(refused.status, 400);
  assert.deepEqual((await refused.json()).error.map(({ path: [field] }) => field), ["channel", "agent_id"]);
});

test("tRPC validates an input with it", async () => {
  const { router, procedure, createCallerFactory } = initTRPC.create();
  const caller = createCallerFactory(router({ send: procedure.input(sendMessageRequest).mutation(({ input }) => input.content) }))({});
  assert.equal(await caller.send(newMessage), newMessage.content);
  const error = await rejection(caller.send({ ...newMessage, conversation_id: "" }));
  assert.equal(error.code, "BAD_REQUEST");
  assert.match(error.cause.issues[0].message, /must be a non-empty string, got an empty string/);
});

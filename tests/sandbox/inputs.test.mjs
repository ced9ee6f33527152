// Invalid input is refused with a TypeError that names it and says what was expected, and changes
// nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, agentPath, createSandbox, everything, refuses } from "./support.mjs";

const fault = { type: "answer", status: 500 };

/** [the call, the words of the error] */
const wrong = {
  "an unknown operation": [(it) => it.fail("sendMail", fault), ["operation must be one of getAgent, createAgent", '"sendMail"']],
  "no operation": [(it) => it.fail(undefined, fault), ["operation must be one of"]],
  "no fault": [(it) => it.fail("getAgent"), ["fault must be an object", "undefined"]],
  "an unknown type": [(it) => it.fail("getAgent", { type: "explode" }), ["type must be one of answer, delay, drop", '"explode"']],
  "no type": [(it) => it.fail("getAgent", {}), ["type must be one of"]],
  "a drop without its time": [(it) => it.fail("getAgent", { type: "drop" }), ['when is required; it must be "before" or "after"']],
  "a drop at another time": [(it) => it.fail("getAgent", { type: "drop", when: "soon" }), ["when must be", '"soon"']],
  "a status below the range": [(it) => it.fail("getAgent", { type: "answer", status: 199 }), ["status must be between 200 and 599", "199"]],
  "a status above it": [(it) => it.fail("getAgent", { type: "answer", status: 600 }), ["status must be", "600"]],
  "half a millisecond": [(it) => it.fail("getAgent", { type: "delay", ms: 0.5 }), ["ms must be a non-negative integer", "0.5"]],
  "a negative wait": [(it) => it.fail("getAgent", { type: "delay", ms: -1 }), ["ms must be", "-1"]],
  "an infinite wait": [(it) => it.fail("getAgent", { type: "delay", ms: Infinity }), ["ms must be", "Infinity"]],
  "no wait": [(it) => it.fail("getAgent", { type: "delay" }), ["ms is required; it must be a non-negative integer"]],
  "bytes as a string": [(it) => it.fail("getAgent", { type: "cut_body", afterBytes: "5" }), ["afterBytes must be", '"5"']],
  "never": [(it) => it.fail("getAgent", { ...fault, times: 0 }), ["times must be a positive integer", "0"]],
  "a misspelled field": [(it) => it.fail("getAgent", { type: "delay", ms: 5, time: 3 }), ["time is not a field", "operation, times, type, ms"]],
  "a field of another type": [(it) => it.fail("getAgent", { type: "drop", when: "after", status: 500 }), ["status is not a field"]],
  "a hop-by-hop header": [(it) => it.fail("getAgent", { ...fault, headers: { "Content-Length": "3" } }), ["content-length"]],
  "a header with a line break": [(it) => it.fail("getAgent", { ...fault, headers: { "x-a": "a\nb" } }), ["x-a", "control"]],
  "a header that is an object": [(it) => it.fail("getAgent", { ...fault, headers: { "x-a": {} } }), ["x-a must be a string"]],
  "headers as an array": [(it) => it.fail("getAgent", { ...fault, headers: [] }), ["headers must be an object"]],
  "a body over the limit": [(it) => it.fail("getAgent", { ...fault, body: "x".repeat(100), repeat: 2 ** 30 }), ["64 MiB"]],
  "a message from an unknown contact": [(it) => it.receive({ contactId: "missing", content: "Hi" }), ['no contact "missing"', "3df1de47-de0f-45bc-9b7e-88ac0334eca1"]],
  "a message from no contact": [(it) => it.receive({ content: "Hi" }), ["contactId must be a string", "undefined"]],
  "a message without a text": [(it) => it.receive({ contactId: it.contacts()[0].id }), ["content must be a string"]],
  "a message of an invalid channel": [(it) => it.receive({ contactId: it.contacts()[0].id, content: "Hi", messageType: 5 }), ["messageType must be a string", "5"]],
  "no message": [(it) => it.receive(), ["message must be { contactId, content }"]],
  "an unknown contact's conversation": [(it) => it.conversation("missing"), ['no contact "missing"']],
  "no contact's conversation": [(it) => it.conversation(), ["contactId must be a string"]],
  "a step back in time": [(it) => it.advance(-1), ["ms must be a non-negative number", "-1"]],
  "a step of NaN": [(it) => it.advance(NaN), ["ms must be a non-negative number", "NaN"]],
  "a step that is not a number": [(it) => it.advance("5"), ["ms must be a non-negative number", '"5"']],
};

for (const [name, [act, words]] of Object.entries(wrong)) {
  test(name, async () => {
    const sandbox = await createSandbox({ now: 1_775_000_000_000 });
    const before = everything(sandbox);
    await refuses(() => act(sandbox), words);
    assert.deepEqual(everything(sandbox), before);
    assert.equal((await ask(sandbox, agentPath(sandbox))).status, 200, "no fault waits");
    assert.equal(sandbox.log()[0].at_ms, 1_775_000_000_000, "time stands");
  });
}

const options = {
  "options of null": [null, ["options must be an object", "null"]],
  "a seed that is a string": [{ seed: "one" }, ["seed must be a non-negative integer", '"one"']],
  "a negative seed": [{ seed: -1 }, ["seed must be", "-1"]],
  "half a seed": [{ seed: 0.5 }, ["seed must be", "0.5"]],
  "an invalid date": [{ now: new Date("never") }, ["now must be a Date or milliseconds since 1970", "an invalid Date"]],
  "a time that is a string": [{ now: "2026-04-01" }, ["now must be", '"2026-04-01"']],
  "a time before 1970": [{ now: -1 }, ["now must be", "-1"]],
  "a limit that is a number": [{ rateLimit: 60 }, ["rateLimit must be { requests, perMs } or false", "60"]],
  "a limit of 0 requests": [{ rateLimit: { requests: 0, perMs: 1000 } }, ["rateLimit.requests must be", "0"]],
  "a limit without its window": [{ rateLimit: { requests: 5 } }, ["rateLimit.perMs must be", "undefined"]],
  "contactReplies that is not a boolean": [{ contactReplies: "yes" }, ["contactReplies must be true or false", '"yes"']],
  "a misspelled option": [{ contactReply: true }, ["contactReply must be omitted: there is no such option; did you mean contactReplies?"]],
  "an option that does not exist": [{ apiKey: "cfy_x" }, ["apiKey must be omitted: there is no such option"]],
  "empty that is not a boolean": [{ empty: 1 }, ["empty must be true or false", "1"]],
};

for (const [name, [given, words]] of Object.entries(options)) {
  test(`${name}: createSandbox() rejects`, () => refuses(() => createSandbox(given), words));
}

test("large numbers are read from a sandbox as JavaScript numbers", async () => {
  const sandbox = await createSandbox();
  const path = agentPath(sandbox);
  const id = path.split("/").at(-1);
  const json = '{"max_duration":9007199254740993,"name":"Big"}';
  const update = path.replace("get-agent", "update-agent");
  const answer = await ask(sandbox, update, { method: "PUT", body: json, headers: { "content-type": "application/json" } });
  assert.equal(answer.status, 200, JSON.stringify(answer));
  assert.equal(sandbox.agents().find((agent) => agent.id === id).max_duration, 9007199254740992);
  assert.equal(sandbox.log().at(-1).body.max_duration, 9007199254740992);
});

// Seeds, time, and the life of a sandbox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentPath, ask, createSandbox, everything, isPending, messageTo, pair, refuses } from "./support.mjs";

const NOW = 1_775_000_000_000;

/** The same actions in any sandbox. */
async function act({ sandbox, client }) {
  await client.updateAgent(sandbox.agents()[0].id, { name: "Changed" });
  await client.sendMessage({ ...messageTo(sandbox, "Please confirm"), ai: true, agent_id: sandbox.agents()[0].id });
  sandbox.receive({ contactId: sandbox.contacts()[1].id, content: "Hello" });
  sandbox.advance(5_000);
}

test("the same seed and calls result in the same sandbox, another seed in other ids", async () => {
  const [one, two, other, none] = await Promise.all(
    [1, 1, 2, undefined].map((seed) => pair({ seed, now: NOW, contactReplies: true })),
  );
  for (const each of [one, two, other, none]) await act(each);
  assert.deepEqual(everything(one.sandbox), everything(two.sandbox));
  assert.notEqual(one.sandbox.apiKey, two.sandbox.apiKey);
  const ids = new Set([one, other, none].flatMap(({ sandbox }) => sandbox.agents().map(({ id }) => id)));
  assert.equal(ids.size, 12);
  assert.equal(none.sandbox.agents()[0].id, "ae2be130-e36f-45d0-9a68-3161f6656bcb");
});

test("a change in one sandbox does not affect another", async () => {
  const [one, other] = [await pair({ now: NOW }), await pair({ now: NOW })];
  const before = everything(other.sandbox);
  await act(one);
  one.sandbox.fail("any", { type: "drop", when: "before", times: null });
  assert.deepEqual(everything(other.sandbox), before);
  await other.client.getAgent(other.sandbox.agents()[0].id);
  one.sandbox.dispose();
  await other.client.getAgent(other.sandbox.agents()[0].id);
});

test("an empty sandbox starts without agents, contacts and calls", async () => {
  const sandbox = await createSandbox({ empty: true });
  assert.deepEqual([sandbox.agents(), sandbox.contacts(), sandbox.calls()], [[], [], []]);
});

test("time runs with the runtime's clock, and advance adds to it", async () => {
  const sandbox = await createSandbox();
  await ask(sandbox, agentPath(sandbox));
  sandbox.advance(3_600_000);
  await ask(sandbox, agentPath(sandbox));
  const [one, two] = sandbox.log().map(({ at_ms }) => at_ms);
  assert.ok(Math.abs(one - Date.now()) < 60_000, "it is the runtime's");
  assert.ok(two - one >= 3_600_000 && two - one < 3_660_000);
});

test("a fixed time moves only by advance", async () => {
  for (const now of [NOW, new Date(NOW)]) {
    const { sandbox, client } = await pair({ now, contactReplies: true });
    await client.sendMessage(messageTo(sandbox));
    const [{ id }] = sandbox.contacts();
    assert.equal(sandbox.conversation(id).at(-1).content, "See you at ten.");
    sandbox.advance(1_999);
    assert.equal(sandbox.conversation(id).at(-1).content, "See you at ten.");
    sandbox.advance(1);
    assert.equal(sandbox.conversation(id).at(-1).sender_type, "contact");
    assert.equal(sandbox.log()[0].at_ms, NOW);
  }
});

test("a call rings, is answered and ends", async () => {
  const { sandbox, client } = await pair({ now: NOW });
  const { organizationId: organization_id, subAccountId: sub_account_id } = sandbox;
  const contact_id = sandbox.contacts()[0].id;
  await client.makeAiCall(sandbox.agents()[0].id, { contact_id, organization_id, sub_account_id });
  const status = () => sandbox.calls().at(-1).status;
  assert.equal(status(), "call_initiated");
  sandbox.advance(3_000);
  assert.equal(status(), "in_progress");
  sandbox.advance(7_000);
  assert.equal(status(), "completed");
});

test("with a fixed time, advance ends a delay and continues trickling", async () => {
  const sandbox = await createSandbox({ now: NOW });
  sandbox.fail("any", { type: "delay", ms: 500 });
  const answer = ask(sandbox, agentPath(sandbox));
  while (sandbox.log().length === 0) await null;
  sandbox.advance(499);
  assert.ok(await isPending(answer));
  sandbox.advance(1);
  assert.equal((await answer).status, 200);
  sandbox.fail("any", { type: "trickle", bytes: 1, everyMs: 10, status: 200, body: "ab" });
  const reader = (await ask(sandbox, agentPath(sandbox))).body.getReader();
  for (const expected of ["a", "b"]) {
    const piece = reader.read();
    assert.ok(await isPending(piece));
    sandbox.advance(10);
    assert.equal(new TextDecoder().decode((await piece).value), expected);
  }
  assert.ok((await reader.read()).done);
});

test("a reset restores the initial state, and the ids of entities that are created later", async () => {
  const both = await pair({ now: NOW, seed: 5 });
  const { sandbox } = both;
  const before = everything(sandbox);
  await act(both);
  const after = everything(sandbox);
  sandbox.fail("any", { type: "drop", when: "before" });
  const { apiKey } = sandbox;
  sandbox.reset();
  assert.equal(sandbox.apiKey, apiKey);
  assert.deepEqual(everything(sandbox), before);
  await act(both);
  assert.deepEqual(everything(sandbox), after);
});

test("a reset and a disposal end requests in flight", async () => {
  for (const end of ["reset", "dispose"]) {
    const sandbox = await createSandbox();
    sandbox.fail("any", { type: "stall_headers" });
    sandbox.fail("any", { type: "delay", ms: 3_600_000 });
    sandbox.fail("any", { type: "stall_body", afterBytes: 3 });
    const [stalled, delayed] = [ask(sandbox, agentPath(sandbox)), ask(sandbox, agentPath(sandbox))];
    const body = (await ask(sandbox, agentPath(sandbox))).text();
    assert.ok(await isPending(Promise.race([stalled, delayed, body])));
    sandbox[end]();
    for (const promise of [stalled, delayed, body]) await refuses(() => promise, "the sandbox was");
  }
});

test("after its disposal everything is refused, and disposing again has no effect", async () => {
  const sandbox = await createSandbox();
  const url = `${sandbox.baseUrl}/${agentPath(sandbox)}`;
  sandbox.dispose();
  sandbox.dispose();
  for (const use of [
    () => sandbox.fetch(url),
    () => sandbox.agents(),
    () => sandbox.log(),
    () => sandbox.fail("any", { type: "stall_headers" }),
    () => sandbox.advance(1),
    () => sandbox.reset(),
  ]) {
    await refuses(use, "this sandbox was disposed of");
  }
});

test("Symbol.dispose exists where the runtime has it", async () => {
  const sandbox = await createSandbox();
  if (Symbol.dispose) {
    sandbox[Symbol.dispose]();
    await refuses(() => sandbox.agents(), "disposed of");
  } else {
    assert.deepEqual(Object.getOwnPropertySymbols(sandbox), []);
  }
});

test("hundreds of sandboxes exist at the same time", async () => {
  const sandboxes = await Promise.all(Array.from({ length: 300 }, (_, seed) => createSandbox({ seed })));
  assert.equal(new Set(sandboxes.map(({ apiKey }) => apiKey)).size, 300);
  assert.equal(new Set(sandboxes.map((sandbox) => sandbox.agents()[0].id)).size, 300);
  for (const sandbox of sandboxes) sandbox.dispose();
});

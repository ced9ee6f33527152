// The client's whole table of faults on both forms of the sandbox, and each fault as seen by `fetch`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, operations, table } from "../node/faults.mjs";
import { nobody, sandbox as server } from "../node/support.mjs";
import { Centerfy, CenterfyError, agentPath, ask, createSandbox, isPending, messageTo, pair } from "./support.mjs";

const faces = {
  "the native server": async () => ({ sandbox: server, refused: await nobody() }),
  "the sandbox in this process": async () => {
    const { baseUrl, fetch } = await createSandbox();
    return { sandbox: new URL(baseUrl).origin, refused: "https://nobody.invalid", fetch };
  },
};

for (const [face, where] of Object.entries(faces)) {
  test(`each fault × each operation, ${face}`, async () => {
    const { lines, total } = await table({ Centerfy, CenterfyError, ...(await where()) }, 60);
    assert.equal(total, Object.keys(faults).length * Object.keys(operations).length);
    assert.deepEqual(lines, []);
  });
}

test("a dropped connection rejects with a TypeError", async () => {
  const { sandbox, client } = await pair();
  for (const [when, sent] of [
    ["before", 0],
    ["after", 1],
  ]) {
    sandbox.fail("sendMessage", { type: "drop", when });
    const call = client.sendMessage(messageTo(sandbox));
    await assert.rejects(call, ({ cause }) => cause instanceof TypeError && cause.message.startsWith("fetch failed"));
    assert.equal(sandbox.deliveries().length, sent, when);
  }
  assert.deepEqual(
    sandbox.log().map(({ status }) => status),
    [null, null],
  );
});

test("stalled headers stay pending until the signal aborts, and reject with its reason", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "stall_headers" });
  const controller = new AbortController();
  const answer = ask(sandbox, agentPath(sandbox), { signal: controller.signal });
  assert.ok(await isPending(answer));
  assert.equal(sandbox.log()[0].closed_by_client, false);
  const reason = new Error("enough");
  controller.abort(reason);
  await assert.rejects(answer, (error) => error === reason);
  assert.equal(sandbox.log()[0].closed_by_client, true);
});

test("a stalled body yields its first bytes, and nothing more until the signal aborts", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "stall_body", afterBytes: 7 });
  const controller = new AbortController();
  const answer = await ask(sandbox, agentPath(sandbox), { signal: controller.signal });
  assert.equal(answer.status, 200);
  const reader = answer.body.getReader();
  assert.equal((await reader.read()).value.length, 7);
  const more = reader.read();
  assert.ok(await isPending(more));
  controller.abort();
  await assert.rejects(more, { name: "AbortError" });
  assert.equal(sandbox.log()[0].closed_by_client, true);
});

test("a stalled body that is canceled was closed by the client", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "stall_body", afterBytes: 7 });
  const answer = await ask(sandbox, agentPath(sandbox));
  await answer.body.cancel();
  assert.equal(sandbox.log()[0].closed_by_client, true);
});

test("a cut body fails, however it is read", async () => {
  const sandbox = await createSandbox();
  for (const how of ["text", "json", "arrayBuffer", "blob"]) {
    sandbox.fail("any", { type: "cut_body", afterBytes: 1_000_000 });
    const answer = await ask(sandbox, agentPath(sandbox));
    await assert.rejects(answer[how](), TypeError, how);
  }
  sandbox.fail("any", { type: "cut_body", afterBytes: 5, status: 502, body: "sorry" });
  const answer = await ask(sandbox, agentPath(sandbox));
  assert.deepEqual([answer.status, answer.headers.get("content-length")], [502, "5"]);
  const reader = answer.body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "sorr");
  await assert.rejects(reader.read(), TypeError);
  assert.ok(sandbox.log().every((entry) => !entry.closed_by_client));
});

test("the chunks of a trickling body can be transferred to another thread", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "trickle", bytes: 3, everyMs: 1, status: 200, body: "abcdefgh" });
  let length = 0;
  for await (const piece of (await ask(sandbox, agentPath(sandbox))).body) {
    length += structuredClone(piece, { transfer: [piece.buffer] }).length;
  }
  assert.equal(length, 8);
});

test("a trickling body arrives in chunks, completely", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "trickle", bytes: 3, everyMs: 1, status: 200, body: "abcdefgh" });
  const pieces = [];
  for await (const piece of (await ask(sandbox, agentPath(sandbox))).body) pieces.push(new TextDecoder().decode(piece));
  assert.deepEqual(pieces, ["abc", "def", "gh"]);
});

test("an answer fault sets status, headers and body", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("getAgent", {
    type: "answer",
    status: 502,
    headers: { "x-many": ["a", "b"], "x-request-id": null, "Retry-After": 7 },
    body: "<p>x</p>",
    repeat: 2,
  });
  const answer = await ask(sandbox, agentPath(sandbox));
  const { status, headers } = answer;
  assert.deepEqual(
    [status, headers.get("x-many"), headers.get("x-request-id"), headers.get("retry-after")],
    [502, "a, b", null, "7"],
  );
  assert.equal(headers.get("content-type"), "text/html");
  assert.equal(await answer.text(), "<p>x</p><p>x</p>");
});

test("faults apply to their operation, in order, `times` times", async () => {
  const sandbox = await createSandbox();
  sandbox.fail("sendMessage", { type: "answer", status: 500 });
  sandbox.fail("getAgent", { type: "answer", status: 501, times: 2 });
  sandbox.fail("any", { type: "answer", status: 418, times: null });
  const statuses = [];
  for (let asked = 0; asked < 4; asked++) statuses.push((await ask(sandbox, agentPath(sandbox))).status);
  assert.deepEqual(statuses, [501, 501, 418, 418]);
  sandbox.clearFaults();
  assert.equal((await ask(sandbox, agentPath(sandbox))).status, 200);
});

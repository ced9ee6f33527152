// `sandbox.fetch` accepts what `fetch` accepts, and reaches no other host.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentPath, ask, createSandbox, isPending, messageTo, refuses } from "./support.mjs";

const API = "https://crmwebhook.com/functions/v1/crm-api";

test("a string, a URL, a Request; at the sandbox's address and at the API's", async () => {
  const sandbox = await createSandbox();
  const headers = { "x-api-key": sandbox.apiKey };
  for (const base of [sandbox.baseUrl, API]) {
    const url = `${base}/${agentPath(sandbox)}`;
    for (const [input, init] of [
      [url, { headers }],
      [new URL(url), { headers: new Headers(headers) }],
      [new Request(url, { headers })],
      [new Request(url), { headers: Object.entries(headers) }],
      [`${url}#fragment`, { headers, method: "get" }],
    ]) {
      const answer = await sandbox.fetch(input, init);
      assert.equal(answer.status, 200);
      assert.equal((await answer.json()).id, sandbox.agents()[0].id);
      assert.ok(answer instanceof Response && answer.ok && answer.url.startsWith(base));
    }
  }
  assert.equal(new Set(sandbox.log().map(({ path }) => path)).size, 1);
});

test("every type of body", async () => {
  const sandbox = await createSandbox({ rateLimit: false });
  const text = JSON.stringify(messageTo(sandbox, "Grüße 🙂"));
  const bytes = new TextEncoder().encode(text);
  const bodies = [text, bytes, bytes.buffer, new DataView(bytes.buffer), new Blob([bytes]), new Blob([bytes]).stream()];
  for (const body of bodies) {
    const answer = await ask(sandbox, "send-message", { method: "POST", body, duplex: "half" });
    assert.equal(answer.status, 200, body.constructor.name);
  }
  const whole = new Request(`${sandbox.baseUrl}/send-message`, {
    method: "POST",
    body: text,
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  });
  assert.equal((await sandbox.fetch(whole)).status, 200);
  assert.ok(whole.bodyUsed);
  await assert.rejects(sandbox.fetch(whole), TypeError, "a body is read once");
  const sent = sandbox.deliveries().map(({ response }) => response.content);
  assert.deepEqual(sent, Array(bodies.length + 1).fill("Grüße 🙂"));
  const form = await ask(sandbox, "send-message", { method: "POST", body: new URLSearchParams({ a: "b" }) });
  assert.equal(form.status, 400);
  assert.match(sandbox.log().at(-1).headers["content-type"], /^application\/x-www-form-urlencoded/);
});

test("an invalid request is a TypeError, as in fetch", async () => {
  const sandbox = await createSandbox();
  const url = `${sandbox.baseUrl}/get-agent/x`;
  for (const [input, init] of [
    [url, { body: "x" }],
    [url, { body: "" }],
    [new Request(url, { method: "POST", body: "x" }), { method: "GET" }],
    [url, { headers: { "bad name": "x" } }],
    [url, { headers: { "x-a": "a\nb" } }],
    ["/get-agent/x", {}],
    ["", {}],
  ]) {
    await assert.rejects(sandbox.fetch(input, init), TypeError);
  }
  assert.equal(sandbox.log().length, 0);
});

test("no other host is reached", async () => {
  const sandbox = await createSandbox();
  const wayIn = "pass the sandbox's baseUrl to the client, or use a proxy";
  await refuses(() => sandbox.fetch("/api/get-agent/x"), ['"/api/get-agent/x" is not an absolute URL', wayIn]);
  for (const url of [
    "https://example.com/functions/v1/crm-api/get-agent/x",
    "http://crmwebhook.com/functions/v1/crm-api/get-agent/x",
    "https://crmwebhook.com:8443/functions/v1/crm-api/get-agent/x",
    "https://crmwebhook.com.evil.example/",
    "http://127.0.0.1:1/",
    "data:text/plain,x",
  ]) {
    await refuses(() => sandbox.fetch(url), ["the sandbox only reaches https://sandbox.invalid and https://crmwebhook.com", "https://crmwebhook.com", wayIn]);
  }
  assert.equal((await sandbox.fetch("https://crmwebhook.com/elsewhere")).status, 404);
});

test("keys: none, a wrong one, another organization's", async () => {
  const sandbox = await createSandbox();
  const url = `${sandbox.baseUrl}/${agentPath(sandbox)}`;
  const statuses = [];
  for (const key of [undefined, "cfy_wrong", sandbox.otherApiKey]) {
    statuses.push((await sandbox.fetch(url, { headers: key && { "x-api-key": key } })).status);
  }
  assert.deepEqual(statuses, [401, 401, 403]);
  assert.ok(!JSON.stringify(sandbox.log()).includes(sandbox.otherApiKey), "no key is in the log");
});

test("an aborted signal: no request is sent", async () => {
  const sandbox = await createSandbox();
  const reason = new Error("before");
  const signal = AbortSignal.abort(reason);
  await assert.rejects(ask(sandbox, agentPath(sandbox), { signal }), (error) => error === reason);
  const request = new Request(`${sandbox.baseUrl}/x`, { signal });
  await assert.rejects(sandbox.fetch(request), (error) => error === reason);
  assert.equal(sandbox.log().length, 0);
});

test("an abort while the body is still being sent", async () => {
  const sandbox = await createSandbox();
  const controller = new AbortController();
  const init = { method: "POST", body: new ReadableStream(), duplex: "half", signal: controller.signal };
  const answer = ask(sandbox, "send-message", init);
  assert.ok(await isPending(answer));
  const reason = new Error("enough");
  controller.abort(reason);
  assert.ok(!(await isPending(answer)));
  await assert.rejects(answer, (error) => error === reason);
});

test("a signal of null overrides the Request's", async () => {
  const sandbox = await createSandbox();
  const request = new Request(`${sandbox.baseUrl}/x`, { signal: AbortSignal.abort() });
  assert.equal((await sandbox.fetch(request, { signal: null })).status, 404);
});

test("an abort while the answer is delayed: the operation is not executed", async () => {
  const sandbox = await createSandbox({ now: 0 });
  sandbox.fail("any", { type: "delay", ms: 1_000 });
  const controller = new AbortController();
  const init = { method: "POST", body: JSON.stringify(messageTo(sandbox)), signal: controller.signal };
  const answer = ask(sandbox, "send-message", init);
  while (sandbox.log().length === 0) await null;
  controller.abort();
  await assert.rejects(answer, { name: "AbortError" });
  sandbox.advance(2_000);
  assert.equal(sandbox.deliveries().length, 0);
  const [{ carried_out, closed_by_client }] = sandbox.log();
  assert.deepEqual([carried_out, closed_by_client], [false, true]);
});

test("redirects: followed inside, refused outside, and manual on request", async () => {
  const sandbox = await createSandbox();
  const redirect = (status, location) => sandbox.fail("any", { type: "answer", status, headers: { location } });
  const path = agentPath(sandbox);
  const init = { method: "POST", body: JSON.stringify(messageTo(sandbox)) };
  redirect(303, `/functions/v1/crm-api/${path}`);
  assert.equal((await (await ask(sandbox, "send-message", init)).json()).id, sandbox.agents()[0].id);
  redirect(307, "https://example.com/");
  await refuses(() => ask(sandbox, path), "the sandbox only reaches https://sandbox.invalid and https://crmwebhook.com");
  redirect(307, "/elsewhere");
  assert.equal((await ask(sandbox, path, { redirect: "manual" })).status, 307);
  redirect(307, "/elsewhere");
  await refuses(() => ask(sandbox, path, { redirect: "error" }), "redirect");
  sandbox.fail("any", { type: "answer", status: 307, headers: { location: `/functions/v1/crm-api/${path}` }, times: null });
  await refuses(() => ask(sandbox, path), "too many redirects");
});

test("a recording: its bytes, a range of them, a HEAD request", async () => {
  const sandbox = await createSandbox();
  const call = sandbox.calls().find(({ recording }) => recording);
  const { recording_url } = await (await ask(sandbox, `get-call-recording/${call.call_id}`)).json();
  const whole = new Uint8Array(await (await sandbox.fetch(recording_url)).arrayBuffer());
  assert.ok(whole.length > 40_000);
  const part = await sandbox.fetch(recording_url, { headers: { range: "bytes=4-7" } });
  assert.equal(part.status, 206);
  assert.deepEqual(new Uint8Array(await part.arrayBuffer()), whole.slice(4, 8));
  const head = await sandbox.fetch(recording_url, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length"), await head.text()], [200, String(whole.length), ""]);
  assert.equal((await sandbox.fetch(`${recording_url}0`)).status, 403);
});

test("fetch does not need `this`, and many concurrent requests all get responses", async () => {
  const { fetch, ...sandbox } = await createSandbox({ rateLimit: false });
  const url = `${sandbox.baseUrl}/get-agent/ae2be130-e36f-45d0-9a68-3161f6656bcb`;
  const init = { headers: { "x-api-key": sandbox.apiKey } };
  const answers = await Promise.all(Array.from({ length: 500 }, () => fetch(url, init)));
  assert.ok(answers.every(({ status }) => status === 200));
});

// The real server with a real Redis, called as by a page. Behind the proxy is the sandbox.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Centerfy } from "centerfy";

const contact = "3df1de47-de0f-45bc-9b7e-88ac0334eca1";
const running = [];
let folder, redis, url, centerfy;

/** Starts a program, and waits until its output matches. */
const start = (command, args, ready, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    running.push(child);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const match = (output += text).match(ready);
      if (match) resolve(match);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
  });

const startServer = async (env) => (await start(process.execPath, ["server.js"], /http:\/\/\S+/, { REDIS_URL: redis, PORT: "0", ...env }))[0];

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  return new Promise((resolve) => server.close(() => resolve(port)));
};

/** A client with the headers that a browser adds: the page's origin and the cookie. */
const clientOf = (cookie) =>
  new Centerfy({
    proxy: `${url}/api/centerfy`,
    fetch: (to, init) => fetch(to, { ...init, headers: { ...init.headers, origin: url, ...(cookie && { cookie }) } }),
  });

const signIn = async (name) => {
  const response = await fetch(`${url}/login`, { method: "POST", body: new URLSearchParams({ name }), redirect: "manual" });
  return response.headers.get("set-cookie").split(";")[0];
};

const conversation = () => centerfy.getContactMessages(contact, { limit: 100 });
const howOften = async (content) => (await conversation()).messages.filter((message) => message.content === content).length;
const message = async (content) => ({ content, ai: false, channel: "sms", conversation_id: (await conversation()).conversation_id });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "express-redis-"));
  const port = await freePort();
  await start("redis-server", ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", ""].map(String), /Ready to accept/);
  redis = `redis://127.0.0.1:${port}`;
  url = await startServer({ CENTERFY_API_KEY: "" });
  centerfy = clientOf(await signIn("mia"));
});

after(async () => {
  for (const child of running.reverse()) if (child.exitCode === null && child.kill()) await once(child, "exit");
  await rm(folder, { recursive: true, force: true });
});

test("the page is served", async () => {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<form id="message">/);
});

test("a message is sent, and only once with its key", async () => {
  const hello = await message("See you at ten.");
  const sent = await centerfy.sendMessage(hello, { idempotencyKey: "visit-7" });
  assert.deepEqual(await centerfy.sendMessage(hello, { idempotencyKey: "visit-7" }), sent);
  assert.equal(await howOften("See you at ten."), 1);
});

test("processes share sessions and idempotency keys", async () => {
  const [before, hello] = [url, await message("See you at eleven.")];
  const cookie = await signIn("noah");
  const sent = await clientOf(cookie).sendMessage(hello, { idempotencyKey: "visit-8" });
  url = await startServer({ CENTERFY_API_KEY: "" });
  assert.deepEqual(await clientOf(cookie).sendMessage(hello, { idempotencyKey: "visit-8" }), sent);
  assert.equal(await clientOf(cookie).getContactMessages(contact, { limit: 1 }).then(({ messages }) => messages[0].content === hello.content), false);
  url = before;
});

test("without a session nothing is sent", async () => {
  const hello = await message("From nobody");
  for (const cookie of [undefined, "session=guessed"]) {
    await assert.rejects(clientOf(cookie).sendMessage(hello), { code: "authentication", status: 401, maybeDelivered: false });
  }
  assert.equal(await howOften("From nobody"), 0);
});

test("no response to a browser contains the API key", async () => {
  const apiKey = "cfy_which_nobody_may_see";
  const server = await startServer({ CENTERFY_API_KEY: apiKey });
  for (const path of ["/", "/page.js", "/centerfy.js"]) {
    const response = await fetch(server + path);
    assert.equal(response.status, 200);
    const text = await response.text();
    assert.ok(!text.includes(apiKey), path);
  }
});

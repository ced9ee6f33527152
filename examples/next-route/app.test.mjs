// `next build` and `next start`, called as by a page. Behind the proxy is the sandbox.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Centerfy } from "centerfy";

const contact = "3df1de47-de0f-45bc-9b7e-88ac0334eca1";
const apiKey = "cfy_which_nobody_may_see";
const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"));
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
let server, url, centerfy;

/** Starts a program, and waits until its output matches. */
const start = (command, args, ready, env) =>
  new Promise((resolve, reject) => {
    server = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    server.stdout.setEncoding("utf8").on("data", (text) => {
      const match = (output += text).match(ready);
      if (match) resolve(match);
    });
    server.on("error", reject);
    server.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
  });

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
  execFileSync(process.execPath, [next, "build"], { env: { ...env, CENTERFY_API_KEY: apiKey }, stdio: ["ignore", "ignore", "inherit"] });
  const ready = /(http:\/\/127\.0\.0\.1:[1-9]\d*)[\s\S]*Ready/;
  const args = [next, "start", "--hostname", "127.0.0.1", "--port", "0"];
  [, url] = await start(process.execPath, args, ready, { ...env, CENTERFY_API_KEY: "" });
  centerfy = clientOf(await signIn("mia"));
});

after(async () => {
  if (server?.exitCode === null && server.kill()) await once(server, "exit");
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

test("without a session nothing is sent", async () => {
  const hello = await message("From nobody");
  const mine = await signIn("mia");
  const forged = mine.replace(/=\w+/, `=${Buffer.from("noah").toString("base64url")}`);
  for (const cookie of [undefined, forged, mine.slice(0, -1)]) {
    await assert.rejects(clientOf(cookie).sendMessage(hello), { code: "authentication", status: 401, maybeDelivered: false });
  }
  assert.equal(await howOften("From nobody"), 0);
});

test("no file or response for a browser contains the API key, although it was set during the build", async () => {
  assert.ok(!(await (await fetch(url)).text()).includes(apiKey));
  const files = readdirSync(".next/static", { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  assert.ok(files.length > 3);
  for (const file of files) assert.ok(!readFileSync(join(file.parentPath ?? file.path, file.name)).includes(apiKey), file.name);
});

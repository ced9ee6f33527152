// The Worker in workerd, called as by a page. Behind the proxy is the sandbox.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Centerfy } from "centerfy";

const contact = "3df1de47-de0f-45bc-9b7e-88ac0334eca1";
const apiKey = "cfy_which_nobody_may_see";
const wrangler = fileURLToPath(new URL("node_modules/wrangler/bin/wrangler.js", import.meta.url));
let folder, worker, url, centerfy;

/** Starts a program, and waits until its output matches. */
const start = (command, args, ready, env) =>
  new Promise((resolve, reject) => {
    worker = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    worker.stdout.setEncoding("utf8").on("data", (text) => {
      const match = (output += text).match(ready);
      if (match) resolve(match);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
  });

/** In workerd, with the objects' storage in a separate folder. */
const startWorker = async () => {
  const args = [wrangler, "dev", "--port", "0", "--inspector-port", "0", "--persist-to", folder];
  const env = { WRANGLER_SEND_METRICS: "false" };
  [, url] = await start(process.execPath, args, /Ready on (http:\/\/127\.0\.0\.1:[1-9]\d*)/, env);
};

const stopWorker = async () => {
  if (worker?.exitCode === null && worker.kill()) await once(worker, "exit");
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
  execFileSync("npm", ["run", "build"], { env: { ...process.env, CENTERFY_API_KEY: apiKey }, stdio: ["ignore", "ignore", "inherit"] });
  folder = await mkdtemp(join(tmpdir(), "worker-vite-"));
  await startWorker();
  centerfy = clientOf(await signIn("mia"));
});

after(async () => {
  await stopWorker();
  await rm(folder, { recursive: true, force: true });
});

test("the page is served", async () => {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<form id="message">/);
});

test("a message is sent, and only once with its key, even if the Worker restarts", async () => {
  const hello = await message("See you at ten.");
  const cookie = await signIn("mia");
  const sent = await clientOf(cookie).sendMessage(hello, { idempotencyKey: "visit-7" });
  assert.deepEqual(await clientOf(cookie).sendMessage(hello, { idempotencyKey: "visit-7" }), sent);
  assert.equal(await howOften("See you at ten."), 1);
  await stopWorker();
  await startWorker();
  centerfy = clientOf(cookie);
  assert.deepEqual(await centerfy.sendMessage(hello, { idempotencyKey: "visit-7" }), sent);
  assert.equal(await howOften("See you at ten."), 0, "nothing was sent to the new sandbox");
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

test("no built file contains the API key", () => {
  const files = readdirSync("dist", { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  assert.ok(files.length >= 2);
  for (const file of files) assert.ok(!readFileSync(join(file.parentPath ?? file.path, file.name)).includes(apiKey), file.name);
});

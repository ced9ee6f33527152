// The queue and its processes with a real Redis and a sandbox, killed in the middle and started again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { settle } from "centerfy/store";
import { redisStore } from "centerfy/redis";
import IORedis from "ioredis";
import { rowsOf } from "./people.js";
import { startSandbox } from "./sandbox.js";

const FILE = "people.csv";
const PEOPLE = 40;
const ANY_TIME = ["--from", "00:00", "--to", "24:00", "--days", "sun,mon,tue,wed,thu,fri,sat"];
const running = [];
let folder, redis, api, client;

/** Starts a program, and waits until its output matches. */
const start = (command, args, ready) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    running.push(child);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const match = (output += text).match(ready);
      if (match) resolve(match);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
  });

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  return new Promise((resolve) => server.close(() => resolve(port)));
};

/** Starts `start.js`. `ended` resolves to its exit code or signal, and what it printed; `pids` are those of its workers. */
function app(...args) {
  const child = spawn(process.execPath, ["start.js", FILE, ...args], { env: { ...process.env, ...api, REDIS_URL: redis }, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const ended = once(child, "close").then(([code, signal]) => ({ code: signal ?? code, printed }));
  return { child, ended, pids: () => [...printed.matchAll(/^worker (\d+)$/gm)].map(([, pid]) => Number(pid)), printed: () => printed };
}

const run = async (...args) => {
  const { code, printed } = await app(...args).ended;
  assert.equal(code, 0, printed);
  return printed;
};

const control = async (method, path, body) => {
  const base = api.CENTERFY_BASE_URL.replace(/\/functions.*/, "/_sandbox/organizations/cfy_sandbox");
  const response = await fetch(base + path, { method, body: body && JSON.stringify(body) });
  return response.status === 204 ? undefined : response.json();
};
const deliveries = () => control("GET", "/deliveries");

const until = async (isTrue) => {
  while (!(await isTrue())) await setImmediate();
};

/** The people to whom a message was sent, by their keys. */
const reached = async () => {
  const keys = new Map();
  for await (const { contact_id, conversation_id } of rowsOf(FILE)) keys.set(conversation_id, contact_id);
  return (await deliveries()).map(({ request }) => keys.get(request.conversation_id));
};

const countsOf = (printed) => Object.fromEntries([...printed.matchAll(/(\w+): (\d+)/g)].map(([, state, count]) => [state, Number(count)]));

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-bullmq-"));
  const port = await freePort();
  await start("redis-server", ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", ""].map(String), /Ready to accept/);
  redis = `redis://127.0.0.1:${port}`;
  client = new IORedis(redis);
  api = await startSandbox(rowsOf(FILE));
});

after(async () => {
  client?.disconnect();
  for (const child of running.reverse()) if (child.exitCode === null && child.kill()) await once(child, "exit");
  await rm(folder, { recursive: true, force: true });
});

test("workers and then all of it are killed: each person is reached once, and those it cannot know of are listed", { timeout: 300_000 }, async (t) => {
  // Slow enough that it is killed in the middle.
  await control("POST", "/faults", { operation: "sendMessage", type: "delay", ms: 50, times: null });
  const { child, ended, pids, printed: soFar } = app(...ANY_TIME);
  for (let kills = 0; kills < 2; kills++) {
    const before = (await deliveries()).length;
    await until(async () => (await deliveries()).length > before);
    process.kill(pids()[kills], "SIGKILL");
  }
  // They are replaced.
  await until(() => pids().length === 5);
  child.kill("SIGKILL");
  assert.equal((await ended).code, "SIGKILL", soFar());
  await control("DELETE", "/faults");

  const printed = await run(...ANY_TIME);
  const counts = countsOf(printed);
  assert.ok(counts.sent > 0, printed);
  assert.equal(counts.sent + counts.unknown, PEOPLE, printed);
  t.diagnostic(`${counts.unknown} of ${PEOPLE} unknown after the kills`);
  const keys = await reached();
  assert.equal(new Set(keys).size, keys.length, "no person was reached twice");
  assert.ok(keys.length >= counts.sent, "everything that is sent has arrived");

  // A person looks: is the message there?
  const unknown = [...printed.matchAll(/^(\S+) is unknown/gm)].map(([, key]) => key);
  assert.equal(unknown.length, counts.unknown);
  const store = redisStore(client);
  for (const key of unknown) assert.ok(await settle(store, { run: "people", key }, keys.includes(key) ? "delivered" : "not delivered"));
  assert.equal(countsOf(await run(...ANY_TIME)).sent, PEOPLE);
  assert.equal((await reached()).length, PEOPLE);
  assert.equal(new Set(await reached()).size, PEOPLE);
});

test("started again, it sends nothing", async () => {
  assert.equal(countsOf(await run(...ANY_TIME)).sent, PEOPLE);
  assert.equal((await reached()).length, PEOPLE);
});

test("what the API refuses is tried again, and a person who has opted out is not reached", { timeout: 120_000 }, async () => {
  await control("POST", "/reset");
  await control("POST", "/faults", { operation: "sendMessage", type: "answer", status: 429, headers: { "retry-after": "1" }, times: 5 });
  const keys = [];
  for await (const { contact_id } of rowsOf(FILE)) keys.push(contact_id);
  await client.sadd("opted-out", keys[0]);
  const printed = await run("--id", "second", ...ANY_TIME);
  const { sent, skipped } = countsOf(printed);
  assert.deepEqual([sent, skipped], [PEOPLE - 1, 1], printed);
  assert.deepEqual((await reached()).sort(), keys.slice(1).sort());
});

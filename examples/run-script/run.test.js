// The script with a real Redis and a sandbox in another process, killed in the middle and started again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { rowsOf } from "./people.js";
import { createClient } from "redis";

const FILE = "people.csv";
const PEOPLE = 40;
/** Each kill leaves up to eight people unknown: those to whom the script was sending. */
const KILLS = 3;
const ANY_TIME = ["--from", "00:00", "--to", "24:00", "--days", "sun,mon,tue,wed,thu,fri,sat"];
const cli = fileURLToPath(new URL("node_modules/centerfy/cli.js", import.meta.url));
const running = [];
let folder, redis, url, client;

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

/** Starts the script. `ended` resolves to its exit code or signal, and what it printed. */
function script(file, ...args) {
  const env = { ...process.env, REDIS_URL: redis, CENTERFY_API_KEY: "cfy_sandbox", CENTERFY_BASE_URL: `${url}/functions/v1/crm-api` };
  const child = spawn(process.execPath, ["run.js", file, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const ended = once(child, "close").then(([code, signal]) => ({ code: signal ?? code, printed }));
  return { child, ended };
}

const run = async (...args) => {
  const { code, printed } = await script(...args).ended;
  assert.equal(code, 0, printed);
  return printed;
};

const control = async (method, path, body) => {
  const response = await fetch(`${url}/_sandbox/organizations/cfy_sandbox${path}`, { method, body: body && JSON.stringify(body) });
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
  folder = await mkdtemp(join(tmpdir(), "run-script-"));
  const port = await freePort();
  await start("redis-server", ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", ""].map(String), /Ready to accept/);
  redis = `redis://127.0.0.1:${port}`;
  client = await createClient({ url: redis }).connect();
  const contacts = [];
  for await (const { contact_id: id, conversation_id, name, phone } of rowsOf(FILE)) contacts.push({ id, conversation_id, name, phone: phone || null });
  const file = join(folder, "contacts.json");
  await writeFile(file, JSON.stringify(contacts));
  const options = ["--port", "0", "--quiet", "--rate-limit", "none", "--contacts", file];
  [, url] = await start(process.execPath, [cli, "sandbox", ...options], /listening on (\S+)/);
});

after(async () => {
  client?.destroy();
  for (const child of running.reverse()) if (child.exitCode === null && child.kill()) await once(child, "exit");
  await rm(folder, { recursive: true, force: true });
});

test("a dry run says when, and sends nothing", async () => {
  const printed = await run(FILE, "--dry-run", "--id", "dry");
  assert.match(printed, new RegExp(`^${PEOPLE} would be sent, the last one on \\d`, "m"));
  assert.deepEqual(await deliveries(), []);
});

test("killed many times and started again, it reaches each person once, and lists those it cannot know of", { timeout: 300_000 }, async (t) => {
  // Slow enough that it is killed in the middle.
  await control("POST", "/faults", { operation: "sendMessage", type: "delay", ms: 50, times: null });
  for (let kills = 0; kills < KILLS; kills++) {
    const { child, ended } = script(FILE, ...ANY_TIME);
    const before = (await deliveries()).length;
    await until(async () => (await deliveries()).length > before || child.exitCode !== null);
    child.kill("SIGKILL");
    assert.equal((await ended).code, "SIGKILL", "it was still running");
  }
  await control("DELETE", "/faults");
  const printed = await run(FILE, ...ANY_TIME);
  const counts = countsOf(printed);
  assert.ok(counts.unknown > 0 && counts.sent > 0, printed);
  assert.equal(counts.sent + counts.unknown, PEOPLE, printed);
  t.diagnostic(`${counts.unknown} of ${PEOPLE} unknown after ${KILLS} kills`);
  const keys = await reached();
  assert.equal(new Set(keys).size, keys.length, "no person was reached twice");
  assert.ok(keys.length >= counts.sent, "everything that is sent has arrived");

  // A person looks: is the message there?
  const unknown = [...printed.matchAll(/^(\S+) is unknown/gm)].map(([, key]) => key);
  assert.equal(unknown.length, counts.unknown);
  const settled = unknown.flatMap((key) => [keys.includes(key) ? "--delivered" : "--not-delivered", key]);
  await run(FILE, ...settled);
  assert.deepEqual(countsOf(await run(FILE, ...ANY_TIME)).sent, PEOPLE);
  assert.equal(new Set(await reached()).size, PEOPLE);
  assert.equal((await reached()).length, PEOPLE);
});

test("started again, it sends nothing", async () => {
  const before = (await deliveries()).length;
  assert.equal(countsOf(await run(FILE, ...ANY_TIME)).sent, PEOPLE);
  assert.equal((await deliveries()).length, before);
});

test("Ctrl+C ends it after the requests in flight", async () => {
  await control("POST", "/reset");
  await control("POST", "/faults", { operation: "sendMessage", type: "delay", ms: 50, times: null });
  const { child, ended } = script(FILE, ...ANY_TIME, "--id", "stopped");
  await until(async () => (await deliveries()).length > 0);
  child.kill("SIGINT");
  const { code, printed } = await ended;
  assert.equal(code, 0, printed);
  assert.match(printed, /^Stopped\. Start it again to continue\.$/m);
  const { sent, unknown } = countsOf(printed);
  assert.deepEqual([sent, unknown], [(await deliveries()).length, 0]);
  assert.ok(sent < PEOPLE, printed);
});

test("a person who has opted out and a row without a time zone are not reached, and the others are", async () => {
  await control("POST", "/reset");
  const rows = [];
  for await (const row of rowsOf(FILE)) rows.push(row);
  const [first, second, third] = rows;
  await client.sAdd("opted-out", first.contact_id);
  const file = join(folder, "three.csv");
  const line = ({ contact_id, conversation_id, name }, zone) => [contact_id, conversation_id, name, zone].join();
  await writeFile(file, ["contact_id,conversation_id,name,time_zone", line(first, "UTC"), line(second, ""), line(third, "UTC")].join("\n"));
  const printed = await run(file, ...ANY_TIME);
  assert.match(printed, new RegExp(`^${first.contact_id} skipped not allowed$`, "m"));
  assert.match(printed, new RegExp(`^${second.contact_id} failed timeZone `, "m"));
  assert.deepEqual(await reached(), [third.contact_id]);
});

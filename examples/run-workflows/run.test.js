// The Worker and its workflow in workerd, with a sandbox, killed in the middle and started again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { rowsOf } from "./people.js";
import { startSandbox } from "./sandbox.js";

const FILE = "people.csv";
const PEOPLE = 40;
/** How many people the list has when it is killed. Workflows sends to all of them at the same time. */
const LENGTHS = [10, 25];
const ANY_TIME = ["--from", "00:00", "--to", "24:00", "--days", "sun,mon,tue,wed,thu,fri,sat"];
let folder, api;

/**
 * Starts `start.js` with wrangler and workerd as a group of processes, which is killed as a whole. `ended` resolves to
 * its exit code or signal, and what it printed.
 */
function app(file, ...args) {
  const env = { ...process.env, ...api, WRANGLER_SEND_METRICS: "false" };
  const child = spawn(process.execPath, ["start.js", file, "--id", "people", "--persist-to", folder, ...ANY_TIME, ...args], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const ended = once(child, "close").then(([code, signal]) => ({ code: signal ?? code, printed }));
  return { child, ended, kill: () => process.kill(-child.pid, "SIGKILL") };
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

/** The counts of the last line that has them. */
const countsOf = (printed) => {
  const line = printed.split("\n").findLast((line) => line.includes("sent: ")) ?? "";
  return Object.fromEntries([...line.matchAll(/(\w+): (\d+)/g)].map(([, state, count]) => [state, Number(count)]));
};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-workflows-"));
  api = await startSandbox(rowsOf(FILE));
});

after(() => rm(folder, { recursive: true, force: true }));

test("killed many times and started again, it reaches each person once, and lists those it cannot know of", { timeout: 300_000 }, async (t) => {
  const lines = (await readFile(FILE, "utf8")).split("\n");
  for (const length of LENGTHS) {
    const file = join(folder, `${length}.csv`);
    await writeFile(file, lines.slice(0, length + 1).join("\n"));
    // One message after the other arrives, so that it is killed in the middle.
    await control("POST", "/faults", Array.from({ length }, (_, i) => ({ operation: "sendMessage", type: "delay", ms: 300 * i })));
    const { child, ended, kill } = app(file);
    const before = (await deliveries()).length;
    await until(async () => (await deliveries()).length > before + 2 || child.exitCode !== null);
    kill();
    assert.equal((await ended).code, "SIGKILL", "it was still running");
    await control("DELETE", "/faults");
  }
  const printed = await run(FILE);
  const counts = countsOf(printed);
  assert.equal(counts.sent + counts.unknown, PEOPLE, printed);
  t.diagnostic(`${counts.unknown} of ${PEOPLE} unknown after ${LENGTHS.length} kills`);
  const keys = await reached();
  assert.equal(new Set(keys).size, keys.length, "no person was reached twice");
  assert.ok(keys.length >= counts.sent, "everything that is sent has arrived");

  // A person looks: is the message there?
  const unknown = [...printed.matchAll(/^(\S+) is unknown/gm)].map(([, key]) => key);
  assert.equal(unknown.length, counts.unknown);
  const settled = unknown.flatMap((key) => [keys.includes(key) ? "--delivered" : "--not-delivered", key]);
  assert.equal(countsOf(await run(FILE, ...settled)).sent, PEOPLE);
  assert.equal((await reached()).length, PEOPLE);
  assert.equal(new Set(await reached()).size, PEOPLE);
});

test("started again, it sends nothing", async () => {
  assert.equal(countsOf(await run(FILE)).sent, PEOPLE);
  assert.equal((await reached()).length, PEOPLE);
});

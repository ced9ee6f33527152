// `npx centerfy`: what it prints, how it ends, and the sandbox behind it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { faults, operations, table } from "../node/faults.mjs";
import { entry, nobody } from "../node/support.mjs";
import { Centerfy, CenterfyError } from "./support.mjs";

const folder = dirname(entry);

/** Starts it. `errors` resolves to its whole stderr, `line()` to the next line of its stdout. */
function run(...words) {
  const child = spawn(process.execPath, [join(folder, "cli.js"), ...words]);
  const gather = async (stream) => {
    let text = "";
    for await (const piece of stream) text += piece;
    return text;
  };
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "exit").then(([code]) => code);
  const errors = gather(child.stderr);
  return { child, ended, errors, line: async () => (await lines.next()).value };
}

/** Runs it until it exits by itself. Resolves to what it prints and its exit status. */
async function whole(...words) {
  const child = spawn(process.execPath, [join(folder, "cli.js"), ...words]);
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (piece) => (texts[name] += piece));
  const [status] = await once(child, "close");
  return { status, ...texts };
}

/** Starts a server on any free port, and stops it at the end of the test. */
async function serve(t, ...words) {
  const program = run(...words, "--port", "0");
  t.after(() => program.child.kill("SIGKILL"));
  const line = await program.line();
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? assert.fail(`no URL in: ${line}`);
  return { ...program, line, url };
}

/** A port in use. */
async function taken(t) {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  return String(server.address().port);
}

test("help and version", async () => {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const [words, says] of [
    [[], "Usage: npx centerfy <command>"],
    [["--help"], "Usage: npx centerfy <command>"],
    [["-h"], "sandbox "],
    [["sandbox", "--help"], "--seed NUMBER"],
    [["demo", "-h"], "--port PORT"],
    [["--version"], `${version}\n`],
    [["sandbox", "--version"], `${version}\n`],
  ]) {
    const { status, stdout, stderr } = await whole(...words);
    assert.deepEqual([status, stderr], [0, ""], words.join(" "));
    assert.ok(stdout.includes(says), stdout);
  }
});

test("an invalid command line and a port in use print one line each", async (t) => {
  const port = await taken(t);
  for (const [status, words, says] of [
    [2, ["serve"], '"serve"'],
    [2, ["--port", "1"], "'--port'"],
    [2, ["sandbox", "--what"], "'--what'"],
    [2, ["sandbox", "more"], "'more'"],
    [2, ["sandbox", "--port"], "--port"],
    [2, ["sandbox", "--port", "65536"], "--port must be an integer from 0 to 65535"],
    [2, ["sandbox", "--seed", "-1"], "--seed"],
    [2, ["sandbox", "--host", "here"], "--host must be an IP address"],
    [2, ["sandbox", "--rate-limit", "60"], "--rate-limit must be REQUESTS/MILLISECONDS"],
    [2, ["sandbox", "--contact-replies", "yes"], "--contact-replies must be on or off"],
    [2, ["sandbox", "--contacts", "/no/such/file"], "--contacts: cannot read /no/such/file"],
    [2, ["sandbox", "--contacts", join(folder, "package.json")], "--contacts must be an integer between 0 and 100000 or a list of contacts"],
    [2, ["demo", "--host", "0.0.0.0"], "'--host'"],
    [2, ["sandbox", "--seed", "one"], "--seed must be an integer"],
    [2, ["demo", "--seed", "1"], "'--seed'"],
    [1, ["sandbox", "--port", port], `port ${port} is in use`],
    [1, ["demo", "--port", port], `port ${port} is in use`],
  ]) {
    const seen = await whole(...words);
    assert.deepEqual([seen.status, seen.stdout], [status, ""], words.join(" "));
    assert.ok(seen.stderr.includes(says), seen.stderr);
    assert.match(seen.stderr, /^centerfy: [^\n]+\n$/);
  }
});

test("Ctrl+C stops it at once, with requests in flight", { skip: process.platform === "win32" }, async (t) => {
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    const { child, ended, url } = await serve(t, "sandbox", "--quiet");
    await fetch(`${url}/_sandbox/organizations/cfy_sandbox/faults`, { method: "POST", body: '{"type":"stall_headers"}' });
    const stalled = fetch(`${url}/functions/v1/crm-api/get-agent/x`, { headers: { "x-api-key": "cfy_sandbox" } });
    stalled.catch(() => {});
    const log = async () => (await fetch(`${url}/_sandbox/organizations/cfy_sandbox/log`)).json();
    while ((await log()).length === 0);
    child.kill(signal);
    assert.equal(await ended, status);
    await assert.rejects(stalled, TypeError);
  }
});

test("one line per request, without keys and ids, or none", async (t) => {
  const loud = await serve(t, "sandbox");
  assert.match(loud.line, /^listening on http:\/\/127\.0\.0\.1:\d+$/);
  const quiet = await serve(t, "sandbox", "--quiet");
  for (const { url, child } of [loud, quiet]) {
    const api = `${url}/functions/v1/crm-api`;
    await fetch(`${api}/get-agent/cfy_sandbox?cfy_sandbox`, { headers: { "x-api-key": "cfy_sandbox" } });
    await fetch(`${url}/_sandbox/organizations/cfy_sandbox/faults`, { method: "POST", body: '{"type":"drop","when":"after"}' });
    const dropped = fetch(`${api}/send-message`, { method: "POST", body: "{}", headers: { "x-api-key": "cfy_sandbox" } });
    await assert.rejects(dropped, ({ cause }) => cause.code === "ECONNRESET");
    child.kill();
  }
  assert.match(await loud.errors, /^GET get-agent 404 \d+ms getAgent\nPOST send-message dropped-after \d+ms sendMessage\n$/);
  assert.equal(await quiet.errors, "");
});

test("the same seed, the same keys and ids", async (t) => {
  const worlds = [];
  for (const seed of ["5", "5", "6"]) {
    const { url } = await serve(t, "sandbox", "--quiet", "--seed", seed);
    worlds.push(await (await fetch(`${url}/_sandbox/organizations`, { method: "POST" })).json());
  }
  const shown = worlds.map(({ api_key, agents }) => [api_key, agents.map(({ id }) => id)]);
  assert.deepEqual(shown[0], shown[1]);
  assert.notDeepEqual(shown[0], shown[2]);
});

test("the URL responds, also to HEAD, and lists the endpoints", async (t) => {
  const { url } = await serve(t, "sandbox", "--quiet");
  for (const method of ["GET", "HEAD"]) {
    for (const path of ["", "/", "/_sandbox/health"]) assert.equal((await fetch(url + path, { method })).status, 200, method + path);
  }
  const text = await (await fetch(url)).text();
  const links = text.match(/(?<=GET +)http:\S+/g);
  assert.equal(links.length, 4);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  assert.ok(text.includes(`${url}/functions/v1/crm-api`));
  assert.equal((await fetch(url, { method: "POST" })).status, 405);
  assert.equal((await fetch(`${url}/index.html`)).status, 404);
});

test("--host: the URL responds, and an address other than loopback has a warning", async (t) => {
  for (const [host, at] of [["0.0.0.0", "127.0.0.1"], ["localhost", "127.0.0.1"], ["127.0.0.1", "127.0.0.1"]]) {
    const { url, errors, child } = await serve(t, "sandbox", "--quiet", "--host", host);
    assert.equal(new URL(url).hostname, at);
    assert.equal((await fetch(url)).status, 200);
    child.kill();
    assert.equal((await errors).includes("warning: listening on 0.0.0.0"), host === "0.0.0.0", host);
  }
});

test("--rate-limit, --contact-replies, --contacts and --empty configure the organization of cfy_sandbox", async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), "centerfy-contacts-")), "contacts.json");
  t.after(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, JSON.stringify([{ id: "c-1", conversation_id: "conv-1", name: "Mia", phone: "+12075550100" }, {}]));
  const replies = ["--contact-replies", "off"];
  const { url } = await serve(t, "sandbox", "--quiet", "--rate-limit", "3/60000", ...replies, "--contacts", file, "--empty");
  const world = await (await fetch(`${url}/_sandbox/organizations/cfy_sandbox`)).json();
  assert.deepEqual([world.agents, world.calls, world.contacts.length], [[], [], 2]);
  const client = new Centerfy({ apiKey: "cfy_sandbox", baseUrl: `${url}/functions/v1/crm-api`, maxRetries: 0 });
  assert.deepEqual((await client.getContactMessages("c-1")).messages, []);
  const sent = await client.sendMessage({ content: "See you at ten.", ai: false, conversation_id: "conv-1", channel: "sms" });
  assert.equal(sent.delivered, true);
  await client.getContactMessages("c-1");
  await assert.rejects(client.getContactMessages("c-1"), { code: "rate_limited" });
  const deliveries = await (await fetch(`${url}/_sandbox/organizations/cfy_sandbox/deliveries`)).json();
  assert.deepEqual(deliveries.map(({ request }) => request.content), ["See you at ten."]);
  const none = await serve(t, "sandbox", "--quiet", "--rate-limit", "none");
  const unlimited = new Centerfy({ apiKey: "cfy_sandbox", baseUrl: `${none.url}/functions/v1/crm-api`, maxRetries: 0, rateLimit: false });
  const [{ id }] = (await (await fetch(`${none.url}/_sandbox/organizations/cfy_sandbox`)).json()).agents;
  await Promise.all(Array.from({ length: 61 }, () => unlimited.getAgent(id)));
});

test("--contacts with a number: made-up people, who are the same on every start; their time can be advanced", async (t) => {
  const lists = [];
  for (const _ of [1, 2]) {
    const { url } = await serve(t, "sandbox", "--quiet", "--contacts", "1000", "--rate-limit", "none");
    const organization = `${url}/_sandbox/organizations/cfy_sandbox`;
    const { contacts } = await (await fetch(organization)).json();
    lists.push(contacts);
    const client = new Centerfy({ apiKey: "cfy_sandbox", baseUrl: `${url}/functions/v1/crm-api`, rateLimit: false });
    const advance = async (ms) => (await (await fetch(`${organization}/advance`, { method: "POST", body: JSON.stringify({ ms }) })).json()).now_ms;
    for (const { conversation_id } of contacts.slice(0, 3)) {
      await client.sendMessage({ content: "See you at ten.", ai: false, conversation_id, channel: "facebook" });
      await advance(86_400_000);
    }
    const now = await advance(0);
    const deliveries = await (await fetch(`${organization}/deliveries`)).json();
    const days = deliveries.map(({ at }) => Math.ceil((now - at) / 86_400_000));
    assert.deepEqual(days, [4, 3, 2]);
  }
  assert.equal(lists[0].length, 1_000);
  assert.deepEqual(lists[0], lists[1]);
});

test("each fault × each operation", async (t) => {
  const { url } = await serve(t, "sandbox", "--quiet");
  const { lines, total } = await table({ Centerfy, CenterfyError, sandbox: url, refused: await nobody() }, 60);
  assert.equal(total, Object.keys(faults).length * Object.keys(operations).length);
  assert.deepEqual(lines, []);
});

test("the demo serves its page, the package and the sandbox, and nothing outside its folders", async (t) => {
  const started = performance.now();
  const { url, line } = await serve(t, "demo");
  const ms = performance.now() - started;
  assert.ok(line.startsWith(`${url}/ `), line);
  t.diagnostic(`the URL after ${Math.round(ms)} ms`);
  const page = await fetch(`${url}/`);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  const links = [...(await page.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, link]) => new URL(link, `${url}/`));
  assert.ok(links.length > 3);
  for (const link of [...links, `${url}/pkg/index.js`]) {
    assert.equal((await fetch(link)).status, 200, String(link));
  }
  for (const path of ["/nothing", "/..%2fpackage.json", "/pkg/..%2f..%2fpackage.json", "/pkg/%00", "/%", "/app/"]) {
    assert.equal((await fetch(`${url}${path}`)).status, 404, path);
  }
  assert.equal((await fetch(`${url}/`, { method: "POST" })).status, 405);
  const client = new Centerfy({ apiKey: "cfy_sandbox", baseUrl: `${url}/functions/v1/crm-api` });
  const { agents } = await (await fetch(`${url}/_sandbox/organizations/cfy_sandbox`)).json();
  assert.equal((await client.getAgent(agents[0].id)).id, agents[0].id);
});

test("without --port the demo takes the next free port", async (t) => {
  const first = run("demo");
  t.after(() => first.child.kill("SIGKILL"));
  const one = await first.line();
  const second = run("demo");
  t.after(() => second.child.kill("SIGKILL"));
  const two = await second.line();
  assert.match(one, /^http:\/\/127\.0\.0\.1:\d+\/ /);
  assert.match(two, /^http:\/\/127\.0\.0\.1:\d+\/ /);
  assert.notEqual(one, two);
});

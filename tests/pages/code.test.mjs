// The last call as code: TypeScript that the package's types accept, curl commands that a shell runs,
// and Rust that uses the crate's names.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { newAgent } from "../support/samples.mjs";
import { makeWorld, openPage, requests } from "./support.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const tools = join(root, "tests/node_modules");
const installed = process.env.CENTERFY_PACKAGE ? join(process.env.CENTERFY_PACKAGE, "node_modules/centerfy") : join(root, "pkg");

// Characters that are special in a shell, a Rust string or a JavaScript string.
const AWKWARD = "It's \"ten\" at $HOME, `id` \\ and \\n,\nthen\r\ttab \u0007, ünïcödé 👩‍⚕️ \u202etxet, {braces} '\\''";

const conversation = async (page, id) => page.evaluate(async (id) => {
  const { call } = await import("./app/client.js");
  return (await call("getContactMessages", [id, { limit: 1 }])).conversation_id;
}, id);

/** A call of each operation, some of them twice, with ids of `world`. */
async function calls(page, world) {
  const scope = { organization_id: world.organization_id, sub_account_id: world.sub_account_id };
  const [agent, other] = world.agents;
  const [contact] = world.contacts;
  const conversation_id = await conversation(page, contact.id);
  const plain = { background_noise: false, voicemail_detection: false, webhook: false };
  const { background_type, voicemail_type, voicemail_message, webhook_url, ...rest } = newAgent;
  return [
    { operation: "getAgent", args: [agent.id] },
    { operation: "createAgent", args: [{ ...newAgent, ...scope, name: AWKWARD, temperature: 1 }] },
    { operation: "createAgent", args: [{ ...rest, ...plain, ...scope }] },
    { operation: "createAgent", args: [{ ...rest, ...scope, ...plain, voicemail_detection: true, voicemail_type: "hangup" }] },
    { operation: "updateAgent", args: [agent.id, { name: AWKWARD, max_duration: 12, temperature: 0.35, is_active: true }] },
    { operation: "updateAgent", args: [agent.id, { background_noise: true, background_type, webhook: false, voicemail_detection: true, voicemail_type, voicemail_message }] },
    { operation: "updateAgent", args: [agent.id, { background_type: "cafe", voicemail_type: "hangup", webhook_url: "https://example.com/?a=1&b=2" }] },
    { operation: "makeAiCall", args: [agent.id, { contact_id: contact.id, ...scope }] },
    { operation: "getCallRecording", args: [world.calls?.[0]?.call_sid ?? "CA1"] },
    { operation: "getContactMessages", args: [contact.id, { limit: 2, offset: 1 }] },
    { operation: "sendMessage", args: [{ content: AWKWARD, ai: false, conversation_id, channel: "sms" }] },
    { operation: "sendMessage", args: [{ content: "Offer two times", ai: true, agent_id: agent.id, conversation_id, channel: "whatsapp" }] },
    { operation: "archiveAgent", args: [other.id] },
  ];
}

const inPage = (page, language, all, connection) => page.evaluate(async ([language, all, connection]) => {
  const { snippet } = await import("./app/activity/snippet.js");
  return all.map((call) => snippet(language, call, connection));
}, [language, all, connection]);

const connections = (baseUrl) => [
  { baseUrl, auth: "x-api-key", hasKey: true },
  { baseUrl, auth: "bearer", hasKey: true },
  { auth: "bearer", hasKey: true },
  { baseUrl, auth: "x-api-key", hasKey: false },
];

test("TypeScript: each call compiles", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const all = await calls(page, world);
  const folder = await mkdtemp(join(tmpdir(), "centerfy-code-"));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "node_modules"));
  await symlink(installed, join(folder, "node_modules/centerfy"));
  await symlink(join(tools, "@types"), join(folder, "node_modules/@types"));
  await symlink(join(tools, "undici-types"), join(folder, "node_modules/undici-types")).catch(() => {});
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const options = { strict: true, noEmit: true, target: "es2022", module: "nodenext", types: ["node"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  for (const [way, connection] of connections("http://127.0.0.1:1/crm-api").entries()) {
    for (const [index, text] of (await inPage(page, "typescript", all, connection)).entries()) {
      await writeFile(join(folder, `way${way}-call${index}.ts`), text);
    }
  }
  const compiled = await run(process.execPath, [join(tools, "typescript/bin/tsc"), "-p", folder]).catch(({ stdout }) => ({ stdout }));
  assert.equal(compiled.stdout, "");
});

test("curl: a shell runs each call, and the API receives the same request", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const all = await calls(page, world);
  const env = { ...process.env, CENTERFY_API_KEY: world.api_key };
  const baseUrl = new URL("functions/v1/crm-api", page.url()).href;
  for (const auth of ["x-api-key", "bearer"]) {
    for (const [index, text] of (await inPage(page, "curl", all, { baseUrl, auth, hasKey: true })).entries()) {
      const { operation, args } = all[index];
      assert.ok(!text.includes(world.api_key));
      const { stdout } = await run("sh", ["-c", text], { env });
      const { error } = JSON.parse(stdout);
      assert.ok(!error, `${operation}: ${stdout}`);
      const { body, status } = (await requests(world, operation)).at(-1);
      assert.equal(status, operation === "createAgent" ? status : 200);
      const sent = operation === "archiveAgent" ? { agent_id: args[0] } : args.at(-1);
      if (typeof sent === "object" && operation !== "getContactMessages") assert.deepEqual(body, sent);
    }
  }
});

test("Rust: every name exists in the crate", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const all = await calls(page, world);
  const source = await sources(join(root, "src"));
  const has = (pattern) => new RegExp(pattern, "m").test(source);
  for (const connection of connections("http://127.0.0.1:1/crm-api")) {
    for (const text of await inPage(page, "rust", all, connection)) {
      const types = [...text.matchAll(/use centerfy(?:::types)?::(\w+|\{[^}]+\});/g)].flatMap(([, list]) => list.match(/\w+/g));
      for (const type of types) assert.ok(has(`pub (struct|enum) ${type}\\b|^    ${type} = "`), `${type}\n${text}`);
      const withoutTexts = text.replaceAll(/"(\\.|[^"\\])*"/g, '""');
      const used = [...new Set(withoutTexts.match(/\b[A-Z]\w+/g))].filter((name) => !["Ok", "Result", "Some"].includes(name));
      for (const [, type, variant] of withoutTexts.matchAll(/([A-Z]\w+)::([A-Z]\w+)/g)) {
        assert.ok(has(`pub enum ${type} \\{[^}]*\\b${variant}\\b`), `${type}::${variant}`);
      }
      const variants = [...withoutTexts.matchAll(/[A-Z]\w+::([A-Z]\w+)/g)].map(([, variant]) => variant);
      for (const name of used.filter((name) => !variants.includes(name))) assert.ok(types.includes(name), `${name} is not imported\n${text}`);
      for (const [, method] of withoutTexts.matchAll(/\.(\w+)\(/g)) {
        if (!["into", "expect"].includes(method)) assert.ok(has(`pub (const )?fn ${method}\\(`), method);
      }
      for (const [, member] of withoutTexts.matchAll(/^ +(?:patch\.)?(\w+)(?:: | = )/gm)) assert.ok(has(`pub ${member}: `), member);
      assert.ok(!text.includes("todo!"));
      assert.ok(!/[\u0000-\u0009\u202a-\u202e]/.test(text), "no invisible characters");
    }
  }
});

test("Rust: a missing field is left as a placeholder", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const [text] = await inPage(page, "rust", [{ operation: "createAgent", args: [{ name: "Nora" }] }], { auth: "bearer", hasKey: true });
  assert.match(text, /max_duration: todo!\("max_duration"\),/);
});

async function sources(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.name.endsWith(".rs"));
  return (await Promise.all(files.map((entry) => readFile(join(entry.parentPath ?? entry.path, entry.name), "utf8")))).join("\n");
}

test("code that fails to load says so, and loads when a language is chosen", async (t) => {
  const { page, errors } = await openPage(t, await makeWorld());
  await page.route("**/code/snippet.js", (route) => route.abort("internetdisconnected"));
  await page.getByRole("button", { name: "Show what was sent" }).click();
  const code = page.locator(".wire-code code");
  await code.filter({ hasText: "The code could not be loaded" }).waitFor();
  await page.unroute("**/code/snippet.js");
  await page.getByRole("radio", { name: "curl" }).check();
  await code.filter({ hasText: "curl '" }).waitFor();
  assert.deepEqual(errors, []);
});

// Processes that start from one snapshot of Node.js have the same memory, including random numbers generated in advance.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { entry } from "./support.mjs";

const node = promisify(execFile).bind(undefined, process.execPath);

/** The script of a snapshot is one file, like the package's entry. `main` runs in each process. */
const program = (script) => `
const module_ = { exports: {} };
((module, exports) => {${script}
})(module_, module_.exports);
const { Centerfy } = module_.exports;
const sent = [];
const fetch = async (url, init) => (sent.push(init.headers["idempotency-key"]), { status: 200, text: async () => "{}" });
const client = new Centerfy({ proxy: "http://app.test/api", fetch, rateLimit: false });
// A program may have used random numbers before: Node.js then generates more in advance.
globalThis.crypto?.randomUUID?.();
Math.random();
require("node:v8").startupSnapshot.setDeserializeMainFunction(async () => {
  const request = { contact_id: "c", organization_id: "o", sub_account_id: "s" };
  for (let i = 0; i < 10; i++) await client.makeAiCall("a", request);
  console.log(JSON.stringify(sent));
});
`;

test("four processes of one snapshot share no idempotency key", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "centerfy-snapshot-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [script, blob] = [join(folder, "main.js"), join(folder, "main.blob")];
  await writeFile(script, program(await readFile(join(entry, "../server.cjs"), "utf8")));
  await node(["--snapshot-blob", blob, "--build-snapshot", script]);
  const outputs = await Promise.all(Array.from({ length: 4 }, () => node(["--snapshot-blob", blob, script])));
  const keys = outputs.flatMap(({ stdout }) => JSON.parse(stdout));
  assert.equal(keys.length, 40);
  assert.equal(new Set(keys).size, 40, "each its own");
  for (const key of keys) assert.match(key, /^"[!#-[\]-~]{20,255}"$/);
});

test("keys are generated without crypto, and with the part of it that a page without TLS has", async (t) => {
  const { freshCopy, stub, stubbed, newCall } = await import("./support.mjs");
  const before = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  t.after(() => Object.defineProperty(globalThis, "crypto", before));
  const { Centerfy } = await freshCopy();
  const random = globalThis.crypto;
  for (const value of [undefined, { getRandomValues: (bytes) => random.getRandomValues(bytes) }]) {
    Object.defineProperty(globalThis, "crypto", { value, configurable: true });
    const fetch = stub();
    const client = stubbed(fetch, { apiKey: undefined, baseUrl: undefined, proxy: "http://app.test/api" }, Centerfy);
    for (let i = 0; i < 20; i++) await client.makeAiCall("a", newCall);
    const keys = new Set(fetch.sent.map(({ headers }) => headers["idempotency-key"]));
    assert.equal(keys.size, 20);
  }
});

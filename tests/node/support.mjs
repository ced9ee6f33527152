// Shared by the tests of the package: the installed package, an organization of the sandbox, and clients
// with a stand-in for fetch.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { controlOf } from "../support/control.mjs";
import { everyName, neverTwice, newAgent, newCall, newMessage, operations } from "../support/samples.mjs";

export { answer, hang, stub } from "../support/fetch.mjs";
export { newAgent, newCall, newMessage };

const folder = process.env.CENTERFY_PACKAGE ?? fail("CENTERFY_PACKAGE");
/** The sandbox's URL. */
export const sandbox = (process.env.CENTERFY_SANDBOX ?? fail("CENTERFY_SANDBOX")).replace(/\/$/, "");
export const baseUrl = `${sandbox}/functions/v1/crm-api`;

/** The package's default entry, or the one that `CENTERFY_ENTRY` names, in the folder it is installed in. */
const file = process.env.CENTERFY_ENTRY ?? "index.js";
/** The options of tests of how WebAssembly is loaded. */
export const ofLoading = { skip: (file === "js.js" || !!process.env.CENTERFY_HANDWRITTEN) && "this entry has no WebAssembly" };
export const entry = join(createRequire(join(folder, "x.js")).resolve("centerfy/package.json"), "..", file);
export const { Centerfy, CenterfyError } = await import(pathToFileURL(entry));

function fail(name) {
  throw new Error(`${name} is not set; run these tests with: cargo xtask test package`);
}

/** A copy of the package with its own state: no loaded module, no limiters. */
let copies = 0;
export const freshCopy = () => import(`${pathToFileURL(entry)}?copy=${++copies}`);

/** A copy of the entry that imports the module from a file, bundled with a promise of the module, as in `docs/bundling.md`. */
export async function asynchronousCopy() {
  const { build } = createRequire(fileURLToPath(new URL("../../xtask/package.json", import.meta.url)))("esbuild");
  const wasm = [...(await readFile(join(entry, "../centerfy.wasm")))];
  const contents = `export default { then: (done, failed) => WebAssembly.compile(new Uint8Array([${wasm}])).then(done, failed) }`;
  const promised = { name: "promised", setup: ({ onLoad }) => onLoad({ filter: /centerfy\.wasm$/ }, () => ({ contents })) };
  const { outputFiles } = await build({
    entryPoints: [join(entry, "../workerd.js")],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [promised],
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

const control = controlOf(sandbox);

/** A new organization in the sandbox, so that tests can run concurrently. */
export async function makeWorld(settings = {}) {
  const world = await control("POST", "", settings);
  const at = `/${world.api_key}`;
  return {
    ...world,
    client: (options) => new Centerfy({ apiKey: world.api_key, baseUrl, rateLimit: false, ...options }),
    fault: (...faults) => control("POST", `${at}/faults`, faults),
    clearFaults: () => control("DELETE", `${at}/faults`),
    /** The requests that reached the API, without the browser's preflights, oldest first. */
    requests: async () => (await control("GET", `${at}/log`)).filter((entry) => entry.method !== "OPTIONS"),
    /** What was created, called and sent, or only by that operation. */
    deliveries: async (operation) =>
      (await control("GET", `${at}/deliveries`)).filter((one) => operation === undefined || one.operation === operation),
    receive: (message) => control("POST", `${at}/messages`, message),
    remove: () => control("DELETE", at),
  };
}

/** A URL at which no server listens. */
export async function nobody() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Waits until `look` returns something truthy. */
export async function until(look, what = "the condition", ms = 10_000) {
  for (const end = performance.now() + ms; performance.now() < end; await pause(5)) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`${what} did not come true in ${ms} ms`);
}

/** Resolves to the reason of a rejected promise. */
export const rejection = (promise) =>
  promise.then(
    (value) => assert.fail(`resolved with ${JSON.stringify(value)}`),
    (error) => error,
  );

/** Resolves to the CenterfyError of a rejected promise, and compares its fields with `expected`. */
export async function failure(promise, expected = {}) {
  const error = await rejection(promise);
  assert.ok(error instanceof CenterfyError, `not a CenterfyError: ${error?.stack ?? error}`);
  for (const [name, value] of Object.entries(expected)) {
    if (value instanceof RegExp) assert.match(String(error[name]), value, `${name} of: ${error.message}`);
    else assert.deepEqual(error[name], value, `${name} of: ${error.message}`);
  }
  return error;
}

/** A client with a stand-in for fetch and a unique key. */
let keys = 0;
export const stubbed = (fetch, options = {}, Client = Centerfy) =>
  new Client({ apiKey: `cfy_stub_${process.pid}_${++keys}`, baseUrl: "http://api.test/v1", rateLimit: false, fetch, ...options });

/** All operations with valid arguments, for a stand-in for fetch. */
export const everyOperation = (client, options) =>
  Object.fromEntries(everyName.map((name) => [name, () => operations[name].call(client, undefined, options)]));
/** The operations that are not repeat-safe. */
export const once = new Set(neverTwice);

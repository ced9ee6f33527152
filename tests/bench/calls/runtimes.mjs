/** Runs a bundle with a `run(settings)` in each runtime, and returns its result. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { bundle } from "../support/bundle.mjs";
import { here, inPackage, out } from "../support/package.mjs";

const require = createRequire(import.meta.url);
const execute = promisify(execFile);
const bin = (name) => join(here, "node_modules", ".bin", name);

const write = async (name, text) => {
  const folder = join(out, "calls");
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

/** Runtimes with a command line: the script prints its result. */
const commandLine = (command, conditions) => async (entry, settings) => {
  const script = `import { run } from ${JSON.stringify(join(here, entry))};
console.log(JSON.stringify(await run(${JSON.stringify(settings)})));
`;
  const source = await write("main.mjs", script);
  const path = await write(`${command[0].split("/").at(-1)}.mjs`, await bundle(source, { platform: "node", conditions }));
  const { stdout } = await execute(command[0], [...command.slice(1), path], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
};

const inWorkerd = async (entry, settings) => {
  const script = `import { run } from ${JSON.stringify(join(here, entry))};
export default { fetch: async () => Response.json(await run(${JSON.stringify(settings)})) };
`;
  const source = await write("main.mjs", script);
  await write("workerd.mjs", await bundle(source, { conditions: ["workerd", "worker"] }));
  const config = await write(
    "workerd.capnp",
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    compatibilityDate = "2026-01-01",
    compatibilityFlags = ["nodejs_compat"],
    modules = [
      (name = "workerd.mjs", esModule = embed "workerd.mjs"),
      (name = "centerfy.wasm", wasm = embed "centerfy.wasm"),
    ],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
  );
  await write("centerfy.wasm", await readFile(inPackage("centerfy.wasm")));
  const server = spawn(bin("workerd"), ["serve", config, "--control-fd=3"], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    const [first] = await Promise.race([
      once(server.stdio[3], "data"),
      once(server, "exit").then(([code]) => Promise.reject(new Error(`workerd ended with ${code}`))),
    ]);
    const { port } = JSON.parse(String(first).split("\n").find((line) => line.includes('"listen"')));
    return await getJson(port);
  } finally {
    server.kill();
  }
};

/** Node's fetch would time out after five minutes without headers. */
const getJson = async (port) => {
  const [response] = await once(get({ port, host: "127.0.0.1" }), "response");
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part;
  if (response.statusCode !== 200) throw new Error(`workerd answered ${response.statusCode}: ${text}`);
  return JSON.parse(text);
};

const inChromium = async (entry, settings) => {
  const script = await bundle(entry);
  const server = createServer((request, response) => {
    // A cross-origin isolated page has a finer clock.
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    const isScript = request.url === "/bench.mjs";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<!doctype html><title>Benchmark</title>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: (process.env.CHROMIUM_FLAGS ?? "--no-sandbox --disable-gpu --disable-dev-shm-usage")
      .split(" ")
      .filter((flag) => !flag.startsWith("--headless"))
      .concat("--js-flags=--expose-gc"),
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(async (settings) => (await import("/bench.mjs")).run(settings), settings);
  } finally {
    await browser.close();
    server.close();
  }
};

const version = async (command, ...args) => (await execute(command, args)).stdout.match(/\d+\.\d+(\.\d+)?/)[0];

/** By name: the title in tables, and how to run there. */
export const runtimes = {
  node: {
    title: async () => `Node ${process.versions.node}`,
    run: commandLine([process.execPath, "--expose-gc"], ["node"]),
  },
  deno: {
    title: async () => `Deno ${await version(bin("deno"), "--version")}`,
    run: commandLine([bin("deno"), "run", "--v8-flags=--expose-gc", "--no-lock", "--allow-env", "--allow-read=/proc"], ["deno", "node"]),
  },
  bun: {
    title: async () => `Bun ${await version(bin("bun"), "--version")}`,
    run: commandLine([bin("bun")], ["bun", "node"]),
  },
  workerd: {
    title: async () => `workerd ${require("workerd/package.json").version.split(".")[1]}`,
    run: inWorkerd,
  },
  chromium: {
    title: async () => `Chromium ${(await version(process.env.CHROMIUM ?? "/usr/bin/chromium", "--version")).split(".")[0]}`,
    run: inChromium,
  },
};

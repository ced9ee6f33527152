/** Starts workerd with a Durable Object on a disk, and runs steps in it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../support/bundle.mjs";
import { here, inPackage, out } from "../support/package.mjs";

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "disk", disk = (path = "objects", writable = true)),
    (name = "main", worker = (
      compatibilityDate = "2026-01-01",
      modules = [
        (name = "worker.mjs", esModule = embed "worker.mjs"),
        (name = "centerfy.wasm", wasm = embed "centerfy.wasm"),
      ],
      durableObjectNamespaces = [(className = "Counting", uniqueKey = "centerfy", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
      bindings = [(name = "CENTERFY", durableObjectNamespace = "Counting")],
    )),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

/** The unit in which Linux counts the CPU time of a process, in seconds. */
const TICK = 1 / 100;

/** The CPU time of a process, in µs. */
const ranFor = async (pid) => {
  const [, , , , , , , , , , , user, system] = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, ") ").split(" ");
  return (Number(user) + Number(system)) * TICK * 1e6;
};

export const startWorkerd = async () => {
  const folder = join(out, "proxy");
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "objects"), { recursive: true });
  await writeFile(join(folder, "worker.mjs"), await bundle("proxy/worker.mjs", { conditions: ["workerd", "worker"] }));
  await writeFile(join(folder, "centerfy.wasm"), await readFile(inPackage("centerfy.wasm")));
  await writeFile(join(folder, "workerd.capnp"), CONFIG);
  // Not through Node.js: the measured process has to be workerd itself.
  const native = join(here, "node_modules/@cloudflare", `workerd-${process.platform}-${process.arch === "x64" ? "64" : process.arch}`, "bin/workerd");
  const stdio = ["ignore", "inherit", "inherit", "pipe"];
  const server = spawn(native, ["serve", "workerd.capnp", "--control-fd=3"], { cwd: folder, stdio });
  const [first] = await Promise.race([
    once(server.stdio[3], "data"),
    once(server, "error").then(([error]) => Promise.reject(new Error(`${native} does not start: ${error.message}`))),
    once(server, "exit").then(([code]) => Promise.reject(new Error(`workerd ended with ${code}`))),
  ]);
  const { port } = JSON.parse(String(first).split("\n").find((line) => line.includes('"listen"')));
  return {
    /** Runs a step so many times. Resolves to its cost for the process, in µs, and for the object. */
    async work(asked) {
      const before = await ranFor(server.pid);
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(asked) });
      const text = await response.text();
      if (!response.ok) throw new Error(`workerd answered ${response.status}: ${text}`);
      return { micros: (await ranFor(server.pid)) - before, ...JSON.parse(text) };
    },
    stop: () => server.kill(),
  };
};

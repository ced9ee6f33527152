/** A mount in a Worker: bundled by wrangler as for a deployment, and run by workerd itself, with nothing in front. */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../cloudflare.mjs";
import { serve } from "../support/processes.mjs";
import { firstOf, folderLike, npm } from "../support/tools.mjs";

const COMPATIBILITY_DATE = "2026-01-01";
const READY = /"socket":"http","port":(\d+)/;

/** A Worker has no process environment. */
const settingsOf = (env) => `text:export const settings = ${JSON.stringify(env)};\n`;

const moduleOf = (name) => `(name = "${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}")`;

const configurationOf = (modules, flags) => `
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .mainWorker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const mainWorker :Workerd.Worker = (
  modules = [${modules.map(moduleOf).join(", ")}],
  compatibilityDate = "${COMPATIBILITY_DATE}",
  compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(", ")}],
);
`;

/** The workerd that npm installed for this machine. */
const find = async () => {
  const platform = await folderLike(join(await npm("cloudflare"), "@cloudflare"), /^workerd-/);
  return firstOf(platform, ["bin/workerd", "bin/workerd.exe"]);
};

/** Starts it with `flags` of compatibility. `servers` gets the processes to stop. */
export const startWorker = async (context, name, { flags }, env, servers) => {
  const files = { "worker.mjs": "mounts/servers/worker.mjs", "proxy.mjs": "mounts/servers/proxy.mjs" };
  const project = await bundle(context, name, { ...files, "settings.mjs": settingsOf(env) });
  const cwd = join(project, "dist");
  // The script has to be first.
  const modules = ["worker.js", ...(await readdir(cwd)).filter((file) => file.endsWith(".wasm"))];
  await writeFile(join(cwd, "config.capnp"), configurationOf(modules, flags));
  const server = await serve(await find(), ["serve", "config.capnp", "--control-fd=1"], { cwd, ready: READY });
  servers.push(server);
  return { origin: `http://127.0.0.1:${server.match[1]}` };
};

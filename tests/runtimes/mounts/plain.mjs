/** Mounts of one file each, all in one folder: plain servers, and the reverse proxies in front of them. */
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bun, deno } from "../deno-bun.mjs";
import { binaryOf } from "../node.mjs";
import { run, serve } from "../support/processes.mjs";
import { makeWholeProject } from "../support/project.mjs";
import { here } from "../support/tools.mjs";
import { startNginx } from "./nginx.mjs";
import { freePort } from "./ports.mjs";

const READY = /listening on (https?:\/\/127\.0\.0\.1:\d+)/i;

/** The docs' name for the server behind another. */
export const BEHIND = "http://localhost:3000";

const SUBJECT = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
const CERTIFICATE = ["-nodes", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem", ...SUBJECT];

let project;

const make = async (context) => {
  const names = await readdir(join(here, "mounts/servers"));
  const files = Object.fromEntries(names.map((name) => [name, `mounts/servers/${name}`]));
  const folder = await makeWholeProject(context, "mounts", "mounts", files);
  await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", ...CERTIFICATE], { cwd: folder });
  return folder;
};

/** The start of each runtime whose port is not in the file. */
const RUNTIMES = {
  node: async ({ node = "20" }) => [await binaryOf(node), []],
  deno: async () => [await deno(), ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env"], (port) => ({ DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` })],
  bun: async () => [await bun(), ["run"], (port) => ({ BUN_PORT: `${port}` })],
};

const startFile = async (context, file, mount, env) => {
  const cwd = await (project ??= make(context));
  const [binary, args, told] = await RUNTIMES[mount.runtime ?? "node"](mount);
  const all = { ...env, ...told?.(await freePort()) };
  const started = await serve(binary, [...args, `${file}.mjs`], { cwd, env: all, ready: READY });
  return { ...started, origin: started.match[1] };
};

const startFront = async (context, name, { front, nginx }, behind, env) => {
  const cwd = await project;
  if (nginx) return startNginx(cwd, { name, ...nginx, lines: nginx.lines.map((line) => line.replace(BEHIND, behind)) });
  const source = await readFile(join(here, `mounts/servers/${front}.mjs`), "utf8");
  await writeFile(join(cwd, `${front}.mjs`), source.replace(BEHIND, behind));
  return startFile(context, front, { node: "24" }, env);
};

/** Starts the server, and the reverse proxy in front of it. `servers` gets the processes to stop. */
export const startPlain = async (context, name, mount, env, servers) => {
  const server = await startFile(context, mount.file ?? name, mount, env);
  servers.push(server);
  if (!mount.front && !mount.nginx) return { origin: server.origin };
  const front = await startFront(context, name, mount, server.origin, env);
  servers.push(front);
  return { origin: front.origin, behind: server.origin };
};

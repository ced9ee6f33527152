/** Mounts that are one file each, all in one folder: plain servers, and what stands in front of them. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { binaryOf } from "../node.mjs";
import { run, serve } from "../support/processes.mjs";
import { makeWholeProject } from "../support/project.mjs";
import { here } from "../support/tools.mjs";
import { startNginx } from "./nginx.mjs";

const READY = /listening on (https?:\/\/127\.0\.0\.1:\d+)/;

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

const startFile = async (context, file, { node = "20" }, env) => {
  const cwd = await (project ??= make(context));
  const started = await serve(await binaryOf(node), [`${file}.mjs`], { cwd, env, ready: READY });
  return { ...started, origin: started.match[1] };
};

const startFront = async (context, name, { front, nginx }, env) => {
  if (nginx) return startNginx(await project, { name, behind: env.MOUNT_BEHIND, ...nginx });
  return startFile(context, front, { node: "24" }, env);
};

/** Starts the server, and what stands in front of it. `servers` gets what has to be stopped. */
export const startPlain = async (context, name, mount, env, servers) => {
  const server = await startFile(context, mount.file ?? name, mount, env);
  servers.push(server);
  if (!mount.front && !mount.nginx) return { origin: server.origin };
  const front = await startFront(context, name, mount, { ...env, MOUNT_BEHIND: server.origin });
  servers.push(front);
  return { origin: front.origin, behind: server.origin };
};

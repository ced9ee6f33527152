/**
 * The proxy in servers and frameworks, and behind what stands in front of them: one suite in each. The files in
 * mounts/servers/ have the lines that docs/proxy.md shows.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { closeBrowser } from "./mounts/browser.mjs";
import { openDoor } from "./mounts/door.mjs";
import { startNginx } from "./mounts/nginx.mjs";
import { runSuite } from "./mounts/suite.mjs";
import { connect } from "./mounts/wire.mjs";
import { binaryOf } from "./node.mjs";
import { doorOf } from "../support/door.mjs";
import { browsers, versionOf as browserVersion } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { run, serve } from "./support/processes.mjs";
import { makeWholeProject } from "./support/project.mjs";
import { here, npm, versionOf } from "./support/tools.mjs";

const { chromium } = browsers;
const PATH = "/api/centerfy";
const READY = /listening on (https?:\/\/127\.0\.0\.1:\d+)/;

let project;

/** One folder for all of them: each file in it is one server. */
const projectOf = (context) => (project ??= makeProjectOfAll(context));

const makeProjectOfAll = async (context) => {
  const names = await readdir(join(here, "mounts/servers"));
  const files = Object.fromEntries(names.map((name) => [name, `mounts/servers/${name}`]));
  const folder = await makeWholeProject(context, "mounts", "mounts", files);
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["-nodes", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"];
  await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", ...made, ...subject], { cwd: folder });
  return folder;
};

/** What a mount's process is told. */
const environmentOf = ({ sandbox }, world, control, elsewhere, mount) => ({
  CENTERFY_API_KEY: world.api_key,
  CENTERFY_SANDBOX: sandbox,
  MOUNT_DOOR: control.url,
  MOUNT_ORIGIN: elsewhere,
  MOUNT_PATH: PATH,
  ...mount.env,
});

const startFile = async (context, file, { node = "20" }, env) => {
  const cwd = await projectOf(context);
  return serve(await binaryOf(node), [`${file}.mjs`], { cwd, env, ready: READY });
};

/** What stands in front of a server: nginx, or a file of its own. */
const startFront = async (context, name, { front, nginx }, behind, env) => {
  if (nginx) return startNginx(await projectOf(context), { name, behind, ...nginx });
  const started = await startFile(context, front, { node: "24" }, { ...env, MOUNT_BEHIND: behind });
  return { ...started, origin: started.match[1] };
};

/** The server, and what stands in front of it. `servers` has what is to be stopped. */
const startAll = async (context, name, mount, env, servers) => {
  const server = await startFile(context, mount.file, mount, env);
  servers.push(server);
  const [, behind] = server.match;
  if (!mount.front && !mount.nginx) return { origin: behind };
  const front = await startFront(context, name, mount, behind, env);
  servers.push(front);
  return { origin: front.origin, behind };
};

const testMount = async (context, name, mount) => {
  const control = await openDoor();
  const elsewhere = await serveFolder(join(context.packed, "node_modules/centerfy"));
  const world = await doorOf(context.sandbox)("POST", "");
  const env = environmentOf(context, world, control, elsewhere.url, mount);
  const servers = [];
  try {
    const { origin, behind } = await startAll(context, name, mount, env, servers);
    const connectAnew = () => connect(origin, mount.http2);
    const { packed, sandbox } = context;
    const site = { packed, sandbox, world, control, origin, behind, elsewhere: elsewhere.url, connectAnew };
    const steps = await runSuite(mount, site);
    return `${steps} steps`;
  } finally {
    for (const { stop } of servers) await stop();
    elsewhere.close();
    control.close();
  }
};

const mountOf = (name, { tool, ...settings }) => {
  const mount = { file: name, path: PATH, ...settings };
  return {
    name: `mount-${name}`,
    needs: { npm: [".", "..", "mounts"], debian: [...chromium.debian, "openssl", ...(mount.nginx ? ["nginx-light"] : [])] },
    version: async () => {
      const versions = tool ? `${tool} ${await versionOf(await npm("mounts"), tool)}` : `Node.js ${process.versions.node}`;
      return `${versions}, ${await browserVersion(chromium)}`;
    },
    test: (context) => testMount(context, name, mount),
    close: closeBrowser,
  };
};

const LAMBDA = { file: "gateway", node: "24", tells: false };
const lambda = (name, events) => ({ ...LAMBDA, env: { MOUNT_LAMBDA: name, MOUNT_EVENTS: events } });

const MOUNTS = {
  http: {},
  http2: { http2: true },
  "express-4": { tool: "express-4" },
  "express-4-parsers": { tool: "express-4" },
  "express-4-other-parsers": { tool: "express-4" },
  "express-5": { tool: "express" },
  "express-5-parsers": { tool: "express" },
  "express-5-other-parsers": { tool: "express" },
  "express-5-session": { tool: "express", cleans: true },
  fastify: { tool: "fastify" },
  "fastify-middie": { tool: "fastify" },
  "fastify-hijacked": { tool: "fastify" },
  "fastify-consumed": { tool: "fastify", consumed: true },
  koa: { tool: "koa" },
  "koa-parser": { tool: "koa" },
  "koa-consumed": { tool: "koa", consumed: true },
  nest: { tool: "@nestjs/core", node: "24" },
  "lambda-serverless-http-1": { tool: "serverless-http", ...lambda("lambda-serverless-http", "1.0") },
  "lambda-serverless-http-2": { tool: "serverless-http", ...lambda("lambda-serverless-http", "2.0") },
  "lambda-codegenie-1": { tool: "@codegenie/serverless-express", ...lambda("lambda-codegenie", "1.0") },
  "lambda-codegenie-2": { tool: "@codegenie/serverless-express", ...lambda("lambda-codegenie", "2.0") },
  hono: { tool: "hono" },
  "hono-mount": { tool: "hono", env: { MOUNT_PATH: "/" } },
  "h3-1": { tool: "h3-1", tells: false },
  "h3-1-node": { tool: "h3-1" },
  h3: { tool: "h3" },
  "h3-mount": { tool: "h3", env: { MOUNT_PATH: "/" } },
  "behind-vite": { tool: "vite", file: "http", front: "front-vite", keepsHost: false },
  "behind-http-proxy-middleware": {
    tool: "http-proxy-middleware",
    file: "http",
    front: "front-http-proxy-middleware",
    keepsHost: false,
  },
  "behind-nginx": { file: "http", nginx: {}, keepsHost: false },
  "behind-nginx-port": { file: "http", nginx: { https: true, lines: ["proxy_set_header Host $host:$server_port;"] } },
  "behind-nginx-http2": { file: "http", http2: true, nginx: { http2: true, lines: ["proxy_set_header Host $http_host;"] } },
};

export const setups = Object.entries(MOUNTS).map(([name, settings]) => mountOf(name, settings));

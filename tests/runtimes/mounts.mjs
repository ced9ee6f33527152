/**
 * The proxy in servers and frameworks, and behind reverse proxies: one suite in each. The files in
 * mounts/servers/ have the lines of docs/proxy.md.
 */
import { join } from "node:path";
import { controlOf } from "../support/control.mjs";
import { closeBrowser } from "./mounts/browser.mjs";
import { openControl } from "./mounts/control.mjs";
import { frameworks, startFramework } from "./mounts/frameworks.mjs";
import { debian as debianOfNginx, nginxVersion } from "./mounts/nginx.mjs";
import { startPlain } from "./mounts/plain.mjs";
import { runSuite } from "./mounts/suite.mjs";
import { connect } from "./mounts/wire.mjs";
import { startWorker } from "./mounts/worker.mjs";
import { browsers, versionOf as browserVersion } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { versions as versionsOfWorkers } from "./cloudflare.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const { chromium } = browsers;
const PATH = "/api/centerfy";

/** The environment of a mount's process. */
const environmentOf = ({ sandbox }, world, control, elsewhere, mount) => ({
  CENTERFY_API_KEY: world.api_key,
  CENTERFY_SANDBOX: sandbox,
  MOUNT_CONTROL: control.url,
  MOUNT_ORIGIN: elsewhere,
  MOUNT_PATH: PATH,
  ...mount.env,
});

const startOf = ({ framework, flags }) => (framework ? startFramework : flags ? startWorker : startPlain);

const testMount = async (context, name, mount) => {
  const control = await openControl();
  const elsewhere = await serveFolder(join(context.packed, "node_modules/centerfy"));
  const world = await controlOf(context.sandbox)("POST", "");
  const env = environmentOf(context, world, control, elsewhere.url, mount);
  const servers = [];
  try {
    const { origin, behind } = await startOf(mount)(context, name, mount, env, servers);
    const connectAnew = () => connect(origin, mount.http2);
    const { packed, sandbox } = context;
    const site = { packed, sandbox, world, control, origin, behind, elsewhere: elsewhere.url, isReset: mount.isReset, connectAnew };
    const steps = await runSuite(mount, site);
    return `${steps} steps`;
  } finally {
    for (const { stop } of servers) await stop();
    elsewhere.close();
    control.close();
  }
};

const toolOf = async ({ tool, framework, nginx, flags, runtime }) => {
  if (nginx) return nginxVersion();
  if (flags) return versionsOfWorkers();
  if (runtime) return `${runtime} ${await versionOf(await npm("."), runtime)}`;
  const { family, tool: own } = frameworks[framework] ?? { family: "mounts", tool };
  return own ? `${own} ${await versionOf(await npm(family), own)}` : `Node.js ${process.versions.node}`;
};

/** The folders of the lock files that a mount needs. */
const familiesOf = ({ framework, behind, flags }) => [
  ...(framework ? [frameworks[framework].family] : []),
  ...(flags ? ["cloudflare"] : []),
  ...((framework && !behind) || flags ? [] : ["mounts"]),
];

const mountOf = (name, settings) => {
  const mount = { path: PATH, ...settings };
  return {
    name: `mount-${name}`,
    // A framework may take a while to build.
    isDear: Boolean(mount.framework),
    needs: {
      npm: [".", "..", ...familiesOf(mount)],
      debian: [...chromium.debian, "openssl", ...(mount.nginx ? debianOfNginx : [])],
    },
    version: async () => `${await toolOf(mount)}, ${await browserVersion(chromium)}`,
    test: (context) => testMount(context, name, mount),
    close: closeBrowser,
  };
};

const LAMBDA = { file: "gateway", node: "24", tells: false };
const lambda = (name, events) => ({ ...LAMBDA, env: { MOUNT_LAMBDA: name, MOUNT_EVENTS: events } });

const PASS = "proxy_pass http://localhost:3000;";

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
  "lambda-vendia-1": { tool: "@vendia/serverless-express", ...lambda("lambda-vendia", "1.0") },
  "lambda-vendia-2": { tool: "@vendia/serverless-express", ...lambda("lambda-vendia", "2.0") },
  deno: { runtime: "deno" },
  bun: { runtime: "bun" },
  // Half a connection may be closed and the other half wait for its answer: workerd goes by resets.
  workerd: { flags: ["enable_request_signal"], isReset: true },
  "workerd-without-signal": { flags: [], isReset: true, tells: false },
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
  next: { framework: "next" },
  "next-base-path": {
    framework: "next",
    options: 'basePath: "/shop"',
    path: "/shop/api/centerfy",
  },
  "next-trailing-slash": { framework: "next", options: "trailingSlash: true", slashes: true },
  "behind-next": {
    framework: "next",
    behind: "http",
    options: 'rewrites: async () => [{ source: "/api/:path*", destination: "http://localhost:3000/api/:path*" }]',
    keepsHost: false,
  },
  sveltekit: { framework: "sveltekit", tells: false },
  astro: { framework: "astro" },
  "astro-trailing-slash": { framework: "astro", options: 'trailingSlash: "always"', slashes: true },
  "react-router": { framework: "react-router" },
  "behind-nginx": { file: "http", nginx: { lines: [PASS] }, keepsHost: false },
  "behind-nginx-port": { file: "http", nginx: { https: true, lines: [PASS, "proxy_set_header Host $host:$server_port;"] } },
  "behind-nginx-http2": {
    file: "http",
    http2: true,
    nginx: { http2: true, lines: [PASS, "proxy_set_header Host $http_host;"] },
  },
};

export const setups = Object.entries(MOUNTS).map(([name, settings]) => mountOf(name, settings));

/**
 * Next with Turbopack, without any configuration, built and started: the package in a client
 * component, in a route of Node.js and in a route of the edge runtime.
 */
import { join } from "node:path";
import { browsers, look, versionOf as browserVersion } from "./support/browsers.mjs";
import { run, serve } from "./support/processes.mjs";
import { makeProject } from "./support/project.mjs";
import { passed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const { chromium } = browsers;

const ROUTES = ["app/layout.jsx", "app/page.jsx", "app/api/node/route.js", "app/api/edge/route.js"];

const FILES = {
  "package.json": "next/package.json",
  "page.mjs": "app/page.mjs",
  "public/report.js": "app/report.js",
  "worker.mjs": "app/worker.mjs",
  ...Object.fromEntries(ROUTES.map((path) => [path, `next/${path}`])),
};

let started;

/** One build and one server for all three. */
const site = (context) => (started ??= start(context));

const start = async (context) => {
  const modules = await npm("next");
  const project = join(context.folder, "next");
  // Turbopack follows no link out of the project. Hard links, where they can be, cost nothing.
  await run("mkdir", ["-p", project]);
  const copy = (flags) => run("cp", [flags, modules, join(project, "node_modules")]);
  await copy("-al").catch(() => copy("-R"));
  await makeProject(context, "next", FILES);
  const next = join(project, "node_modules/next/dist/bin/next");
  const env = { NEXT_TELEMETRY_DISABLED: "1", HOME: project };
  await run(process.execPath, [next, "build"], { cwd: project, env, seconds: 300 });
  const server = await serve(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", "0"], {
    cwd: project,
    env,
    ready: /(http:\/\/127\.0\.0\.1:[1-9]\d*)[\s\S]*Ready/,
  });
  return server.match[1];
};

const version = async () => `Next ${await versionOf(await npm("next"), "next")}`;

const route = (name) => ({
  name: `next-${name}`,
  needs: { npm: ["next"] },
  version,
  async test(context) {
    const response = await fetch(`${await site(context)}/api/${name}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`the route answered ${response.status}: ${text.slice(0, 1000)}`);
    return `route ${passed(JSON.parse(text))} steps`;
  },
});

const client = {
  name: "next-client",
  needs: { npm: ["next"], debian: chromium.debian },
  version: async () => `${await version()}, ${await browserVersion(chromium)}`,
  test: async (context) => look(chromium, (await site(context)) + "/"),
};

export const setups = [client, route("node"), route("edge")];

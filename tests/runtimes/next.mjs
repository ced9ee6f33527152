/**
 * Next with Turbopack (16) and with webpack (15), without any configuration, built and started and
 * by its development server: the package in a client component, in a route of Node.js, in a route
 * and in a middleware of the edge runtime.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { controlOf } from "../support/control.mjs";
import { browsers, look, versionOf as browserVersion } from "./support/browsers.mjs";
import { run, serve } from "./support/processes.mjs";
import { makeWholeProject } from "./support/project.mjs";
import { passed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const { chromium } = browsers;

const ROUTES = [
  "app/layout.jsx",
  "app/page.jsx",
  "app/api/node/route.js",
  "app/api/edge/route.js",
  "middleware.js",
];

const FILES = {
  "page.mjs": "app/page.mjs",
  "public/report.js": "app/report.js",
  "worker.mjs": "app/worker.mjs",
  ...Object.fromEntries(ROUTES.map((path) => [path, `next/${path}`])),
};

const sites = new Map();

/** One server for all rows of a family (a folder with a lock file) in a mode. */
const site = (context, family, mode) => {
  const name = `${family}-${mode}`;
  if (!sites.has(name)) sites.set(name, start(context, family, mode, name));
  return sites.get(name);
};

const start = async (context, family, mode, name) => {
  const project = await makeWholeProject(context, family, name, FILES);
  const next = join(project, "node_modules/next/dist/bin/next");
  const env = { NEXT_TELEMETRY_DISABLED: "1", HOME: project };
  if (mode === "build") await run(process.execPath, [next, "build"], { cwd: project, env, seconds: 300 });
  const command = mode === "build" ? "start" : "dev";
  const server = await serve(process.execPath, [next, command, "--hostname", "127.0.0.1", "--port", "0"], {
    cwd: project,
    env,
    ready: /(http:\/\/127\.0\.0\.1:[1-9]\d*)[\s\S]*Ready/,
  });
  return server.match[1];
};

const version = async (family) => `Next ${await versionOf(await npm(family), "next")}`;

const route = (family, name, mode) => ({
  name: `${family}-${name}-${mode}`,
  shares: `${family}-${mode}`,
  needs: { npm: [family] },
  version: () => version(family),
  async test(context) {
    const response = await fetch(`${await site(context, family, mode)}/api/${name}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`the route answered ${response.status}: ${text.slice(0, 1000)}`);
    return `route ${passed(JSON.parse(text))} steps`;
  },
});

const client = (family, mode) => ({
  name: `${family}-client-${mode}`,
  shares: `${family}-${mode}`,
  needs: { npm: [family], debian: chromium.debian },
  version: async () => `${await version(family)}, ${await browserVersion(chromium)}`,
  test: async (context) => look(chromium, (await site(context, family, mode)) + "/"),
});

const rows = (family, mode) => [
  client(family, mode),
  ...["node", "edge", "middleware"].map((name) => route(family, name, mode)),
];

/** A page that is rendered during the build, with its own cached `fetch`. */
const cached = {
  name: "next-cached",
  needs: { npm: ["next"] },
  version: () => version("next"),
  async test(context) {
    const project = await makeWholeProject(context, "next", this.name, {
      "app/layout.jsx": "next-cached/app/layout.jsx",
      "app/page.jsx": "next-cached/app/page.jsx",
      "next.config.mjs": "text:export default { cacheComponents: true };\n",
    });
    const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
    const { agents } = await controlOf(context.sandbox)("POST", `/${apiKey}/reset`);
    const env = { NEXT_TELEMETRY_DISABLED: "1", HOME: project, AGENT_ID: agents[0].id };
    await run(process.execPath, [join(project, "node_modules/next/dist/bin/next"), "build"], { cwd: project, env, seconds: 300 });
    const html = await readFile(join(project, ".next/server/app/index.html"), "utf8");
    if (!html.includes(`<h1>${agents[0].name}</h1>`)) throw new Error(`the page has no agent: ${html.slice(0, 1000)}`);
    return "a page rendered by next build, with cacheComponents";
  },
};

const pages = ["next", "next-15"].flatMap((family) => ["build", "dev"].flatMap((mode) => rows(family, mode)));

export const setups = [...pages, cached];

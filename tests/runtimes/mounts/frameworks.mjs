/** Mounts in frameworks that build: each a project of its own. */
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { binaryOf } from "../node.mjs";
import { run, serve } from "../support/processes.mjs";
import { makeWholeProject } from "../support/project.mjs";
import { here } from "../support/tools.mjs";
import { BEHIND, startPlain } from "./plain.mjs";
import { freePort } from "./ports.mjs";

const HOST = "127.0.0.1";
const QUIET = { NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

/** How each is built and served. `family` is the folder of its lock file; `config` writes its options into a file. */
export const frameworks = {
  next: {
    family: "next",
    tool: "next",
    node: "20",
    build: ["node_modules/next/dist/bin/next", "build"],
    serve: (port) => ["node_modules/next/dist/bin/next", "start", "--hostname", HOST, "--port", String(port)],
    ready: /Ready/,
    config: (options) => ({ "next.config.mjs": `export default { ${options} };\n` }),
  },
  sveltekit: {
    family: "sveltekit",
    tool: "@sveltejs/kit",
    node: "20",
    build: ["node_modules/vite/bin/vite.js", "build"],
    serve: () => ["build/index.js"],
    env: (port) => ({ HOST, PORT: String(port), ORIGIN: `http://${HOST}:${port}` }),
    ready: /Listening on/,
  },
  astro: {
    family: "mounts/astro",
    tool: "astro",
    node: "24",
    build: ["node_modules/astro/bin/astro.mjs", "build"],
    serve: () => ["dist/server/entry.mjs"],
    env: (port) => ({ HOST, PORT: String(port) }),
    ready: /listening on/i,
    config: (options) => ({
      "astro.config.mjs": `import node from "@astrojs/node";\nexport default { adapter: node({ mode: "standalone" }), ${options} };\n`,
    }),
  },
  "react-router": {
    family: "mounts/react-router",
    tool: "react-router",
    node: "24",
    build: ["node_modules/@react-router/dev/bin.cjs", "build"],
    serve: () => ["node_modules/@react-router/serve/bin.cjs", "build/server/index.js"],
    env: (port) => ({ HOST, PORT: String(port) }),
    ready: /http:\/\//,
  },
};

const NOT_SOURCES = ["node_modules", "package.json", "package-lock.json"];

/** The proxy that all mounts share. */
const SHARED = ["proxy.mjs", "settings.mjs"];

/** The files of a framework's project. */
const filesOf = async (name) => {
  const folder = join(here, "mounts", name);
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = all.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
  const sources = paths.filter((path) => !NOT_SOURCES.includes(path.split("/")[0]));
  return Object.fromEntries([...sources.map((path) => [path, `mounts/${name}/${path}`]), ...SHARED.map((name) => [name, `mounts/servers/${name}`])]);
};

/** Builds a project and serves it, with a server behind it where `behind` names one. `servers` gets what has to be stopped. */
export const startFramework = async (context, name, mount, env, servers) => {
  const { family, node, build, serve: served, env: more = () => ({}), config, ready } = frameworks[mount.framework];
  const { origin: behind } = mount.behind ? await startPlain(context, mount.behind, {}, env, servers) : {};
  const made = config?.((mount.options ?? "").replace(BEHIND, behind)) ?? {};
  const written = Object.fromEntries(Object.entries(made).map(([path, text]) => [path, `text:${text}`]));
  const cwd = await makeWholeProject(context, family, name, { ...(await filesOf(mount.framework)), ...written });
  const port = await freePort();
  const all = { ...env, ...QUIET, ...more(port), HOME: cwd };
  const binary = await binaryOf(node);
  await run(binary, build, { cwd, env: all, seconds: 300 });
  servers.push(await serve(binary, served(port), { cwd, env: all, ready }));
  return { origin: `http://${HOST}:${port}`, behind };
};

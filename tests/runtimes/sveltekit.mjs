/**
 * SvelteKit, by its development server and built for Node.js: the package in a page, in an endpoint,
 * and in a `load` with SvelteKit's own `fetch` and a relative URL.
 */
import { browsers, look, versionOf as browserVersion } from "./support/browsers.mjs";
import { run, serve } from "./support/processes.mjs";
import { makeWholeProject } from "./support/project.mjs";
import { passed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const { chromium } = browsers;

const SOURCES = [
  "svelte.config.js",
  "vite.config.js",
  "src/app.html",
  "src/routes/+page.js",
  "src/routes/+page.svelte",
  "src/routes/endpoint/+server.js",
  "src/routes/api/centerfy/[...path]/+server.js",
];

const FILES = {
  "page.mjs": "app/page.mjs",
  "static/report.js": "app/report.js",
  ...Object.fromEntries(SOURCES.map((path) => [path, `sveltekit/${path}`])),
};

const SERVERS = {
  dev: { args: ["node_modules/vite/bin/vite.js", "dev", "--host=127.0.0.1"], ready: /(http:\/\/127\.0\.0\.1:\d+)/ },
  build: { args: ["build/index.js"], ready: /Listening on (\S+)/ },
};

const text = async (url) => {
  const response = await fetch(url);
  const said = await response.text();
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${said.slice(0, 1000)}`);
  return said;
};

const svelteKit = (mode) => ({
  name: `sveltekit-${mode}`,
  needs: { npm: ["sveltekit"], debian: chromium.debian },
  version: async () => `SvelteKit ${await versionOf(await npm("sveltekit"), "@sveltejs/kit")}, ${await browserVersion(chromium)}`,
  async test(context) {
    const project = await makeWholeProject(context, "sveltekit", this.name, FILES);
    const { args, ready } = SERVERS[mode];
    const env = { HOST: "127.0.0.1", PORT: "0" };
    if (mode === "build") await run(process.execPath, ["node_modules/vite/bin/vite.js", "build"], { cwd: project });
    const { match, stop } = await serve(process.execPath, args, { cwd: project, env, ready });
    try {
      const html = await text(match[1] + "/");
      if (!html.includes("<h1>get-agent/a1</h1>")) throw new Error(`the page shows no agent: ${html}`);
      const endpoint = passed(JSON.parse(await text(match[1] + "/endpoint")));
      return `${await look(chromium, match[1] + "/")}, endpoint ${endpoint}`;
    } finally {
      await stop();
    }
  },
});

export const setups = ["dev", "build"].map(svelteKit);

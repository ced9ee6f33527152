/** A server-rendered page with Vite, in development and built, and the same page in Chromium. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { controlOf } from "../support/control.mjs";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { run, serve } from "./support/processes.mjs";
import { runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { passed, printed } from "./support/results.mjs";
import { npm, versionOf as packageVersion } from "./support/tools.mjs";
import { PROJECT } from "./vite.mjs";

const { chromium } = browsers;

const FILES = {
  ...PROJECT,
  "built.mjs": `text:import { check } from "./dist/entry-server.js";\n\nconsole.log(JSON.stringify(await check()));\n`,
  "entry-server.mjs": "app/entry-server.mjs",
  "server.mjs": "app/server-vite.mjs",
};

const get = async (url) => {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${text}`);
  return text;
};

const serverRendered = (major) => ({
  name: `vite-${major}-ssr`,
  needs: { npm: ["."], debian: chromium.debian },
  version: async () =>
    `Vite ${await packageVersion(await npm("."), `vite-${major}`)}, ${await versionOf(chromium)}`,
  async test(context) {
    const project = await makeProject(context, this.name, FILES);
    const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
    const { agents } = await controlOf(context.sandbox)("GET", `/${apiKey}`);
    const vite = pathToFileURL(join(await npm("."), `vite-${major}/dist/node/index.js`)).href;
    const args = ["server.mjs", vite, agents[0].id];
    const { match, stop } = await serve(process.execPath, args, { cwd: project, ready: /http:\S+/ });
    const steps = [];
    try {
      const html = await get(match[0] + "/");
      if (!html.includes(`<h1>${agents[0].id}</h1>`)) throw new Error(`the page shows no agent: ${html}`);
      steps.push(await look(chromium, match[0] + "/"));
      steps.push(`server ${passed(JSON.parse(await get(match[0] + "/in-server")))}`);
    } finally {
      await stop();
    }
    await runTool(".", `vite-${major}/bin/vite.js`, ["build", "--ssr", "entry-server.mjs"], project);
    steps.push(`built server ${printed(await run(process.execPath, ["built.mjs"], { cwd: project }))}`);
    return steps.join(", ");
  },
});

export const setups = [serverRendered("8")];

/** Vite without any configuration: its development server, its build, and a server-rendered page. */
import { join } from "node:path";
import { PAGE } from "./browsers.mjs";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { runTool, serveTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { npm, versionOf as packageVersion } from "./support/tools.mjs";

const { "report.js": report, ...page } = PAGE;
/** Vite copies the files in public/ unchanged. */
export const PROJECT = { ...page, "main.mjs": "app/main-vite.mjs", "public/report.js": report };

const { chromium } = browsers;

const version = async (vite, browser) =>
  `Vite ${await packageVersion(await npm("."), vite)}, ${await versionOf(browser)}`;

const dev = (major) => ({
  name: `vite-${major}-dev`,
  needs: { npm: ["."], debian: chromium.debian },
  version: () => version(`vite-${major}`, chromium),
  async test(context) {
    const project = await makeProject(context, this.name, PROJECT);
    const server = await serveTool(".", `vite-${major}/bin/vite.js`, ["--host", "127.0.0.1"], project);
    return look(chromium, server.url + "/").finally(server.stop);
  },
});

const builds = new Map();

/** One build for all browsers, below a sub-path. */
const built = (context, major) => {
  if (!builds.has(major)) builds.set(major, build(context, major));
  return builds.get(major);
};

const build = async (context, major) => {
  const project = await makeProject(context, `vite-${major}-build`, PROJECT);
  await runTool(".", `vite-${major}/bin/vite.js`, ["build", "--base=/some/where/"], project);
  return join(project, "dist");
};

const inBrowser = (name, major, browser) => ({
  name,
  // They share one instance of the sandbox.
  shares: `vite-${major}-build`,
  needs: { npm: ["."], debian: browser.debian },
  version: () => version(`vite-${major}`, browser),
  async test(context) {
    const { url, close } = await serveFolder(await built(context, major), "/some/where/");
    return look(browser, `${url}/some/where/index.html`).finally(close);
  },
});

export const setups = [
  ...["6", "7", "8"].flatMap((major) => [dev(major), inBrowser(`vite-${major}-build`, major, chromium)]),
  inBrowser("firefox-vite-8", "8", browsers.firefox),
  inBrowser("webkit-vite-8", "8", browsers.webkit),
];

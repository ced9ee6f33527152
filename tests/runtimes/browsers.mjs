/**
 * Browsers without a bundler: the package's files unchanged, below a sub-path, under a strict
 * policy, from `<script type="module">`, a module worker and a module service worker.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { makeProject } from "./support/project.mjs";
import { here } from "./support/tools.mjs";

export const PAGE = {
  "check.mjs": "app/check.mjs",
  "index.html": "app/index.html",
  "main.mjs": "app/main-page.mjs",
  "page.mjs": "app/page.mjs",
  "report.js": "app/report.js",
  "service-worker.mjs": "app/service-worker.mjs",
  "worker.mjs": "app/worker.mjs",
};

const BASES = Object.fromEntries(["bases.html", "bases.mjs", "asked.mjs", "frame.mjs"].map((file) => [file, `app/${file}`]));

/** The import of a page without a bundler, where package names do not resolve. */
export const byPath = async (project) => {
  for (const name of ["check.mjs", "client.mjs"]) {
    const path = join(project, name);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(/"centerfy(\/sandbox)?"/g, '"./node_modules/centerfy$1/index.js"'));
  }
};

export const lookBelow = async (browser, project, page, policy) => {
  const { url, close } = await serveFolder(project, "/some/where/", policy);
  return look(browser, `${url}/some/where/${page}`).finally(close);
};

const plain = ([name, browser]) => ({
  name,
  needs: { debian: browser.debian },
  version: () => versionOf(browser),
  async test(context) {
    const mapped = await makeProject(context, `${name}-import-map`, { ...PAGE, "index.html": "app/import-map.html" });
    const project = await makeProject(context, name, { ...PAGE, ...BASES, "refused.mjs": "app/refused.mjs" });
    await byPath(project);
    const strict = await lookBelow(browser, project, "index.html");
    const byName = await lookBelow(browser, mapped, "index.html", "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'");
    const html = await readFile(join(here, "app/index.html"), "utf8");
    await writeFile(join(project, "refused.html"), html.replace("main.mjs", "refused.mjs").replace(/<meta http.*/, ""));
    const refused = await lookBelow(browser, project, "refused.html", "script-src 'self'");
    const bases = await lookBelow(browser, project, "bases.html");
    return `${strict}; import map: ${byName}; ${refused}; ${bases}`;
  },
});

export const setups = Object.entries(browsers).map(plain);

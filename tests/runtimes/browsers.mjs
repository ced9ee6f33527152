/**
 * Browsers without a bundler: the package's files as they are, below a sub-path, under a strict
 * policy, from `<script type="module">`, a module worker and a module service worker.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { makeProject } from "./support/project.mjs";

export const PAGE = {
  "check.mjs": "app/check.mjs",
  "index.html": "app/index.html",
  "main.mjs": "app/main-page.mjs",
  "page.mjs": "app/page.mjs",
  "report.js": "app/report.js",
  "service-worker.mjs": "app/service-worker.mjs",
  "worker.mjs": "app/worker.mjs",
};

/** What a page without a bundler writes, since it knows no package by its name. */
const byPath = async (project) => {
  for (const name of ["check.mjs", "client.mjs"]) {
    const path = join(project, name);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace('"centerfy"', '"./node_modules/centerfy/index.js"'));
  }
};

const plain = ([name, browser]) => ({
  name,
  needs: { debian: browser.debian },
  version: () => versionOf(browser),
  async test(context) {
    const project = await makeProject(context, name, PAGE);
    await byPath(project);
    const { url, close } = await serveFolder(project, "/some/where/");
    return look(browser, `${url}/some/where/index.html`).finally(close);
  },
});

export const setups = Object.entries(browsers).map(plain);

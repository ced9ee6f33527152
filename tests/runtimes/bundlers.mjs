/** webpack, esbuild and Rollup, without any configuration, for a page in Chromium. */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PAGE } from "./browsers.mjs";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { runBinary } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { npm, versionOf as packageVersion } from "./support/tools.mjs";

const { chromium } = browsers;

/** esbuild and Rollup leave `new URL("./worker.mjs", …)` as it is, so each script is an entry. */
const ENTRIES = ["main.mjs", "worker.mjs", "service-worker.mjs"];

/** `script` is how the bundler calls what it makes of main.mjs. */
const bundler = (name, title, bundle, { pack = name, script = "./main.mjs" } = {}) => ({
  name,
  needs: { npm: ["."], debian: chromium.debian },
  version: async () => `${title} ${await packageVersion(await npm("."), pack)}, ${await versionOf(chromium)}`,
  async test(context) {
    const project = await makeProject(context, name, PAGE);
    await bundle(project);
    await copyFile(join(project, "report.js"), join(project, "dist/report.js"));
    const html = await readFile(join(project, "index.html"), "utf8");
    await writeFile(join(project, "dist/index.html"), html.replace("./main.mjs", script));
    const { url, close } = await serveFolder(join(project, "dist"), "/some/where/");
    return look(chromium, `${url}/some/where/index.html`).finally(close);
  },
});

const webpack = ["--mode=production", "--entry=./main.mjs"];
const esbuild = [...ENTRIES, "--bundle", "--minify", "--format=esm", "--outdir=dist", "--out-extension:.js=.mjs"];
// Rollup by itself finds no packages, so everybody has this plugin.
const rollup = [...ENTRIES, "--plugin=node-resolve", "--format=es", "--dir=dist", "--entryFileNames=[name].mjs"];

export const setups = [
  bundler("webpack-5", "webpack", (project) => runBinary(".", "webpack-cli", webpack, project), {
    pack: "webpack",
    script: "./main.js",
  }),
  bundler("esbuild", "esbuild", (project) => runBinary(".", "esbuild", esbuild, project)),
  bundler("rollup", "Rollup", (project) => runBinary(".", "rollup", rollup, project)),
];

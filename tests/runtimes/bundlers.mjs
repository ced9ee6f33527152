/**
 * webpack, Rspack, esbuild, Rollup, Parcel, and those of Bun and Deno, without any configuration, for
 * a page in Chromium.
 */
import { copyFile, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PAGE } from "./browsers.mjs";
import { bun as bunBinary, deno as denoBinary } from "./deno-bun.mjs";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { run } from "./support/processes.mjs";
import { runBinary } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { npm, versionOf as packageVersion } from "./support/tools.mjs";

const { chromium } = browsers;

/** esbuild and Rollup do not change `new URL("./worker.mjs", …)`, so each script is an entry. */
const ENTRIES = ["main.mjs", "worker.mjs", "service-worker.mjs"];

/** Copies the page next to the bundle, as its author would. */
const addPage = async (project, script) => {
  await copyFile(join(project, "report.js"), join(project, "dist/report.js"));
  const html = await readFile(join(project, "index.html"), "utf8");
  await writeFile(join(project, "dist/index.html"), html.replace("./main.mjs", script));
};

/** `script` is the bundler's name for the output of main.mjs; omitted where it also makes the page. */
const bundler = (name, title, bundle, { family = ".", pack = name, script = "./main.mjs", policy } = {}) => ({
  name,
  needs: { npm: [family], debian: chromium.debian },
  version: async () => `${title} ${await packageVersion(await npm(family), pack)}, ${await versionOf(chromium)}`,
  async test(context) {
    const project = await makeProject(context, name, PAGE);
    await bundle(project);
    if (script) await addPage(project, script);
    const { url, close } = await serveFolder(join(project, "dist"), "/some/where/", policy);
    return look(chromium, `${url}/some/where/index.html`).finally(close);
  },
});

const webpack = ["--mode=production", "--entry=./main.mjs"];
const esbuild = [...ENTRIES, "--bundle", "--minify", "--format=esm", "--outdir=dist", "--out-extension:.js=.mjs"];
// Rollup alone does not resolve packages, so this plugin is common.
const rollup = [...ENTRIES, "--plugin=node-resolve", "--format=es", "--dir=dist", "--entryFileNames=[name].mjs"];

const parcel = ["build", "index.html", "--public-url=./", "--no-cache", "--no-source-maps"];
const bun = ["build", ...ENTRIES, "--minify", "--outdir=dist", "--entry-naming=[name].mjs"];
const deno = ["bundle", "--quiet", "--platform=browser", "--minify", "--outdir=dist", ...ENTRIES];

/** It writes an import map into the page, which the policy has to allow. */
const parcelBuild = async (project) => {
  const page = join(project, "index.html");
  const html = await readFile(page, "utf8");
  await writeFile(page, html.replace(/<meta http.*/, ""));
  await runBinary("tools", "parcel", parcel, project);
};

const withInline = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";

/** Deno changes the extension of its scripts. */
const denoBundle = async (project) => {
  await run(await denoBinary(), deno, { cwd: project });
  for (const name of ENTRIES) await rename(join(project, "dist", name.replace(".mjs", ".js")), join(project, "dist", name));
};

export const setups = [
  bundler("webpack-5", "webpack", (project) => runBinary(".", "webpack-cli", webpack, project), {
    pack: "webpack",
    script: "./main.js",
  }),
  bundler("esbuild", "esbuild", (project) => runBinary(".", "esbuild", esbuild, project)),
  bundler("rspack", "Rspack", (project) => runBinary("tools", "rspack", ["build", ...webpack], project), {
    family: "tools",
    pack: "@rspack/core",
    script: "./main.js",
  }),
  bundler("rollup", "Rollup", (project) => runBinary(".", "rollup", rollup, project)),
  bundler("parcel", "Parcel", parcelBuild, { family: "tools", script: "", policy: withInline }),
  bundler("bun-build", "Bun", async (project) => run(await bunBinary(), bun, { cwd: project }), { pack: "bun" }),
  bundler("deno-bundle", "Deno", denoBundle, { pack: "deno" }),
];

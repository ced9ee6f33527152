/** Where there is no WebAssembly: Hermes, the engine of React Native, and `node --jitless`. */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { run } from "./support/processes.mjs";
import { runBinary } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";
import { Missing } from "./support/missing.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const jitless = {
  name: "node-jitless",
  needs: {},
  version: async () => `Node.js ${process.versions.node}`,
  async test(context) {
    const files = { "main.mjs": "app/main-jitless.mjs", "without-network.mjs": "app/without-network.mjs" };
    const project = await makeProject(context, this.name, files);
    return `import ${printed(await run(process.execPath, ["--jitless", "main.mjs"], { cwd: project }))} steps`;
  },
};

/** What React Native's preset does for Hermes: no classes, no async functions. */
const compile = async (from, to) => {
  const require = createRequire(join(await npm("hermes"), "x.js"));
  const { transformFile } = require("@swc/core");
  const { code } = await transformFile(from, { jsc: { target: "es5", parser: { syntax: "ecmascript" } }, isModule: false });
  await writeFile(to, code);
};

const PLATFORMS = { linux: "linux64-bin/hermes", darwin: "osx-bin/hermes", win32: "win64-bin/hermes.exe" };

const binary = async () => {
  const file = process.arch === "x64" && PLATFORMS[process.platform];
  if (!file) throw new Missing("npm has no Hermes for this machine");
  return join(await npm("hermes"), "hermes-engine-cli", file);
};

const hermes = {
  name: "hermes",
  needs: { npm: ["hermes"] },
  version: async () => `Hermes ${await versionOf(await npm("hermes"), "hermes-engine-cli")}`,
  async test(context) {
    const engine = await binary();
    const files = ["react-native", "without-network", "main-hermes"].map((name) => [`${name}.mjs`, `app/${name}.mjs`]);
    const project = await makeProject(context, this.name, Object.fromEntries(files));
    const bundle = ["main-hermes.mjs", "--bundle", "--conditions=react-native", "--outfile=bundle.js"];
    await runBinary("hermes", "esbuild", bundle, project);
    await compile(join(project, "bundle.js"), join(project, "main.js"));
    return `script ${printed(await run(engine, ["main.js"], { cwd: project }))} steps`;
  },
};

export const setups = [jitless, hermes];

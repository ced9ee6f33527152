/**
 * Nitro, which is the server of Nuxt: built for Cloudflare Workers without any configuration, and
 * with its option for WebAssembly; run in workerd.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { passed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const COMPATIBILITY_DATE = "2026-01-01";

const start = async (server) => {
  const require = createRequire(join(await npm("cloudflare"), "miniflare/package.json"));
  const { Miniflare } = require("miniflare");
  return new Miniflare({
    modules: true,
    modulesRoot: server,
    scriptPath: join(server, "index.mjs"),
    modulesRules: [
      { type: "ESModule", include: ["**/*.mjs"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: ["nodejs_compat"],
  });
};

const ask = async (server) => {
  const worker = await start(server);
  try {
    const response = await worker.dispatchFetch("http://worker/check");
    const text = await response.text();
    if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${text.slice(0, 1000)}`);
    return passed(JSON.parse(text));
  } finally {
    await worker.dispose();
  }
};

/** Builds for Workers, and runs the scenario there. */
const built = async (context, name, pack, options) => {
  const project = await makeProject(context, name, {
    "routes/check.mjs": `text:import { check } from "../check.mjs";\n\nexport default () => check();\n`,
    "nitro.config.mjs": `text:export default ${JSON.stringify(options)};\n`,
  });
  const args = ["build", "--preset=cloudflare_module"];
  await runTool("nitro", `${pack}/dist/cli/index.mjs`, args, project, { env: { NITRO_TELEMETRY_DISABLED: "1" } });
  return ask(join(project, ".output/server"));
};

const nitro = (major, pack) => ({
  name: `nitro-${major}`,
  needs: { npm: ["nitro", "cloudflare"] },
  version: async () => `Nitro ${await versionOf(await npm("nitro"), pack)}`,
  async test(context) {
    const compatibility = { compatibilityDate: COMPATIBILITY_DATE };
    const plain = await built(context, this.name, pack, compatibility);
    const wasm = { experimental: { wasm: true }, wasm: {} };
    const withWasm = await built(context, `${this.name}-wasm`, pack, { ...compatibility, ...wasm });
    return `Worker ${plain}, with its option for WebAssembly ${withWasm} steps`;
  },
});

export const setups = [nitro("2", "nitropack"), nitro("3", "nitro")];

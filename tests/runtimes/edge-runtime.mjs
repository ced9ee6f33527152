/**
 * edge-runtime, the local stand-in for Vercel's edge functions: one bundled script, and the web's
 * APIs only. It does not support `?module` imports, which the set-up next-edge tests.
 */
import { join } from "node:path";
import { run } from "./support/processes.mjs";
import { runBinary } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const SCRIPT = `text:import { check } from "./check.mjs";

addEventListener("fetch", (event) => event.respondWith(check().then((result) => Response.json(result))));
`;

/** Runs in Node.js with edge-runtime as a library, since its program prints more than the result. */
const HOST = `text:import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { EdgeRuntime } = createRequire(process.argv[2])("edge-runtime");
const runtime = new EdgeRuntime({ initialCode: readFileSync("dist/function.js", "utf8") });
const response = await runtime.dispatchFetch("http://function/");
console.log(await response.text());
process.exit(0);
`;

const edgeRuntime = {
  name: "edge-runtime",
  needs: { npm: ["."] },
  version: async () => `edge-runtime ${await versionOf(await npm("."), "edge-runtime")}`,
  async test(context) {
    const project = await makeProject(context, "edge-runtime", { "function.mjs": SCRIPT, "host.mjs": HOST });
    await runBinary(".", "esbuild", ["function.mjs", "--bundle", "--outfile=dist/function.js"], project);
    const from = join(await npm("."), "edge-runtime/package.json");
    return `fetch ${printed(await run(process.execPath, ["host.mjs", from], { cwd: project }))} steps`;
  },
};

export const setups = [edgeRuntime];

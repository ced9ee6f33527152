/** esbuild, as an application would use it. */
import { build } from "esbuild";
import { join } from "node:path";
import { here, home } from "./package.mjs";

/** Bundles a script (a path in tests/bench) and answers its text. */
export const bundle = async (entry, options = {}) => {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "error",
    nodePaths: [join(home, "node_modules")],
    external: ["*.wasm", "node:*"],
    // What clients are run with in production.
    define: { "process.env.NODE_ENV": '"production"' },
    ...options,
  });
  return result.outputFiles[0].text;
};

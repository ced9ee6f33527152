/** esbuild, as an application would use it. */
import { build } from "esbuild";
import { join } from "node:path";
import { here, home } from "./package.mjs";

/** The hand-written client, built like the package: names that start with `_` are shortened. */
const handwritten = {
  name: "handwritten",
  setup: ({ onLoad }) =>
    onLoad({ filter: /handwritten[\\/]index\.ts$/ }, async ({ path }) => {
      const settings = { bundle: true, write: false, format: "esm", target: "es2022", mangleProps: /^_/ };
      const { outputFiles } = await build({ entryPoints: [path], ...settings });
      return { contents: outputFiles[0].text, loader: "js" };
    }),
};

/** Bundles a script (a path in tests/bench). Resolves to its text. */
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
    plugins: [handwritten],
    // As in production.
    define: { "process.env.NODE_ENV": '"production"' },
    ...options,
  });
  return result.outputFiles[0].text;
};

// Internal modules of the package.

import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const { build } = createRequire(new URL("../../xtask/package.json", import.meta.url))("esbuild");
const stores = fileURLToPath(new URL("../../pkg-template/store", import.meta.url));

/** Bundles lines such as `export { Steps } from "./steps.js";`, and imports the result. */
export async function source(exports) {
  const stdin = { contents: exports, resolveDir: stores, loader: "ts" };
  const folder = mkdtempSync(join(tmpdir(), "centerfy-source-"));
  try {
    const outfile = join(folder, "source.mjs");
    await build({ stdin, format: "esm", bundle: true, outfile });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// What each entry for front ends adds to a page that has the client.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { entry } from "../node/support.mjs";

const { build } = createRequire(fileURLToPath(new URL("../../xtask/package.json", import.meta.url)))("esbuild");

/** The size of a page that imports these, minified, with brotli. */
const sizeOf = async (imports) => {
  const contents = `import { Centerfy } from "centerfy"; ${imports} console.log(Centerfy, extra);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", `file://${entry}`)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return brotliCompressSync(outputFiles[0].contents).length;
};

const BUDGETS = { schema: 1_500, query: 1_200, otel: 1_000 };
const client = await sizeOf("const extra = 0;");

for (const [name, budget] of Object.entries(BUDGETS)) {
  test(`centerfy/${name} adds at most ${budget} bytes`, async () => {
    const added = (await sizeOf(`import * as extra from "centerfy/${name}";`)) - client;
    assert.ok(added <= budget, `${added} bytes`);
    assert.ok(added > 100, "it is in the page");
  });
}

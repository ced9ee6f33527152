// The types of the entries fit those of their libraries and of pages.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { entry } from "../node/support.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve("../node_modules/typescript/package.json")), "bin/tsc");
const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022,dom,esnext.disposable"];

for (const name of ["otel", "query", "recordings", "schema"]) {
  test(`centerfy/${name} fits the library's types`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), "centerfy-entries-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(dirname(entry), join(folder, "node_modules/centerfy"), "dir");
    for (const library of readdirSync(join(here, "node_modules")).filter((name) => !name.startsWith("."))) {
      symlinkSync(join(here, "node_modules", library), join(folder, "node_modules", library), "dir");
    }
    const file = join(folder, `${name}.mts`);
    cpSync(join(here, "types", `${name}.ts`), file);
    for (const more of [[], ["--exactOptionalPropertyTypes"]]) {
      const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags, ...more, file], { encoding: "utf8" });
      assert.equal(status, 0, stdout);
    }
  });
}

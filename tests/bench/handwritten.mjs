/** Runs the package's own tests with the hand-written client, to compare their behavior. */
import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundle } from "./support/bundle.mjs";
import { here, out } from "./support/package.mjs";

/** Tests of the module, which this client does not have. */
const OF_THE_MODULE = ["loading.test.mjs", "memory.test.mjs"];

export const checkHandwritten = async () => {
  const folder = join(out, "handwritten");
  const home = join(folder, "node_modules", "centerfy");
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), '{ "name": "centerfy", "type": "module", "main": "./index.js" }\n');
  await writeFile(join(home, "index.js"), await bundle("handwritten/index.ts"));

  const root = resolve(here, "../..");
  const tests = (await readdir(join(root, "tests/node")))
    .filter((name) => name.endsWith(".test.mjs") && !OF_THE_MODULE.includes(name))
    .map((name) => `tests/node/${name}`);
  const env = { ...process.env, CENTERFY_PACKAGE: folder, CENTERFY_HANDWRITTEN: "yes" };
  const args = ["--test", "--test-reporter=spec", "--test-timeout=120000", ...tests];
  const output = await new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: root, env, maxBuffer: 1 << 26 }, (error, stdout) => resolve(stdout)),
  );
  const count = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, "m").exec(output)?.[1]);
  const failed = output.match(/^✖ .*\(\d.*$/gm) ?? [];
  const result = { passed: count("pass"), failed: count("fail") };
  return {
    data: result,
    table: {
      title: "The hand-written client, tested as the package is",
      head: ["", "passed", "failed"],
      rows: [["tests/node without those that look into the module", result.passed, result.failed]],
      notes: [...new Set(failed)],
    },
  };
};

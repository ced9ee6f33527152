// Processes that start from one snapshot of Node.js share its random state, but not its ids.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const { build } = createRequire(new URL("../../xtask/package.json", import.meta.url))("esbuild");

/** Makes a limiter before the snapshot, and prints the ids of the three slots that it takes afterwards. */
const PROGRAM = `
import { redisStore } from "../redis/index.js";
const ids = [];
const eval_ = async (script, keys, args) => {
  const given = args.filter((text) => /^i[0-9a-f]{8,}/.test(text));
  ids.push(...given);
  return [0, 0, 0, ...given.flatMap(() => [0, ""])];
};
const limiter = redisStore({ eval: eval_ }).limiter({ requests: 100, perMs: 1000 });
const take = () => Promise.all([1, 2, 3].map(() => limiter.acquire({ operation: "getAgent", attempt: 1 })));
// No timer may be pending in a snapshot.
limiter.waitMs();
require("node:v8").startupSnapshot.setDeserializeMainFunction(() => take().then(() => {
  console.log(JSON.stringify(ids.slice(0, 3)));
  process.exit();
}));
`;

test("four processes from one snapshot", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-snapshot-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [program, blob] = ["program.js", "snapshot.blob"].map((name) => join(folder, name));
  const resolveDir = fileURLToPath(new URL("../../pkg-template/store", import.meta.url));
  await build({ stdin: { contents: PROGRAM, resolveDir }, format: "cjs", platform: "node", bundle: true, outfile: program });
  await run(process.execPath, ["--snapshot-blob", blob, "--build-snapshot", program], { cwd: folder });
  const printed = await Promise.all([1, 2, 3, 4].map(() => run(process.execPath, ["--snapshot-blob", blob, program])));
  const ids = printed.flatMap(({ stdout }) => JSON.parse(stdout));
  assert.equal(ids.length, 12);
  assert.equal(new Set(ids).size, 12, `${ids}`);
});

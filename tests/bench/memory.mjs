/** Memory: flat over a million calls, and released after many concurrent ones. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { here, inPackage } from "./support/package.mjs";
import { grouped } from "./support/tables.mjs";

const execute = promisify(execFile);

export const memory = async ({ total, atOnce }) => {
  const args = ["--expose-gc", "memory/calls.mjs", inPackage("index.js"), total, atOnce].map(String);
  const { stdout } = await execute(process.execPath, args, { cwd: here });
  const looks = JSON.parse(stdout);
  return {
    data: looks,
    table: {
      title: "Memory in Node 20, KiB, after a garbage collection",
      head: ["", "JavaScript heap", "module"],
      rows: looks.map(({ what, heap, wasm }) => [
        what.replace(/\d+/g, (digits) => grouped(digits)),
        grouped(heap / 1024),
        grouped(wasm / 1024),
      ]),
    },
  };
};

/** What the first call pays once. Every figure comes from a process of its own. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { firstMemory } from "./module/wasm.mjs";
import { here, inPackage } from "./support/package.mjs";
import { spread } from "./support/tables.mjs";

const execute = promisify(execFile);
const STEPS = {
  import: "import the package (reading and parsing the file)",
  make: "make a client",
  instantiate: "compile and instantiate the module",
  first: "first call, with all of the start in it",
  second: "second call",
};

export const start = async ({ processes }) => {
  const figures = [];
  for (let i = 0; i < processes; i++) {
    const { stdout } = await execute(process.execPath, ["start/once.mjs", inPackage("index.js")], { cwd: here });
    figures.push(JSON.parse(stdout));
  }
  const idle = figures.every(({ idle }) => !idle.instantiated && !idle.timers);
  const memory = firstMemory(await readFile(inPackage("centerfy.wasm")));
  const all = Object.fromEntries(Object.keys(STEPS).map((step) => [step, figures.map((one) => one[step])]));
  return {
    data: { ...all, firstMemoryKiB: memory, nothingAtImport: idle },
    table: {
      title: "Start-up in Node 20, ms",
      head: ["", "median", "middle half"],
      rows: Object.entries(STEPS).map(([step, title]) => {
        const { middle, range } = spread(all[step], 2);
        return [title, middle, range];
      }),
      notes: [
        `Import and constructor ${idle ? "instantiate nothing and set no timer" : "DO WORK"}.`,
        `The module starts with ${memory} KiB of memory.`,
      ],
    },
  };
};

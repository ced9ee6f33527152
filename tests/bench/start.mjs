/** The cost of the first call, step by step and next to other clients. Each figure is from a new process. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { firstMemory } from "./module/wasm.mjs";
import { here, inPackage } from "./support/package.mjs";
import { spread } from "./support/tables.mjs";

const execute = promisify(execFile);

const run = async (script, ...args) => {
  const { stdout } = await execute(process.execPath, [script, ...args], { cwd: here });
  return JSON.parse(stdout);
};

const STEPS = {
  import: "import the package (reading and parsing the file)",
  make: "make a client",
  instantiate: "compile and instantiate the module",
  first: "first call, with all of the start in it",
  second: "second call",
};

export const start = async ({ processes }) => {
  const figures = [];
  for (let i = 0; i < processes; i++) figures.push(await run("start/once.mjs", inPackage("index.js")));
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

const CLIENTS = {
  centerfy: "centerfy",
  "ky-1": "ky 1.14 (only fetch, no API)",
  retell: "Retell SDK 5.66",
  openai: "openai 7",
  stripe: "Stripe 23",
  vapi: "Vapi server SDK 2.0",
};

/** Import and first call next to other clients, which take turns. */
export const wholeStart = async ({ processes }) => {
  const figures = Object.fromEntries(Object.keys(CLIENTS).map((client) => [client, []]));
  for (let i = 0; i < processes; i++) {
    for (const client of Object.keys(CLIENTS)) figures[client].push(await run("start/whole.mjs", client, inPackage("index.js")));
  }
  return {
    data: figures,
    table: {
      title: "Start-up as a whole in Node 20, ms: import, a client, the first answer",
      head: ["", "median", "middle half"],
      rows: Object.entries(CLIENTS).map(([client, title]) => {
        const { middle, range } = spread(figures[client]);
        return [title, middle, range];
      }),
      notes: ["Each from node_modules, in a process of its own, with a fetch that answers at once."],
    },
  };
};

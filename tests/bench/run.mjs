/**
 * `cargo xtask bench`: prints the tables, and writes them to out/results.json and RESULTS.md.
 *
 *   node run.mjs [size] [rust] [habits] [start] [memory] [module] [calls] [proxy] [check] [node|deno|bun|workerd|chromium …] [quick]
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { calls } from "./calls.mjs";
import { runtimes } from "./calls/runtimes.mjs";
import { habits } from "./habits.mjs";
import { checkHandwritten } from "./handwritten.mjs";
import { memory } from "./memory.mjs";
import { moduleBytes } from "./module.mjs";
import { proxy } from "./proxy.mjs";
import { haveRust, rust } from "./rust.mjs";
import { sizes } from "./sizes.mjs";
import { start, wholeStart } from "./start.mjs";
import { here, out, prepare } from "./support/package.mjs";
import { markdown, plain } from "./support/tables.mjs";
import { verdicts } from "./verdicts.mjs";

const TABLES = ["size", "rust", "habits", "calls", "start", "memory", "module", "proxy", "check"];
const words = process.argv.slice(2);
const unknown = words.find((word) => ![...TABLES, ...Object.keys(runtimes), "quick"].includes(word));
if (unknown) {
  console.error(`\`${unknown}\` must be one of ${[...TABLES, ...Object.keys(runtimes), "quick"].join(", ")}`);
  process.exit(2);
}
const quick = words.includes("quick");
const chosenRuntimes = words.filter((word) => word in runtimes);
const chosenTables = words.filter((word) => TABLES.includes(word));
if (chosenRuntimes.length && !chosenTables.length) chosenTables.push("calls");
const wants = (table) => !chosenTables.length || chosenTables.includes(table);

const note = (what) => console.error(`  measuring ${what}`);
const results = { machine: `${cpus().length} × ${cpus()[0]?.model.trim()}` };
const tables = [];
const show = (table) => {
  tables.push(table);
  console.log(plain(table));
};

await prepare();
if (wants("size")) {
  const { data, table } = await sizes();
  results.size = data;
  show(table);
}
// `cargo xtask bench` compiles the apps; without it they may be missing.
if (wants("rust") && haveRust()) {
  const { data, table } = await rust();
  results.rust = data;
  show(table);
}
if (wants("habits")) {
  note("what is sent when calls fail");
  const { data, table } = await habits();
  results.habits = data;
  show(table);
}
if (wants("calls")) {
  const settings = { only: chosenRuntimes.length && chosenRuntimes, rounds: quick ? 10 : 40, ms: quick ? 15 : 50, note };
  const { data, tables: made } = await calls(settings);
  results.calls = data;
  made.forEach(show);
}
if (wants("start")) {
  note("start-up");
  const processes = quick ? 7 : 31;
  const { data, table } = await start({ processes });
  results.start = data;
  show(table);
  const whole = await wholeStart({ processes });
  results.wholeStart = whole.data;
  show(whole.table);
}
if (wants("memory")) {
  note("memory");
  const { data, table } = await memory({ total: quick ? 100_000 : 1_000_000, atOnce: 2000 });
  results.memory = data;
  show(table);
}
if (wants("module")) {
  const { data, tables: made } = await moduleBytes();
  results.module = data;
  made.forEach(show);
}
if (wants("proxy")) {
  note("the proxy and its stores");
  const { data, tables: made } = await proxy({ rounds: quick ? 10 : 40, ms: quick ? 15 : 50, times: quick ? 500 : 3_000 });
  results.proxy = data;
  made.forEach(show);
}
// The tests require the sandbox, which `cargo xtask bench` starts.
if (wants("check") && process.env.CENTERFY_SANDBOX) {
  note("whether the hand-written client does what the package does");
  const { data, table } = await checkHandwritten();
  results.handwritten = data;
  show(table);
}
const judged = verdicts(results);
if (judged) show(judged);

await mkdir(out, { recursive: true });
await writeFile(join(out, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
// A selection of the tables, or a quick run, does not replace the complete results.
if (!words.length) {
  const head = `<!-- Made by \`cargo xtask bench\`. -->\n\nMeasured on ${results.machine}.\n\n`;
  await writeFile(join(here, "RESULTS.md"), head + tables.map(markdown).join("\n"));
}

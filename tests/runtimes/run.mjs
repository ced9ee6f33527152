#!/usr/bin/env node
/**
 * Uses the packed package in each runtime, bundler and browser that it is for.
 *
 *   node tests/runtimes/run.mjs                all set-ups except the long ones
 *   node tests/runtimes/run.mjs --everything   all set-ups
 *   node tests/runtimes/run.mjs vite node-22   those whose name is or starts with one of these
 *   node tests/runtimes/run.mjs --list         the names of all set-ups
 *   node tests/runtimes/run.mjs --needs        the tools that they need, as JSON
 *
 * Set-ups whose tools are not installed are skipped, unless the environment says `CI=true`.
 */
import { inLanes } from "./support/lanes.mjs";
import { Missing } from "./support/missing.mjs";
import { stopAll } from "./support/processes.mjs";
import { installPackage, makeFolder, removeFolder } from "./support/project.mjs";
import { sandbox } from "./support/sandbox.mjs";
import { row } from "./support/table.mjs";
import { npm } from "./support/tools.mjs";
import { setups } from "./setups.mjs";

const SKIPPED = "skipped";
const EVERYTHING = "--everything";
const names = process.argv.slice(2).filter((word) => word !== EVERYTHING);
const isEverything = process.argv.includes(EVERYTHING);
const inCi = process.env.CI === "true";

const chosen = () => {
  if (!names.length) return isEverything ? setups : setups.filter(({ isDear }) => !isDear);
  for (const name of names) {
    if (!setups.some((setup) => fits(setup, name))) throw new Missing(`there is no set-up "${name}"; see --list`);
  }
  return setups.filter((setup) => names.some((name) => fits(setup, name)));
};

const fits = (setup, name) => setup.name === name || setup.name.startsWith(name + "-");

/** Prints which set-ups did not run, and why. */
const saySkipped = (wanted, lines) => {
  const say = (list, why) => list.length && console.log(`\nSkipped, ${why}: ${list.join(", ")}`);
  const dear = setups.filter((setup) => setup.isDear && !wanted.includes(setup)).map(({ name }) => name);
  if (!names.length) say(dear, "since they take long (`cargo xtask test everything` runs them)");
  const missing = lines.filter(({ result }) => result === SKIPPED).map(({ name }) => name);
  say(missing, "since their tools are not here");
  if (!names.length && !dear.length && !missing.length) console.log("\nNothing was skipped");
};

/** Runs one set-up and returns its line of the table. */
const attempt = async (setup, context) => {
  const started = performance.now();
  const line = { name: setup.name, version: "", result: "pass" };
  try {
    line.version = await setup.version();
    line.note = await setup.test(context);
  } catch (error) {
    line.result = error instanceof Missing && !inCi ? SKIPPED : "FAIL";
    line.note = error.message.split("\n")[0];
    if (line.result === "FAIL") console.error(`\n${setup.name}: ${error.stack ?? error}\n`);
  }
  line.seconds = (performance.now() - started) / 1000;
  return line;
};

/** Installs the tools of set-ups, one folder after the other, while earlier set-ups run. */
const installAhead = async (wanted) => {
  const folders = new Set(wanted.flatMap(({ needs }) => needs.npm ?? []));
  // If it fails, the set-up that needs it reports why.
  for (const folder of folders) await npm(folder).catch(() => {});
};

const main = async () => {
  if (names.includes("--needs")) {
    console.log(JSON.stringify(Object.fromEntries(setups.map(({ name, needs }) => [name, needs])), null, 2));
    return true;
  }
  if (names.includes("--list")) {
    console.log(setups.map(({ name }) => name).join("\n"));
    return true;
  }
  const wanted = chosen();
  const folder = await makeFolder();
  const lines = [];
  try {
    const context = { folder, packed: await installPackage(folder), sandbox: await sandbox() };
    installAhead(wanted);
    await inLanes(wanted, async (setup) => {
      const line = await attempt(setup, context);
      lines.push(line);
      console.log(row(line, { done: lines.length, of: wanted.length }));
    });
  } finally {
    for (const setup of wanted) await setup.close?.();
    await stopAll();
    await removeFolder(folder);
  }
  const count = (result) => lines.filter((line) => line.result === result).length;
  const skipped = count(SKIPPED);
  saySkipped(wanted, lines);
  console.log(`\n${count("pass")} passed, ${count("FAIL")} failed${skipped ? `, ${skipped} skipped` : ""}`);
  return count("FAIL") === 0;
};

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => stopAll().then(() => process.exit(1)));
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error) => {
    console.error(error instanceof Missing ? error.message : error);
    process.exit(1);
  },
);

/** React Native: Metro and its Babel preset bundle the package, Hermes's compiler compiles it, and Hermes runs it. */
import { join } from "node:path";
import { Missing } from "./support/missing.mjs";
import { run } from "./support/processes.mjs";
import { makeWholeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const FAMILY = "react-native";
const ENTRIES = ["import.js", "require.js"];
/** What the preset leaves to the engine: nothing, for older ones; classes and more, for that of 0.87. */
const PROFILES = ["default", "hermes-stable"];

const FILES = Object.fromEntries(
  [...ENTRIES, "surroundings.js", "build.js", "metro.config.js", "babel.config.js"].map((name) => [name, `${FAMILY}/${name}`]),
);

/** The folders of npm's packages that have programs for this machine, and how the programs end. */
const MACHINES = { linux: ["linux64-bin", ""], darwin: ["osx-bin", ""], win32: ["win64-bin", ".exe"] };

const program = (folder, name) => {
  const machine = (process.arch === "x64" || process.platform === "darwin") && MACHINES[process.platform];
  if (!machine) throw new Missing("npm has no Hermes for this machine");
  return join(folder, machine[0], name + machine[1]);
};

const version = async () => {
  const modules = await npm(FAMILY);
  const [preset, metro] = await Promise.all(["@react-native/babel-preset", "metro"].map((name) => versionOf(modules, name)));
  return `React Native ${preset}, Metro ${metro}`;
};

const reactNative = {
  name: "react-native",
  needs: { npm: [FAMILY] },
  version,
  async test(context) {
    const modules = await npm(FAMILY);
    const compiler = program(join(modules, "hermes-compiler/hermesc"), "hermesc");
    const engine = program(join(modules, "hermes-engine-cli"), "hermes");
    const project = await makeWholeProject(context, FAMILY, this.name, { ...FILES, "without-network.js": "app/without-network.mjs" });
    const steps = [];
    for (const entry of ENTRIES) {
      for (const profile of PROFILES) {
        const bundle = `${profile}-${entry}`;
        await run(process.execPath, ["build.js", entry, profile, bundle], { cwd: project });
        await run(compiler, ["-w", "-O", "-emit-binary", "-out", `${bundle}.hbc`, bundle], { cwd: project });
        // The engine on npm is older than the compiler.
        if (profile === "default") steps.push(printed(await run(engine, [bundle], { cwd: project })));
      }
    }
    return `import ${steps[0]} steps, require ${steps[1]} steps`;
  },
};

export const setups = [reactNative];

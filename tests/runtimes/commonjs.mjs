/** CommonJS: compiled TypeScript, and Jest with several compilers. */
import { withoutRequireOfModules } from "./node.mjs";
import { run } from "./support/processes.mjs";
import { runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const compilerOptions = {
  module: "node16",
  target: "es2022",
  strict: true,
  types: [],
  lib: ["es2022", "dom"],
};

const typescript = {
  name: "typescript-commonjs",
  needs: { npm: ["jest"] },
  version: async () => `TypeScript ${await versionOf(await npm("jest"), "typescript")}`,
  async test(context) {
    const tsconfig = `text:${JSON.stringify({ compilerOptions, files: ["main.cts"] })}`;
    const project = await makeProject(context, this.name, { "main.cts": "app/main.cts", "tsconfig.json": tsconfig });
    await runTool("jest", "typescript/bin/tsc", ["--project", "."], project);
    const args = [withoutRequireOfModules, "main.cjs"];
    return `require ${printed(await run(process.execPath, args, { cwd: project }))} steps`;
  },
};

const FILES = ["jest.config.cjs", "plain.test.js", "faked.test.ts", "steps.cjs"];

/** Plain, in jsdom, by swc, by ts-jest. */
const WAYS = 4;

/** The configuration of ts-jest; the tests' helpers are JavaScript. */
const testOptions = { ...compilerOptions, allowJs: true, isolatedModules: true };

const jest = {
  name: "jest",
  needs: { npm: ["jest"] },
  version: async () => `Jest ${await versionOf(await npm("jest"), "jest")}`,
  async test(context) {
    const project = await makeProject(context, this.name, {
      "package.json": 'text:{ "private": true }\n',
      "tsconfig.json": `text:${JSON.stringify({ compilerOptions: testOptions })}`,
      ...Object.fromEntries(FILES.map((file) => [file, `jest/${file}`])),
    });
    const env = { TOOLS: await npm("jest") };
    const report = JSON.parse(await runTool("jest", "jest/bin/jest.js", ["--json"], project, { env }));
    const { numPassedTests: tests, numPassedTestSuites: ways } = report;
    if (ways !== WAYS) throw new Error(`Jest ran in ${ways} ways, not in ${WAYS}`);
    return `${tests} tests with faked timers, in ${ways} ways`;
  },
};

export const setups = [typescript, jest];

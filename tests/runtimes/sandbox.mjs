/**
 * A user's tests on `centerfy/sandbox`, the same in every runtime and under every test runner; and
 * those that the README and examples/vitest-app/ show.
 */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { testFiles } from "../readme/blocks.mjs";
import { PAGE, byPath, lookBelow } from "./browsers.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { bun, deno } from "./deno-bun.mjs";
import { binaryOf } from "./node.mjs";
import { browsers, versionOf as versionOfBrowser } from "./support/browsers.mjs";
import { run } from "./support/processes.mjs";
import { runBinary, runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { passed, printed, ran } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const SUITE = { "check.mjs": "app/check-sandbox.mjs", "suite.mjs": "../sandbox/suite.mjs" };

const program = (name, binary, args, version) => ({
  name: `sandbox-${name}`,
  needs: { npm: ["."] },
  version: async () => `${version} ${(await run(await binary(), ["--version"])).match(/\d+\.\d+\.\d+/)[0]}`,
  async test(context) {
    const project = await makeProject(context, this.name, { ...SUITE, "main.mjs": "app/main.mjs" });
    return `${printed(await run(await binary(), [...args, "main.mjs"], { cwd: project }))} tests`;
  },
});

const workerd = {
  name: "sandbox-workerd",
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const worker = await ofModules(await bundle(context, this.name, SUITE));
    try {
      return `${passed(await (await worker.dispatchFetch("http://worker/check")).json())} tests`;
    } finally {
      await worker.dispose();
    }
  },
};

const browser = ([name, browser]) => ({
  name: `sandbox-${name}`,
  needs: { debian: browser.debian },
  version: () => versionOfBrowser(browser),
  async test(context) {
    const project = await makeProject(context, this.name, { ...PAGE, ...SUITE });
    await byPath(project);
    return lookBelow(browser, project, "index.html");
  },
});

const vitest = (environment) => ({
  name: `sandbox-vitest-${environment}`,
  needs: { npm: ["tools"] },
  version: async () => `Vitest ${await versionOf(await npm("tools"), "vitest")}`,
  async test(context) {
    const modules = await npm("tools");
    const project = await makeProject(context, this.name, { ...SUITE, "suite.test.mjs": "vitest/suite.test.mjs" });
    // The project's own tools.
    for (const tool of ["vitest", "happy-dom", "jsdom"]) await symlink(join(modules, tool), join(project, "node_modules", tool));
    const args = ["run", `--environment=${environment}`, "--reporter=json"];
    return `${ran(await runTool("tools", "vitest/vitest.mjs", args, project))}, with real timers and with faked`;
  },
});

const jest = {
  name: "sandbox-jest",
  needs: { npm: [".", "jest"] },
  version: async () => `Jest ${await versionOf(await npm("jest"), "jest")}`,
  async test(context) {
    const project = await makeProject(context, this.name, {
      ...SUITE,
      "package.json": 'text:{ "private": true }\n',
      "suite.test.js": "jest/suite.test.js",
      "jest.config.cjs": "jest/suite.config.cjs",
    });
    const external = ["--external:centerfy", "--external:centerfy/sandbox"];
    await runBinary(".", "esbuild", ["check.mjs", "--bundle", "--format=cjs", ...external, "--outfile=check.cjs"], project);
    const env = { TOOLS: await npm("jest") };
    return `${ran(await runTool("jest", "jest/bin/jest.js", ["--json"], project, { env }))}, with real timers and with faked, in Node.js and jsdom`;
  },
};

/** The README's test files and the example, copied into an empty project. */
const shown = {
  name: "app-vitest",
  needs: { npm: ["tools", "jest"] },
  version: async () => `Vitest ${await versionOf(await npm("tools"), "vitest")}`,
  async test(context) {
    const example = (file) => `../../examples/vitest-app/${file}`;
    const project = await makeProject(context, this.name, {
      "tsconfig.json": example("tsconfig.json"),
      "src/reminders.ts": example("src/reminders.ts"),
      "src/reminders.test.ts": example("src/reminders.test.ts"),
      "src/readme.test.ts": `text:${testFiles[0].text}`,
    });
    await symlink(join(await npm("tools"), "vitest"), join(project, "node_modules/vitest"));
    await runTool("jest", "typescript/bin/tsc", ["--project", ".", "--skipLibCheck"], project);
    return ran(await runTool("tools", "vitest/vitest.mjs", ["run", "--reporter=json"], project));
  },
};

const shownForJest = {
  name: "app-jest",
  needs: { npm: ["jest"] },
  version: jest.version,
  async test(context) {
    const project = await makeProject(context, this.name, {
      "package.json": 'text:{ "private": true }\n',
      "readme.test.js": `text:${testFiles[1].text}`,
      "jest.config.cjs": "jest/suite.config.cjs",
    });
    const env = { TOOLS: await npm("jest") };
    return ran(await runTool("jest", "jest/bin/jest.js", ["--json"], project, { env }));
  },
};

export const setups = [
  ...["20", "22", "24"].map((major) => program(`node-${major}`, () => binaryOf(major), [], "Node.js")),
  program("deno", deno, ["run", "--no-prompt", "--allow-net=127.0.0.1"], "Deno"),
  program("bun", bun, ["run"], "Bun"),
  workerd,
  ...Object.entries(browsers).map(browser),
  ...["node", "jsdom", "happy-dom"].map(vitest),
  jest,
  shown,
  shownForJest,
];

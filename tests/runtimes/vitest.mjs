/** Vitest, in Node.js and in happy-dom, with fake timers from the first line on. */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const environment = (name) => ({
  name: `vitest-${name}`,
  needs: { npm: ["tools"] },
  version: async () => `Vitest ${await versionOf(await npm("tools"), "vitest")}`,
  async test(context) {
    const modules = await npm("tools");
    const project = await makeProject(context, this.name, {
      "faked.mjs": "vitest/faked.mjs",
      "vitest.config.mjs": "vitest/vitest.config.mjs",
      "faked.test.ts": "jest/faked.test.ts",
      "steps.cjs": "jest/steps.cjs",
    });
    // The project's own tools.
    for (const tool of ["vitest", "happy-dom"]) await symlink(join(modules, tool), join(project, "node_modules", tool));
    const args = ["run", `--environment=${name}`, "--reporter=json"];
    const output = await runTool("tools", "vitest/vitest.mjs", args, project);
    const { numPassedTests: passed, success } = JSON.parse(output.slice(output.indexOf("{")));
    if (!success || !passed) throw new Error(`no test passed: ${output}`);
    return `${passed} tests with faked timers`;
  },
});

export const setups = ["node", "happy-dom"].map(environment);

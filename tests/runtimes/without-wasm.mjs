/** Without WebAssembly: `node --jitless`. `react-native.mjs` tests the other such runtime. */
import { run } from "./support/processes.mjs";
import { makeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";

const jitless = {
  name: "node-jitless",
  needs: {},
  version: async () => `Node.js ${process.versions.node}`,
  async test(context) {
    const files = { "main.mjs": "app/main-jitless.mjs", "without-network.mjs": "app/without-network.mjs" };
    const project = await makeProject(context, this.name, files);
    return `import ${printed(await run(process.execPath, ["--jitless", "main.mjs"], { cwd: project }))} steps`;
  },
};

export const setups = [jitless];

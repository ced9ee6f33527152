/** Node.js: modules, and `require`, also where it does not support ES modules. */
import { join } from "node:path";
import { Missing } from "./support/missing.mjs";
import { run } from "./support/processes.mjs";
import { makeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";
import { firstOf, npm } from "./support/tools.mjs";

/** Node.js 20 is the oldest: the current one, if it has that version. */
export const binaryOf = async (major) => {
  if (process.versions.node.startsWith(major + ".")) return process.execPath;
  const name = `node-${major}-${process.platform}-${process.arch}`;
  const binary = await firstOf(await npm("."), [join(name, "bin/node")]);
  if (!binary) throw new Missing(`npm has no ${name}, and this is Node.js ${process.versions.node}`);
  return binary;
};

/** As in Node.js before 20.19, and on AWS Lambda. */
export const withoutRequireOfModules = "--no-experimental-require-module";

const node = (major) => ({
  name: `node-${major}`,
  needs: { npm: ["."] },
  version: async () => "Node.js " + (await run(await binaryOf(major), ["--version"])).trim().slice(1),
  async test(context) {
    const binary = await binaryOf(major);
    const project = await makeProject(context, this.name, {
      "main.mjs": "app/main.mjs",
      "main.cjs": "app/main.cjs",
      "main-spans.mjs": "app/main-spans.mjs",
      "spans.mjs": "app/spans.mjs",
    });
    const imported = printed(await run(binary, ["main.mjs"], { cwd: project }));
    const required = printed(await run(binary, [withoutRequireOfModules, "main.cjs"], { cwd: project }));
    const spans = printed(await run(binary, ["main-spans.mjs"], { cwd: project }));
    return `import ${imported}, require ${required} steps, ${spans} span trees`;
  },
});

export const setups = [node("20"), node("22"), node("24")];

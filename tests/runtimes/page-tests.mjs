/** The snippets about pages in README and docs/, each as a test: in Vitest with jsdom and happy-dom, in Jest with jsdom. tests/readme/ runs them in Node.js. */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { jestEnvironment, pagePrograms } from "../readme/blocks.mjs";
import { runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { ran } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

/** A proxy that a snippet only makes also gets a request, without a session. */
const ASKED = `
  const answer = await proxy(new Request("https://app.example/api/centerfy/get-agent/" + agentId));
  expect(answer.status).toBe(401);
`;

/** A snippet within a test: its imports before it, and no exports. */
const testOf = ({ file, line, heading, text }) => `
import { prepare } from "./reader.cjs";
${text.match(/^import .*;$/gm).join("\n")}

test(${JSON.stringify(`${file}:${line} (${heading})`)}, async () => {
  const { results } = await prepare();
  ${text.replace(/^import .*;\n/gm, "").replace(/^export /gm, "")}
  ${text.includes("export const proxy") ? ASKED : "expect(results().length).toBeGreaterThan(0);"}
});
`;

const TESTS = Object.fromEntries(pagePrograms.map((block, i) => [`page-${i + 1}.test.ts`, `text:${testOf(block)}`]));
const FILES = { ...TESTS, "reader.cjs": "app/page-reader.cjs" };

/** The project with its installed tools. */
const projectOf = async (context, name, family, tools, more) => {
  const modules = await npm(family);
  const project = await makeProject(context, name, { ...FILES, ...more });
  for (const tool of tools) await symlink(join(modules, tool), join(project, "node_modules", tool));
  return project;
};

const vitest = (environment) => ({
  name: `page-tests-vitest-${environment}`,
  needs: { npm: ["tools"] },
  version: async () => `Vitest ${await versionOf(await npm("tools"), "vitest")}`,
  async test(context) {
    const project = await projectOf(context, this.name, "tools", ["vitest", "happy-dom", "jsdom"]);
    const args = ["run", "--globals", `--environment=${environment}`, "--reporter=json"];
    return ran(await runTool("tools", "vitest/vitest.mjs", args, project));
  },
});

const jest = {
  name: "page-tests-jest-jsdom",
  needs: { npm: ["jest"] },
  version: async () => `Jest ${await versionOf(await npm("jest"), "jest")}`,
  async test(context) {
    const project = await projectOf(context, this.name, "jest", ["jest-environment-jsdom"], {
      "package.json": 'text:{ "private": true }\n',
      "environment.cjs": `text:${jestEnvironment.text}`,
      "jest.config.cjs": "jest/pages.config.cjs",
    });
    const env = { TOOLS: await npm("jest") };
    return ran(await runTool("jest", "jest/bin/jest.js", ["--json"], project, { env }));
  },
};

export const setups = [...["jsdom", "happy-dom"].map(vitest), jest];

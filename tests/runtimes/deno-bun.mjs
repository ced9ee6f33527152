/** Deno and Bun, with the package in node_modules as npm put it there. */
import { Missing } from "./support/missing.mjs";
import { run } from "./support/processes.mjs";
import { makeProject } from "./support/project.mjs";
import { printed } from "./support/results.mjs";
import { firstOf, folderLike, npm } from "./support/tools.mjs";

/** npm may or may not have moved Bun's binary to where its install script wants it. */
export const bun = async () => {
  const modules = await npm(".");
  const platform = await folderLike(`${modules}/@oven`, /^bun-/);
  const binary = (platform && (await firstOf(platform, ["bin/bun"]))) ?? (await firstOf(modules, ["bun/bin/bun.exe"]));
  if (!binary) throw new Missing("npm has no Bun for this machine");
  return binary;
};

export const deno = async () => {
  const platform = await folderLike(`${await npm(".")}/@deno`, /./);
  const binary = platform && (await firstOf(platform, ["deno", "deno.exe"]));
  if (!binary) throw new Missing("npm has no Deno for this machine");
  return binary;
};

const runtime = (name, title, binary, args, more = []) => ({
  name,
  needs: { npm: ["."] },
  version: async () => `${title} ${(await run(await binary(), ["--version"])).match(/\d+\.\d+\.\d+/)[0]}`,
  async test(context) {
    const project = await makeProject(context, name, { "main.mjs": "app/main.mjs", "main.cjs": "app/main.cjs" });
    const program = await binary();
    const imported = printed(await run(program, [...args, "main.mjs"], { cwd: project }));
    const required = printed(await run(program, [...args, ...more, "main.cjs"], { cwd: project }));
    return `import ${imported}, require ${required} steps`;
  },
});

export const setups = [
  // The network is all that the package asks Deno for; `require` itself wants to read files.
  runtime("deno", "Deno", deno, ["run", "--no-prompt", "--allow-net=127.0.0.1"], ["--allow-read=."]),
  runtime("bun", "Bun", bun, ["run"]),
];

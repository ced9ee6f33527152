/** Deno and Bun, with the package in node_modules as npm installs it. */
import { Missing } from "./support/missing.mjs";
import { run } from "./support/processes.mjs";
import { makeProject } from "./support/project.mjs";
import { resetting } from "./support/resets.mjs";
import { printed } from "./support/results.mjs";
import { firstOf, folderLike, npm } from "./support/tools.mjs";

/** npm may not have run Bun's install script, which moves its binary. */
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

const FILES = {
  "main.mjs": "app/main.mjs",
  "main.cjs": "app/main.cjs",
  "lost.mjs": "app/lost.mjs",
  "main-spans.mjs": "app/main-spans.mjs",
  "spans.mjs": "app/spans.mjs",
};

/** Runs a program against a server that loses the answers of its calls. Returns the number of executed calls. */
const madeOnce = async (runAt) => {
  const server = await resetting();
  try {
    const calls = printed(await runAt(server.url));
    if (server.posts() !== calls) throw new Error(`${calls} calls arrived ${server.posts()} times`);
    return calls;
  } finally {
    server.close();
  }
};

/** `more` are arguments for `require`, `also` programs of this runtime only. */
const runtime = (name, title, binary, args, more = [], also = []) => ({
  name,
  needs: { npm: ["."] },
  version: async () => `${title} ${(await run(await binary(), ["--version"])).match(/\d+\.\d+\.\d+/)[0]}`,
  async test(context) {
    const project = await makeProject(context, name, { ...FILES, ...Object.fromEntries(also.map((file) => [file, `app/${file}`])) });
    const program = await binary();
    const imported = printed(await run(program, [...args, "main.mjs"], { cwd: project }));
    const required = printed(await run(program, [...args, ...more, "main.cjs"], { cwd: project }));
    const lost = await madeOnce((url) => run(program, [...args, ...more, "lost.mjs", url], { cwd: project }));
    const spans = printed(await run(program, [...args, "main-spans.mjs"], { cwd: project }));
    for (const file of also) printed(await run(program, [...args, file], { cwd: project }));
    return [`import ${imported}, require ${required} steps`, `${lost} lost calls made once`, `${spans} span trees`, ...also].join(", ");
  },
});

/** A user's tests in Deno's own test runner. */
const denoTest = {
  name: "deno-test",
  needs: { npm: ["."] },
  version: async () => `Deno ${(await run(await deno(), ["--version"])).match(/\d+\.\d+\.\d+/)[0]}`,
  async test(context) {
    const file = "timers.test.mjs";
    const project = await makeProject(context, this.name, { [file]: "app/deno-timers.test.mjs" });
    const output = await run(await deno(), ["test", "--no-check", "--no-prompt", "--trace-leaks", file], { cwd: project });
    const [, tests] = output.match(/ok \| (\d+) passed/) ?? [];
    if (!tests) throw new Error(`no test passed: ${output}`);
    return `${tests} tests, and no timer is left`;
  },
};

export const setups = [
  // The package needs only Deno's permission for the network; `require` itself reads files.
  runtime("deno", "Deno", deno, ["run", "--no-prompt", "--allow-net=127.0.0.1"], ["--allow-read=."], ["deno-lengths.mjs"]),
  denoTest,
  runtime("bun", "Bun", bun, ["run"]),
];

// A reader's project: the package, and one file for each block.

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeWorld, sandbox } from "../node/support.mjs";
import { root, scriptOf } from "./blocks.mjs";

const typescript = createRequire(import.meta.url)("../node_modules/typescript-5.9");
const types = { target: typescript.ScriptTarget.ES2022, module: typescript.ModuleKind.ESNext };

export function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-readme-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  const installed = dirname(createRequire(join(process.env.CENTERFY_PACKAGE, "x.js")).resolve("centerfy/package.json"));
  cpSync(installed, join(modules, "centerfy"), { recursive: true, dereference: true });
  const link = (name, from) => symlinkSync(join(root, from, "node_modules", name), join(modules, name), "dir");
  link("esbuild", "xtask");
  for (const name of ["@types", "undici-types"]) link(name, "tests");
  for (const name of ["@opentelemetry", "@tanstack"]) link(name, "tests/entries");
  cpSync(join(root, "tests/readme/reader.mjs"), join(folder, "reader.mjs"));
  write(folder, "package.json", '{ "private": true, "type": "module" }\n');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const write = (folder, name, text) => (writeFileSync(join(folder, name), text), name);

/** Writes a block as JavaScript, for runtimes without TypeScript. */
export const writeBlock = ({ folder }, name, block) =>
  write(folder, name, typescript.transpileModule(scriptOf(block), { compilerOptions: types }).outputText);

/** Runs a program to its end for a reader with an instance of the sandbox. Returns its output and its requests. */
export async function run(project, name, { command = process.execPath, args = [], world } = {}) {
  world ??= await makeWorld();
  const env = {
    ...process.env,
    CENTERFY_API_KEY: world.api_key,
    CENTERFY_SANDBOX: sandbox,
    READER_WORLD: JSON.stringify(world),
    NO_COLOR: "1",
    NODE_OPTIONS: "",
  };
  const child = spawn(command, [...args, name], { cwd: project.folder, env, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  const output = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.err += text));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  return { ...output, code, requests: await world.requests() };
}

/** The path of Deno, if the tests of the runtimes have installed it. */
export function deno() {
  const folder = join(root, "tests/runtimes/node_modules/@deno");
  const platform = existsSync(folder) && readdirSync(folder)[0];
  return platform && ["deno", "deno.exe"].map((name) => join(folder, platform, name)).find(existsSync);
}
